import type { PspClient } from '../../server-stub/providers/psp-http.js';
import type { Log, LogFields } from '../../server-stub/log.js';
import { Outbox, type Listener } from '../../server-stub/merchant/outbox.js';
import type { OrderSource } from '../../server-stub/orders/order-source.js';
import { PaymentService } from '../../server-stub/payments/payment-service.js';
import type { Ports } from '../../server-stub/payments/ports.js';
import { Reconciler } from '../../server-stub/payments/reconciler.js';
import { GlobalPay } from '../../server-stub/providers/globalpay/adapter.js';
import { readGlobalPaySettings } from '../../server-stub/providers/globalpay/settings.js';
import { createProcard } from '../../server-stub/providers/procard/adapter.js';
import type { PaymentStore } from '../../server-stub/store/payment-store.js';
import type { Chance } from './chance.js';
import { GLOBALPAY_PASSWORD, GLOBALPAY_USER } from './model-globalpay.js';
import { PROCARD_MERCHANT, PROCARD_SECRET } from './model-procard.js';
import { GLOBALPAY_URL, PROCARD_URL } from './network.js';
import type { Time } from './time.js';

export const SITE = { publicUrl: 'https://pay.example', allowedOrigins: ['https://shop.example'] };

const ENV = {
  PROCARD_API_URL: PROCARD_URL,
  PROCARD_MERCHANT_ID: PROCARD_MERCHANT,
  PROCARD_SECRET_KEY: PROCARD_SECRET,
  GOOGLE_PAY_GATEWAY_MERCHANT_ID: 'BO_gateway',
  GLOBALPAY_API_URL: GLOBALPAY_URL,
  GLOBALPAY_USERNAME: GLOBALPAY_USER,
  GLOBALPAY_PASSWORD: GLOBALPAY_PASSWORD,
  GLOBALPAY_SERVICE_ID: '303',
};

export interface HostDeps {
  chance: Chance;
  time: Time;
  orders: OrderSource;
  store: PaymentStore;
  client: () => PspClient;
  tell: Listener;
  onLog: (line: string) => void;
}

interface Process {
  life: { alive: boolean; ended: Promise<never>; end: () => void };
  service: PaymentService;
  reconciler: Reconciler;
  outbox: Outbox;
}

/** A request that got no answer, because the server died or could not read its store. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/**
 * One server process. Killed, it stops in the middle of whatever it was doing: nothing that it waits for ever comes,
 * and what it had already handed to the store, the network or the provider goes on without it.
 */
export class Host {
  readonly #deps: HostDeps;
  #process: Process;

  constructor(deps: HostDeps) {
    this.#deps = deps;
    this.#process = boot(deps);
  }

  /** `kill -9`. */
  kill(): void {
    this.#process.life.alive = false;
    this.#process.life.end();
  }

  start(): void {
    this.#process = boot(this.#deps);
  }

  /** A request of a shopper, a bank or a provider. Rejects with NoAnswer where the server dies on it. */
  async request<T>(work: (service: PaymentService) => Promise<T>): Promise<T> {
    const { life, service } = this.#process;
    if (!life.alive) throw new NoAnswer();
    return Promise.race([work(service), life.ended]);
  }

  /** One round of what a server does by itself. */
  round(): void {
    const { life, reconciler, outbox } = this.#process;
    if (!life.alive) return;
    void reconciler.round();
    void outbox.round();
  }
}

function boot(deps: HostDeps): Process {
  const { chance, time, orders, tell, onLog } = deps;
  let end = (): void => undefined;
  const ended = new Promise<never>((_, reject) => (end = () => reject(new NoAnswer())));
  ended.catch(() => undefined);
  const life = { alive: true, ended, end };

  const store = whileAlive(deps.store, life);
  const client = whileAlive(deps.client(), life);
  const ports: Ports = {
    now: () => time.now(),
    sleep: (ms, signal) => whileAlive({ sleep: () => time.sleep(ms, signal) }, life).sleep(),
    token: () => chance.text(22),
    jitter: () => chance.next(),
  };
  const write = (event: string, fields?: LogFields) => onLog(JSON.stringify({ event, ...fields }));
  const log: Log = { info: write, warn: write, error: write };
  const clocks = { monotonic: () => time.now(), wall: () => time.now() };
  const globalPaySettings = readGlobalPaySettings(ENV);
  const procard = createProcard(ENV, client);
  if (!procard || !globalPaySettings) throw new Error('both providers are set up');
  const providers = [procard, new GlobalPay(globalPaySettings, client, clocks)];
  const service = new PaymentService({
    ...{ store, orders, providers, ports, site: SITE, log },
    tellsMerchant: true,
  });
  const outbox = new Outbox({ store, listeners: [whileAlive({ tell }, life).tell], ports, log });
  return { life, service, reconciler: new Reconciler({ store, service, ports, log }), outbox };
}

/** The same methods, whose promises never settle once the life is over. */
function whileAlive<T extends object>(target: T, life: { alive: boolean }): T {
  const never = new Promise<never>(() => undefined);
  return new Proxy(target, {
    get: (object, name) => {
      const method: unknown = Reflect.get(object, name);
      if (typeof method !== 'function') return method;
      return async (...parameters: unknown[]) => {
        if (!life.alive) return never;
        try {
          const result: unknown = await Reflect.apply(method, object, parameters);
          return life.alive ? result : await never;
        } catch (error) {
          if (life.alive) throw error;
          return never;
        }
      };
    },
  });
}
