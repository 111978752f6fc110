import type { Log } from '../log.js';
import type { PaymentChange, PaymentRecord, PaymentStore } from '../store/payment-store.js';
import type { Changes } from './changes.js';

/** Writes changes of payments, tells those who wait for them, and logs what happened. */
export class PaymentWriter {
  readonly #store: PaymentStore;
  readonly #changes: Changes;
  readonly #log: Log;

  constructor(store: PaymentStore, changes: Changes, log: Log) {
    this.#store = store;
    this.#changes = changes;
    this.#log = log;
  }

  /**
   * Writes what `decide` says of the latest record, and decides again where somebody else was first. Resolves to the
   * record that the decision rests on and to the record as it is now; they are one where there was nothing to write.
   */
  async write(
    record: PaymentRecord,
    decide: (latest: PaymentRecord) => PaymentChange | undefined,
  ): Promise<{ before: PaymentRecord; after: PaymentRecord }> {
    for (let before = record; ; before = await this.#reread(before)) {
      const change = decide(before);
      if (!change) return { before, after: before };
      const after = await this.#store.compareAndSet(before, change);
      if (!after) continue;
      this.#report(before, after);
      this.#changes.announce(after.id);
      return { before, after };
    }
  }

  async #reread({ id }: PaymentRecord): Promise<PaymentRecord> {
    const found = await this.#store.find(id);
    if (!found) throw new Error('a payment has vanished from the store');
    return found;
  }

  #report(before: PaymentRecord, after: PaymentRecord): void {
    const { id: paymentId, orderId, provider } = after;
    const named = { paymentId, orderId, provider };
    if (after.status !== before.status)
      this.#log.info('payment changed', { ...named, from: before.status, to: after.status });
    if (after.attention !== null && after.attention !== before.attention)
      this.#log.warn('payment needs attention', { ...named, why: after.attention });
  }
}
