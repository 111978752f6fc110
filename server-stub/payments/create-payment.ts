import { createHash } from 'node:crypto';
import { isFinal, sameMoney, type CreatePayment, type PaymentView } from '../../src/contract/index.js';
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
import { openDirect, type DirectTokens } from './direct-tokens.js';
import type { PaymentWriter } from './payment-writer.js';
import { toView } from './payment-view.js';
import { momentOf, type Ports } from './ports.js';
import type { ProviderCalls } from './provider-calls.js';
import { Refusal } from './refusal.js';
import { isUnderway, underway } from './schedule.js';
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
  /** Left out: tokens that are sealed for the merchant itself are refused. */
  direct?: DirectTokens;
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
    const { store, writer, ports, site } = this.#deps;
    const [made, earlier] = await Promise.all([
      store.findByKey(request.key),
      store.findByOrder(request.body.orderId),
    ]);
    if (made) return this.#again(made, request);

    const token = ports.token();
    const { payment, attempt, digest } = await this.#prepare(request, earlier, token);
    if (digest !== undefined && !(await store.keepMessage({ digest, key: request.key })))
      throw new Refusal('invalid_request', 'the Google Pay token was used before');
    if (!(await writer.insert(payment)))
      throw new Refusal((await store.findByKey(request.key)) ? 'in_progress' : 'order_busy');
    // From here on somebody may be charged. Whoever wrote `processing` sends the payment, and nobody else ever does.
    return toView(await this.#begin(payment, attempt, token), site);
  }

  /** The request came before. Where its answer was never kept, or was erased, the payment itself is the answer. */
  #again(made: PaymentRecord, { body }: CreateRequest): PaymentView {
    if (made.requestHash !== requestHash(body)) throw new Refusal('idempotency_mismatch');
    if (made.answer) return made.answer;
    if (isUnderway(made, this.#deps.ports.now())) throw new Refusal('in_progress');
    return toView(made, this.#deps.site);
  }

  /** The provider has been called: whatever happens to the store now, the answer is that the payment is under way. */
  async #begin(processing: PaymentRecord, attempt: Attempt, token: string): Promise<PaymentRecord> {
    try {
      return await this.#deps.calls.begin(processing, attempt, token);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      this.#deps.log.error('store unavailable', { paymentId: processing.id, why: describeError(error) });
      return processing;
    }
  }

  /** Everything that may refuse the request. Nothing is written, and no provider is called, so the key stays free. */
  async #prepare(
    request: CreateRequest,
    earlier: readonly PaymentRecord[],
    token: string,
  ): Promise<{ payment: PaymentRecord; attempt: Attempt; digest: string | undefined }> {
    const { orders, providers, direct, ports, site } = this.#deps;
    const { body, client } = request;
    const order = await orders.find(body.orderId);
    if (!order) throw new Refusal('order_not_found');
    if (!sameMoney(order.money, body.expected)) throw new Refusal('amount_mismatch');
    await this.#clearTheWay(earlier, request.key);
    const provider = providers.find(
      (one) =>
        one.currency === order.money.currency && one.methods().some(({ type }) => type === body.method.type),
    );
    if (!provider) throw new Refusal('method_unavailable');
    if (!isOwnAddress(site, body.returnUrl))
      throw new Refusal('invalid_request', 'returnUrl is not an address of this shop');
    const opened = await openDirect(direct, body, ports.now());

    const payment = this.#newRecord(order, request, provider.name);
    const browser: BrowserFacts = { ...body.browser, ...client };
    const { reference, method, money, providerId, createdAt } = payment;
    const attempt: Attempt = {
      ...{ reference, method, money, providerId, createdAt },
      order,
      payWith: body.method,
      ...(opened && { card: opened.card }),
      browser,
      locale: body.locale,
      urls: {
        callback: callbackUrl(site, provider.name),
        threedsReturn: threedsReturnUrl(site, token),
        shopReturn: shopReturnUrl(payment),
      },
    };
    assertRepresentable(provider, attempt);
    return { payment, attempt, digest: opened?.digest };
  }

  /** What is written has left `created` behind: from its first durable word on, a payment may have been sent. */
  #newRecord(order: Order, { key, body }: CreateRequest, provider: string): PaymentRecord {
    const { ports } = this.#deps;
    return {
      id: ports.token(),
      orderId: order.id,
      key,
      requestHash: requestHash(body),
      answer: null,
      provider,
      reference: ports.token(),
      method: body.method.type,
      money: order.money,
      returnUrl: body.returnUrl,
      createdAt: ports.now(),
      status: 'processing',
      version: 1,
      providerId: null,
      action: null,
      decline: null,
      receiptUrl: null,
      late: false,
      attention: null,
      ...underway(ports.now()),
    };
  }

  /** An order is paid once: earlier payments have to be over, by the provider's word, before another may start. */
  async #clearTheWay(earlier: readonly PaymentRecord[], key: string): Promise<void> {
    // This very request came twice, and the other one was faster.
    if (earlier.some((record) => record.key === key)) throw new Refusal('in_progress');
    const known = await Promise.all(earlier.map((record) => this.#latest(record)));
    if (known.some(({ status }) => status === 'approved')) throw new Refusal('already_paid');
    // Failed here, approved there: a person has to look before anybody pays again.
    if (known.some(({ status, attention }) => status === 'failed' && attention === 'late_approval'))
      throw new Refusal('already_paid');
    for (const record of known) {
      const left = record.status === 'requires_action' ? await this.#supersede(record) : record;
      if (left.status === 'approved') throw new Refusal('already_paid');
      if (!isFinal(left.status)) throw new Refusal('order_busy');
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
    const { after } = await writer.write(record, (latest) =>
      latest.status === 'requires_action' ? cancelled(latest, momentOf(ports)) : undefined,
    );
    return after;
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
