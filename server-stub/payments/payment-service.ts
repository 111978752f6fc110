import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { isFinal, type Offer, type PaymentView } from '../../src/contract/index.js';
import { describeError, type Log } from '../log.js';
import type { OrderSource } from '../orders/order-source.js';
import type { Challenge, Provider } from '../providers/provider.js';
import type { PaymentRecord, PaymentStore } from '../store/payment-store.js';
import { cancelled, restart } from './apply-result.js';
import { judgeReturn, readReturn } from './challenge-return.js';
import { Changes } from './changes.js';
import type { DirectTokens } from './direct-tokens.js';
import { PaymentCreation, type CreateRequest } from './create-payment.js';
import { toView } from './payment-view.js';
import { PaymentWriter } from './payment-writer.js';
import { momentOf, type Ports } from './ports.js';
import { ProviderCalls } from './provider-calls.js';
import { Refusal } from './refusal.js';
import { CALL_LIFE_MS, isUnderway, patience, underway } from './schedule.js';
import { shopReturnUrl, type Site } from './site.js';
import { Turns } from './turns.js';

/** How often a waiting request looks again. */
const LOOK_AGAIN_MS = 2_000;
/** More payments than can be under way when a process dies. */
const MANY = 10_000;

export interface ServiceDeps {
  store: PaymentStore;
  orders: OrderSource;
  providers: readonly Provider[];
  /** Left out: tokens that are sealed for the merchant itself are refused. */
  direct?: DirectTokens;
  ports: Ports;
  site: Site;
  /** Whether somebody is there to be told what became of payments. */
  tellsMerchant: boolean;
  log: Log;
}

/** What a challenge's address stands for at this moment. */
export type ThreeDSPage =
  /** The bank waits for the shopper. */
  | { kind: 'open'; token: string; challenge: Challenge; shopReturn: string }
  /** There is nothing (more) to do here. */
  | { kind: 'over'; token: string; shopReturn: string }
  | { kind: 'unknown' };

/**
 * Everything that happens to payments. Nobody else writes to the store.
 *
 *     page ──► create-payment ──┐                        ┌──► provider
 *     bank ──► challenge-return ├──► provider-calls ─────┤
 *     callback, wait, cancel ───┤                        └──► apply-result ──► payment-writer ──► store
 *     clock ─► reconciler ──────┘                             (what it means)   (compare and set,   └─► merchant/outbox
 *                                                                                merchant-event)
 *
 * Each of them only makes us call the provider; what the provider answers is the only news. A call is `begin` or
 * `complete`, made once and only after `processing` is durable, or `query`, which may be repeated. apply-result.ts
 * is the state machine: a pure function of the payment, the answer and the moment. payment-writer.ts writes what it
 * says if nobody was faster, with the merchant's notice in the same transaction, and wakes who waits (changes.ts).
 *
 * schedule.ts says when a provider is asked, and what holds a question back; turns.ts keeps one server to a question
 * a second. payment-view.ts is what the shopper's page may know, site.ts makes every address, refusal.ts is how a
 * request is turned away, ports.ts is time and chance. Good to read in this order: schedule, apply-result,
 * payment-writer, provider-calls, create-payment, this file.
 */
export class PaymentService {
  readonly #deps: ServiceDeps;
  readonly #stopping = new AbortController();
  readonly #background = new Set<Promise<void>>();
  readonly #changes = new Changes();
  readonly #writer: PaymentWriter;
  readonly #calls: ProviderCalls;
  readonly #creation: PaymentCreation;

