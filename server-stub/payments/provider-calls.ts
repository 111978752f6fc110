import { describeError, type Log, type LogFields } from '../log.js';
import type { Attempt, ChallengeReturn, Provider, ProviderResult } from '../providers/provider.js';
import type { PaymentChange, PaymentRecord, PaymentStore } from '../store/payment-store.js';
import { applyAnswer, applyQuery } from './apply-result.js';
import { toView } from './payment-view.js';
import type { PaymentWriter } from './payment-writer.js';
import { momentOf, type Ports } from './ports.js';
import { isUnderway } from './schedule.js';
import { isOwnAddress, type Site } from './site.js';
import type { Turns } from './turns.js';

interface Deps {
  store: PaymentStore;
  providers: readonly Provider[];
  writer: PaymentWriter;
  turns: Turns;
  ports: Ports;
  site: Site;
  log: Log;
}

/** Every call of a provider, and what its answer does to the payment. No lock is held while a provider thinks. */
export class ProviderCalls {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * Sends the payment to its provider, and keeps what its shopper is answered. The caller has just made it
   * `processing`, and calls this once.
   */
  async begin(record: PaymentRecord, attempt: Attempt, token: string): Promise<PaymentRecord> {
    // A machine that slept since the payment was written has lost it: others may have found that nothing was sent.
    const result: ProviderResult = isUnderway(record, this.#deps.ports.now())
      ? await this.#call(record, 'begin', (provider) => provider.begin(attempt))
      : { kind: 'unknown', why: 'too late to be sent', sent: false };
    return this.#answered(record, (latest) => {
      const change = applyAnswer(latest, this.#screened(result), momentOf(this.#deps.ports), token);
      if (latest.status !== 'processing') return change;
      const begun = { ...latest, ...change, version: latest.version + 1 };
      return { ...change, answer: toView(begun, this.#deps.site) };
    });
  }

  /** Finishes 3-D Secure. The caller has just marked the challenge as returned, and calls this once. */
  async complete(record: PaymentRecord, returned: ChallengeReturn, token: string): Promise<PaymentRecord> {
    const result = await this.#call(record, 'complete', (provider) => provider.complete(record, returned));
    return this.#answered(record, (latest) =>
      applyAnswer(latest, this.#screened(result), momentOf(this.#deps.ports), token),
    );
  }

  /**
   * Asks the provider where the payment stands, at most once per second, and never while a call of it is under way.
   * Resolves to the payment as it is then, `undefined` for an unknown id.
   */
  async check(id: string): Promise<PaymentRecord | undefined> {
    await this.#deps.turns.take(id, () => this.#ask(id));
    return this.#deps.store.find(id);
  }

  async #ask(id: string): Promise<void> {
    const { store, writer, ports } = this.#deps;
    const record = await store.find(id);
    if (!record || isUnderway(record, ports.now())) return;
    const result = await this.#call(record, 'query', (provider) => provider.query(record));
    await writer.write(record, (latest) => applyQuery(latest, result, momentOf(ports)));
  }

  async #answered(
    record: PaymentRecord,
    decide: (latest: PaymentRecord) => PaymentChange | undefined,
  ): Promise<PaymentRecord> {
    const { before, after } = await this.#deps.writer.write(record, decide);
    const overtaken = before.status !== 'processing';
    return overtaken ? ((await this.check(record.id)) ?? after) : after;
  }

  async #call(
    record: PaymentRecord,
    operation: LogFields['operation'] & string,
    ask: (provider: Provider) => Promise<ProviderResult>,
  ): Promise<ProviderResult> {
    const { providers, ports, log } = this.#deps;
    const call = { paymentId: record.id, provider: record.provider, operation };
    const provider = providers.find(({ name }) => name === record.provider);
    if (!provider) return { kind: 'unknown', why: 'its provider is switched off', sent: false };
    const start = ports.now();
    try {
      const result = await ask(provider);
      const why = 'why' in result && { why: result.why };
      log.info('provider answered', { ...call, outcome: result.kind, ...why, ms: ports.now() - start });
      return result;
    } catch (error) {
      log.error('provider adapter failed', { ...call, why: describeError(error) });
      return { kind: 'unknown', why: 'its adapter failed', sent: true };
    }
  }

  /** A bank's page on the origin of the page that holds it could reach out of its frame. */
  #screened(result: ProviderResult): ProviderResult {
    if (result.kind !== 'challenge' || !isOwnAddress(this.#deps.site, result.challenge.acsUrl)) return result;
    return { kind: 'unknown', why: "the bank's address is ours", sent: true, attention: 'mismatch' };
  }
}
