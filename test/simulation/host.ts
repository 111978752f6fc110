import type { Log, LogFields } from '../../server-stub/log.js';
import { Outbox, type Listener } from '../../server-stub/merchant/outbox.js';
import type { OrderSource } from '../../server-stub/orders/order-source.js';
import { PaymentService } from '../../server-stub/payments/payment-service.js';
import type { Ports } from '../../server-stub/payments/ports.js';
import { Reconciler } from '../../server-stub/payments/reconciler.js';
import type { Provider } from '../../server-stub/providers/provider.js';
import type { PaymentStore } from '../../server-stub/store/payment-store.js';
import type { Chance } from './chance.js';
import type { Time } from './time.js';

export const SITE = { publicUrl: 'https://pay.example', allowedOrigins: ['https://shop.example'] };

/** The same methods, whose promises never settle once the server that has them is dead. */
export type Alive = <T extends object>(target: T) => T;

export interface HostDeps {
  chance: Chance;
  time: Time;
  orders: OrderSource;
  store: PaymentStore;
  /** The adapters, over wires that die with the server. */
  providers: (alive: Alive) => readonly Provider[];
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

  const alive: Alive = (target) => whileAlive(target, life);
  const store = alive(deps.store);
  const ports: Ports = {
    now: () => time.now(),
    sleep: (ms, signal) => alive({ sleep: () => time.sleep(ms, signal) }).sleep(),
    token: () => chance.text(22),
    jitter: () => chance.next(),
  };
  const write = (event: string, fields?: LogFields) => onLog(JSON.stringify({ event, ...fields }));
  const log: Log = { info: write, warn: write, error: write };
  const providers = deps.providers(alive);
  const service = new PaymentService({
    ...{ store, orders, providers, ports, site: SITE, log },
    tellsMerchant: true,
  });
  const outbox = new Outbox({ store, listeners: [alive({ tell }).tell], ports, log });
  return { life, service, reconciler: new Reconciler({ store, service, ports, log }), outbox };
}

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