  constructor(deps: ServiceDeps) {
    setMaxListeners(0, this.#stopping.signal); // one for each payment that is being asked about
    const turns = new Turns(deps.ports, this.#stopping.signal);
    this.#deps = deps;
    this.#writer = new PaymentWriter({ ...deps, changes: this.#changes });
    this.#calls = new ProviderCalls({ ...deps, writer: this.#writer, turns });
    this.#creation = new PaymentCreation({ ...deps, writer: this.#writer, calls: this.#calls });
  }

  async offer(orderId: string): Promise<Offer> {
    const order = await this.#deps.orders.find(orderId);
    if (!order) throw new Refusal('order_not_found');
    const { id, description, money, country } = order;
    const methods = this.#deps.providers
      .filter(({ currency }) => currency === money.currency)
      .flatMap((provider) => provider.methods());
    return { orderId: id, description, money, country, methods };
  }

  create(request: CreateRequest): Promise<PaymentView> {
    return this.#creation.create(request);
  }

  /** The payment that a key created, for a page that was reloaded before it had the answer. */
  async findByKey(key: string): Promise<PaymentView> {
    const record = await this.#deps.store.findByKey(key);
    if (!record) throw new Refusal('payment_not_found');
    return toView(record, this.#deps.site);
  }

  /**
   * The payment as soon as its version differs from `after` (left out: from now), it is final, or `seconds` have
   * passed. While the shopper waits, the provider is asked more often than on the schedule.
   */
  async wait(
    id: string,
    options: { seconds: number; after?: number; signal: AbortSignal },
  ): Promise<PaymentView> {
    const { ports, site } = this.#deps;
    const deadline = ports.now() + options.seconds * 1_000;
    let after = options.after;
    let askAt = ports.now();
    for (;;) {
      const look = new AbortController();
      options.signal.addEventListener('abort', () => look.abort(), { signal: look.signal });
      // Listening begins before looking, so that no change falls between the two.
      const change = this.#changes.next(id, look.signal);
      try {
        const record = await this.#find(id);
        after ??= record.version;
        if (ports.now() >= askAt) {
          this.#nudge(record);
          askAt = ports.now() + patience(record, ports.now());
        }
        const left = deadline - ports.now();
        const given = options.signal.aborted || this.#stopping.signal.aborted;
        if (isFinal(record.status) || record.version !== after || left <= 0 || given)
          return toView(record, site);
        await Promise.race([change, ports.sleep(Math.min(left, LOOK_AGAIN_MS), look.signal)]);
      } finally {
        look.abort();
      }
    }
  }

  /** The shopper gave up. The provider's word comes first; a payment that was sent cannot be called back. */
  async cancel(id: string): Promise<PaymentView> {
    const found = await this.#find(id);
    const asked = isFinal(found.status) ? found : ((await this.#calls.check(id)) ?? found);
    const { after } = await this.#writer.write(asked, (latest) =>
      latest.status === 'requires_action' ? cancelled(latest, momentOf(this.#deps.ports)) : undefined,
    );
    return toView(after, this.#deps.site);
  }

  async threedsPage(token: string): Promise<ThreeDSPage> {
    const record = await this.#deps.store.findByChallenge(token);
    return record ? toThreeDSPage(record, token) : { kind: 'unknown' };
  }

  /**
   * The bank sent the shopper back. The first return that belongs to the challenge finishes 3-D Secure, once; it goes
   * on after this has resolved. Every other return changes nothing. `form` is the urlencoded body as it arrived.
   */
  async threedsReturned(token: string, form: string): Promise<Exclude<ThreeDSPage, { kind: 'open' }>> {
    const { store, log, ports } = this.#deps;
    const record = await store.findByChallenge(token);
    if (!record) return { kind: 'unknown' };
    const { id: paymentId, provider, action } = record;
    const page = { kind: 'over', token, shopReturn: shopReturnUrl(record) } as const;
    if (record.status !== 'requires_action' || action?.type !== 'threeds') return page;

    const returned = readReturn(form);
    const verdict = returned ? judgeReturn(action.challenge, returned) : 'ignore';
    log.info('bank returned', { paymentId, provider, why: verdict });
    if (verdict === 'ask') this.#later(paymentId, () => this.#calls.check(paymentId));
    if (verdict !== 'complete' || !returned) return page;
    const { before, after } = await this.#writer.write(record, (latest) =>
      latest.status === 'requires_action'
        ? {
            status: 'processing',
            action: { ...action, returned: true },
            ...underway(ports.now()),
          }
        : undefined,
    );
    if (before !== after) this.#later(paymentId, () => this.#calls.complete(after, returned, token));
    return page;
  }

  /** A provider's callback: a hint that makes us ask. Resolves to the answer's status and text once it is stored. */
  async callback(providerName: string, rawBody: string): Promise<{ status: 200 | 403; text: string }> {
    const { providers, store, ports, log } = this.#deps;
    const provider = providers.find(({ name }) => name === providerName);
    if (!provider) throw new Refusal('not_found');
    const { accepted, refused } = provider.callbackReply;
    const reading = provider.readCallback(rawBody);
    if (reading.kind !== 'hint') {
      const isRefused = reading.kind === 'refused';
      const came = { provider: providerName, result: isRefused ? 'unsigned' : 'ignored' } as const;
      log.warn('callback', { ...came, why: reading.why });
      return isRefused ? { status: 403, text: refused } : { status: 200, text: accepted };
    }
    const record = await store.findByReference(providerName, reading.reference);
    if (!record) {
      log.warn('callback', { provider: providerName, result: 'unknown_payment' });
      return { status: 200, text: accepted };
    }
    const isNew = await store.storeCallback({
      provider: providerName,
      reference: record.reference,
      digest: createHash('sha256').update(rawBody).digest('hex'),
      receivedAt: ports.now(),
    });
    const came = { paymentId: record.id, provider: providerName } as const;
    log.info('callback', { ...came, result: isNew ? 'accepted' : 'repeated' });
    // What is no longer asked about is put on the schedule again, so that the hint outlives this process.
    await this.#writer.write(record, ({ status, nextCheckAt }) =>
      nextCheckAt === null && ['declined', 'cancelled', 'expired'].includes(status)
        ? restart(momentOf(ports))
        : undefined,
    );
    this.#later(record.id, () => this.#calls.check(record.id));
    return { status: 200, text: accepted };
  }

  /** Asks the provider now, see ProviderCalls.check. */
  check(id: string): Promise<PaymentRecord | undefined> {
    return this.#calls.check(id);
  }

  /**
   * Has everything asked about that an earlier process left under way. For the start of a server that has its store
   * to itself; beside others, such payments wait until the time of a call has passed.
   */
  async adopt(): Promise<void> {
    const { store, ports } = this.#deps;
    const now = ports.now();
    for (const record of await store.due(now + CALL_LIFE_MS, MANY)) {
      await this.#writer.write(record, (latest) =>
        isUnderway(latest, now) ? { nextCheckAt: now } : undefined,
      );
    }
  }

  /** Ends every wait and every schedule, and resolves when what was begun in the background has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#changes.announceAll();
    while (this.#background.size > 0) await Promise.all(this.#background);
  }

  async #find(id: string): Promise<PaymentRecord> {
    const record = await this.#deps.store.find(id);
    if (!record) throw new Refusal('payment_not_found');
    return record;
  }

  /** Somebody looks at a payment that only the provider can move. */
  #nudge(record: PaymentRecord): void {
    const waiting =
      record.status === 'processing' ||
      (record.status === 'requires_action' && record.action?.type === 'redirect');
    if (waiting && !isUnderway(record, this.#deps.ports.now()))
      this.#later(record.id, () => this.#calls.check(record.id));
  }

  #later(paymentId: string, work: () => Promise<unknown>): void {
    const task = work().then(
      () => undefined,
      (error: unknown) =>
        this.#deps.log.error('background work failed', { paymentId, why: describeError(error) }),
    );
    this.#background.add(task);
    void task.then(() => this.#background.delete(task));
  }
}

function toThreeDSPage(record: PaymentRecord, token: string): ThreeDSPage {
  const shopReturn = shopReturnUrl(record);
  return record.status === 'requires_action' && record.action?.type === 'threeds'
    ? { kind: 'open', token, challenge: record.action.challenge, shopReturn }
    : { kind: 'over', token, shopReturn };
}
