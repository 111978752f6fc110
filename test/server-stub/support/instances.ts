import { BlockList } from 'node:net';
import { PaymentView, Problem, type ProblemCode } from '../../../src/contract/index.js';
import { createApp } from '../../../server-stub/app.js';
import type { LogFields } from '../../../server-stub/log.js';
import type { Order } from '../../../server-stub/orders/order-source.js';
import { PaymentService } from '../../../server-stub/payments/payment-service.js';
import { Reconciler } from '../../../server-stub/payments/reconciler.js';
import type { Attempt, ProviderResult } from '../../../server-stub/providers/provider.js';
import type { PaymentStore } from '../../../server-stub/store/payment-store.js';
import { ManualPorts } from './manual-ports.js';
import { ScriptedProvider } from './scripted-provider.js';
import { BODY, ORDER, SITE } from './stage.js';

/** What an instance answered: all that the client can see of it, the trace aside. */
export interface Answer {
  status: number;
  text: string;
  retryAfter: string | null;
}

export function viewOf({ text }: Answer): PaymentView {
  return PaymentView.parse(JSON.parse(text));
}

export function codeOf({ text }: Answer): ProblemCode {
  return Problem.parse(JSON.parse(text)).code;
}

export interface Instance {
  readonly store: PaymentStore;
  readonly service: PaymentService;
  readonly reconciler: Reconciler;
  create(key: string, body?: unknown): Promise<Answer>;
  callback(rawBody: string): Promise<Answer>;
  /** The process is gone: what it had begun is never heard of again. */
  kill(): Promise<void>;
}

/** Instances of the server over one database. They share provider, orders and time; nothing else. */
export class Instances {
  readonly ports = new ManualPorts();
  readonly provider = new AnnouncingProvider();
  readonly orders = new Map<string, Order>([[ORDER.id, ORDER]]);
  readonly logged: { event: string; fields: LogFields | undefined }[] = [];
  readonly #open: () => Promise<PaymentStore>;
  readonly #running = new Set<Instance>();

  /** `open`: one more connection to the database. */
  constructor(open: () => Promise<PaymentStore>) {
    this.#open = open;
  }

  async start(): Promise<Instance> {
    const store = await this.#open();
    const { ports, provider, orders } = this;
    const write = (event: string, fields?: LogFields) => void this.logged.push({ event, fields });
    const log = { info: write, warn: write, error: write };
    const service = new PaymentService({
      store,
      orders: { find: async (id) => orders.get(id) },
      providers: [provider],
      ports,
      site: SITE,
      tellsMerchant: true,
      log,
    });
    const ping = () => store.ping();
    const app = createApp({ service, site: SITE, log, trustedProxies: new BlockList(), ping });
    const post = async (path: string, body: string, headers = {}): Promise<Answer> => {
      const response = await app.request(path, { method: 'POST', headers, body });
      const retryAfter = response.headers.get('Retry-After');
      return { status: response.status, text: await response.text(), retryAfter };
    };
    const instance: Instance = {
      store,
      service,
      reconciler: new Reconciler({ store, service, ports, log }),
      create: (key, body = BODY) =>
        post('/pay/payments', typeof body === 'string' ? body : JSON.stringify(body), {
          'Content-Type': 'application/json',
          'Idempotency-Key': key,
        }),
      callback: (rawBody) => post('/pay/callbacks/scripted', rawBody),
      kill: async () => {
        this.#running.delete(instance);
        await service.stop();
        await store.close();
      },
    };
    this.#running.add(instance);
    return instance;
  }

  async killAll(): Promise<void> {
    for (const instance of [...this.#running]) await instance.kill();
  }
}

/** Tells when it is called: a real database takes its time until then. */
class AnnouncingProvider extends ScriptedProvider {
  #announce: () => void = () => undefined;

  /** Resolves at the next purchase that is sent here. */
  nextBegin(): Promise<void> {
    return new Promise((resolve) => (this.#announce = resolve));
  }

  override begin(attempt: Attempt): Promise<ProviderResult> {
    this.#announce();
    return super.begin(attempt);
  }
}
