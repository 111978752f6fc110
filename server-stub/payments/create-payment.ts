import { createHash } from 'node:crypto';
import { sameMoney, type CreatePayment, type PaymentView } from '../../src/contract/index.js';
import { describeError, type Log } from '../log.js';
import type { Order, OrderSource } from '../orders/order-source.js';
import {
  UnrepresentableError,
  type Attempt,
  type BrowserFacts,
  type Provider,
} from '../providers/provider.js';
import type { PaymentRecord, PaymentStore } from '../store/payment-store.js';
import { StoreUnavailableError } from '../store-unavailable-error.js';
import { cancelled } from './apply-result.js';
import type { PaymentWriter } from './payment-writer.js';
import { toView } from './payment-view.js';
import type { Ports } from './ports.js';
import type { ProviderCalls } from './provider-calls.js';
import { Refusal } from './refusal.js';
import { CALL_LIFE_MS, isUnderway } from './schedule.js';
import { callbackUrl, isOwnAddress, shopReturnUrl, threedsReturnUrl, type Site } from './site.js';

/** A parsed request to create a payment, with what only the HTTP request shows. */
export interface CreateRequest {
  key: string;
  body: CreatePayment;
  client: { ip: string | undefined; userAgent: string | undefined; accept: string | undefined };
}

interface Deps {
  store: PaymentStore;
  orders: OrderSource;
  providers: readonly Provider[];
  writer: PaymentWriter;
  calls: ProviderCalls;
  ports: Ports;
  site: Site;
  log: Log;
}

/** From a shopper's request to the provider, so that the same request never charges twice. */
export class PaymentCreation {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async create(request: CreateRequest): Promise<PaymentView> {
    const { store, ports } = this.#deps;
    const claim = await store.claim(request.key, requestHash(request.body), ports.now());
    switch (claim.kind) {
      case 'answered':
        return claim.answer;
      case 'mismatch':
        throw new Refusal('idempotency_mismatch');
      case 'in_flight':
        return this.#resume(request.key);
      case 'new':
        return this.#start(request);
    }
  }

