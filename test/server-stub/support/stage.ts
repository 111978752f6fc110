import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { CreatePayment, PaymentView } from '../../../src/contract/index.js';
import type { Log, LogFields } from '../../../server-stub/log.js';
import type { Order } from '../../../server-stub/orders/order-source.js';
import type { DirectTokens } from '../../../server-stub/payments/direct-tokens.js';
import { PaymentService } from '../../../server-stub/payments/payment-service.js';
import { Reconciler } from '../../../server-stub/payments/reconciler.js';
import { Refusal } from '../../../server-stub/payments/refusal.js';
import type { Provider, ProviderResult } from '../../../server-stub/providers/provider.js';
import { openEmbedded } from '../../../server-stub/store/embedded.js';
import type { PaymentStore } from '../../../server-stub/store/payment-store.js';
import { SqlStore } from '../../../server-stub/store/sql-store.js';
import { BROWSER, byGooglePay } from '../../support/create-payment.js';
import { ManualPorts } from './manual-ports.js';
import { CHALLENGE_2 } from './records.js';
import { ScriptedProvider } from './scripted-provider.js';
import { temporaryDirectory } from './temporary.js';

export const SITE = {
  publicUrl: 'https://pay.example',
  allowedOrigins: ['https://shop.example'],
};

export const ORDER: Order = {
  id: 'A-1001',
  description: 'Coffee',
  money: { minor: 12_500, currency: 'UAH' },
  country: 'UA',
};

export const BODY: CreatePayment = {
  orderId: 'A-1001',
  expected: { minor: 12_500, currency: 'UAH' },
  returnUrl: 'https://shop.example/checkout?step=pay',
  locale: 'uk',
  browser: BROWSER,
  method: byGooglePay('{"signature":"canary-token"}'),
};

export const CHALLENGED: ProviderResult = { kind: 'challenge', challenge: CHALLENGE_2, providerId: 'key-1' };
export const REDIRECTED: ProviderResult = { kind: 'redirect', url: 'https://page.example/pay/1' };
export const UNKNOWN: ProviderResult = { kind: 'unknown', why: 'no answer', sent: true };

/** The payment core with a scripted provider, a real store, and time in the test's hands. */
export class Stage {
  readonly ports = new ManualPorts();
  readonly provider = new ScriptedProvider();
  readonly orders = new Map<string, Order>([[ORDER.id, ORDER]]);
  readonly logged: { event: string; fields: LogFields | undefined }[] = [];
  readonly directory: string;
  readonly store: PaymentStore;
  readonly service: PaymentService;
  readonly reconciler: Reconciler;
  #keys = 0;

  private constructor(
    store: PaymentStore,
    directory: string,
    providers: readonly Provider[],
    direct?: DirectTokens,
  ) {
    this.store = store;
    this.directory = directory;
    this.service = this.another([this.provider, ...providers], direct);
    this.reconciler = new Reconciler({ ...this, log: this.log });
    after(async () => {
      await this.service.stop();
      await this.store.close();
    });
  }

  static async open(
    options: {
      directory?: string;
      providers?: readonly Provider[];
      direct?: DirectTokens;
      wrap?: (store: PaymentStore) => PaymentStore;
    } = {},
  ): Promise<Stage> {
    const { directory = temporaryDirectory(), providers = [], direct, wrap = (store) => store } = options;
    return new Stage(wrap(new SqlStore(await openEmbedded(directory))), directory, providers, direct);
  }

  /** One more service beside the stage's own, over the same store. */
  another(providers: readonly Provider[], direct?: DirectTokens): PaymentService {
    return new PaymentService({
      store: this.store,
      orders: { find: async (id) => this.orders.get(id) },
      providers,
      ...(direct && { direct }),
      ports: this.ports,
      site: SITE,
      tellsMerchant: true,
      log: this.log,
    });
  }

  get log(): Log {
    const write = (event: string, fields?: LogFields) => void this.logged.push({ event, fields });
    return { info: write, warn: write, error: write };
  }

  nextKey(): string {
    this.#keys += 1;
    return `idempotency-key-${this.#keys}`;
  }

  create(parts: Partial<CreatePayment> = {}, key = this.nextKey()): Promise<PaymentView> {
    const client = { ip: '203.0.113.7', userAgent: 'Browser/1', accept: '*/*' };
    return this.service.create({ key, body: { ...BODY, ...parts }, client });
  }

  /** A payment that the bank wants to see the shopper for. */
  async challenged(): Promise<{ view: PaymentView; token: string }> {
    this.provider.answers('begin', CHALLENGED);
    const view = await this.create();
    assert.equal(view.action?.type, 'threeds');
    return { view, token: view.action.id };
  }

  look(id: string, options: { seconds?: number; after?: number } = {}): Promise<PaymentView> {
    return this.service.wait(id, { seconds: 0, signal: new AbortController().signal, ...options });
  }

  async stored(id: string) {
    const record = await this.store.find(id);
    assert.ok(record);
    return record;
  }
}

/** Matches a Refusal with this code, for `assert.rejects`. */
export function refused(code: Refusal['code'], detail?: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof Refusal, String(error));
    assert.equal(error.code, code);
    if (detail) assert.match(error.detail ?? '', detail);
    return true;
  };
}