  /** The answer was never stored, or was erased with its challenge: the payment itself tells what to answer. */
  async #resume(key: string): Promise<PaymentView> {
    const { store, ports, site } = this.#deps;
    const record = await store.findByKey(key);
    if (!record || isUnderway(record, ports.now())) throw new Refusal('in_progress');
    return toView(record, site);
  }

  async #start(request: CreateRequest): Promise<PaymentView> {
    const { store, writer, ports, site } = this.#deps;
    const token = ports.token();
    const { created, attempt } = await this.#insert(request, token);
    // From here on somebody may be charged. Whoever wrote `processing` sends the payment, and nobody else ever does.
    const { before, after } = await writer.write(created, ({ status }) =>
      status === 'created'
        ? { status: 'processing', checks: 0, nextCheckAt: ports.now() + CALL_LIFE_MS }
        : undefined,
    );
    const latest = before === after ? after : await this.#begin(after, attempt, token);
    const view = toView(latest, site);
    await this.#unlessStoreFails(() => store.answer(request.key, view));
    return view;
  }

  /** The provider has been called: whatever happens to the store now, the answer is that the payment is under way. */
  async #begin(processing: PaymentRecord, attempt: Attempt, token: string): Promise<PaymentRecord> {
    const begun = await this.#unlessStoreFails(() => this.#deps.calls.begin(processing, attempt, token));
    return begun ?? processing;
  }

  /** Everything that may refuse the request. Nothing was sent, so a refusal leaves no trace of the key. */
  async #insert(
    request: CreateRequest,
    token: string,
  ): Promise<{ created: PaymentRecord; attempt: Attempt }> {
    const { store } = this.#deps;
    try {
      const { created, attempt } = await this.#prepare(request, token);
      if (!(await store.insert(created, request.key))) throw new Refusal('order_busy');
      return { created, attempt };
    } catch (error) {
      await this.#unlessStoreFails(() => store.release(request.key));
      throw error;
    }
  }

  async #prepare(
    { body, client }: CreateRequest,
    token: string,
  ): Promise<{ created: PaymentRecord; attempt: Attempt }> {
    const { orders, providers, site } = this.#deps;
    const order = await orders.find(body.orderId);
    if (!order) throw new Refusal('order_not_found');
    if (!sameMoney(order.money, body.expected)) throw new Refusal('amount_mismatch');
    await this.#clearTheWay(order.id);
    const provider = providers.find(
      (one) =>
        one.currency === order.money.currency && one.methods().some(({ type }) => type === body.method.type),
    );
    if (!provider) throw new Refusal('method_unavailable');
    if (!isOwnAddress(site, body.returnUrl))
      throw new Refusal('invalid_request', 'returnUrl is not an address of this shop');

    const created = this.#newRecord(order, body, provider.name);
    const browser: BrowserFacts = { ...body.browser, ...client };
    const { reference, method, money, providerId, createdAt } = created;
    const attempt: Attempt = {
      ...{ reference, method, money, providerId, createdAt },
      order,
      payWith: body.method,
      browser,
      locale: body.locale,
      urls: {
        callback: callbackUrl(site, provider.name),
        threedsReturn: threedsReturnUrl(site, token),
        shopReturn: shopReturnUrl(created),
      },
    };
    assertRepresentable(provider, attempt);
    return { created, attempt };
  }

  #newRecord(order: Order, body: CreatePayment, provider: string): PaymentRecord {
    const { ports } = this.#deps;
    return {
      id: ports.token(),
      orderId: order.id,
      provider,
      reference: ports.token(),
      method: body.method.type,
      money: order.money,
      returnUrl: body.returnUrl,
      createdAt: ports.now(),
      status: 'created',
      version: 1,
      providerId: null,
      action: null,
      decline: null,
      receiptUrl: null,
      late: false,
      attention: null,
      nextCheckAt: ports.now() + CALL_LIFE_MS,
      checks: 0,
    };
  }

  /** An order is paid once: earlier payments have to be over, by the provider's word, before another may start. */
  async #clearTheWay(orderId: string): Promise<void> {
    const earlier = await this.#deps.store.findByOrder(orderId);
    const known = await Promise.all(earlier.map((record) => this.#latest(record)));
    if (known.some(({ status }) => status === 'approved')) throw new Refusal('already_paid');
    // Failed here, approved there: a person has to look before anybody pays again.
    if (known.some(({ status, attention }) => status === 'failed' && attention === 'mismatch'))
      throw new Refusal('already_paid');
    for (const record of known) {
      const left = record.status === 'requires_action' ? await this.#supersede(record) : record;
      if (left.status === 'approved') throw new Refusal('already_paid');
      if (['created', 'processing', 'requires_action'].includes(left.status)) throw new Refusal('order_busy');
    }
  }

  async #latest(record: PaymentRecord): Promise<PaymentRecord> {
    const { calls, ports } = this.#deps;
    const settled = record.status === 'approved' || record.nextCheckAt === null;
    if (settled || isUnderway(record, ports.now())) return record;
    return (await calls.check(record.id)) ?? record;
  }

  /** The shopper starts anew: what an earlier attempt was waiting for will not come. */
  async #supersede(record: PaymentRecord): Promise<PaymentRecord> {
    const { writer, ports } = this.#deps;
    const { after } = await writer.write(record, ({ status }) =>
      status === 'requires_action' ? cancelled({ now: ports.now(), jitter: ports.jitter() }) : undefined,
    );
    return after;
  }

  async #unlessStoreFails<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      this.#deps.log.error('store unavailable', { why: describeError(error) });
      return undefined;
    }
  }
}

/** Schema order makes the parsed body canonical: the order of its members and unknown ones do not count. */
function requestHash(body: CreatePayment): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}

function assertRepresentable(provider: Provider, attempt: Attempt): void {
  try {
    provider.assertRepresentable(attempt);
  } catch (error) {
    if (error instanceof UnrepresentableError) throw new Refusal('unrepresentable', error.message);
    throw error;
  }
}
