import type { PaymentView } from '../../src/contract/index.js';
import type { Log } from '../log.js';
import type { PaymentChange, PaymentRecord, PaymentStore, StoredEvent } from '../store/payment-store.js';
import type { Changes } from './changes.js';
import { eventOf } from './merchant-event.js';
import type { Ports } from './ports.js';

interface Deps {
  store: PaymentStore;
  changes: Changes;
  ports: Ports;
  /** Whether the merchant is told (see merchant-event.ts). */
  tellsMerchant: boolean;
  log: Log;
}

/** Writes changes of payments, tells those who wait for them, and logs what happened. */
export class PaymentWriter {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Writes a new payment; resolves to false where the store refuses it, see PaymentStore.insert. */
  async insert(record: PaymentRecord): Promise<boolean> {
    const inserted = await this.#deps.store.insert(record);
    if (inserted) this.#report({ status: 'created', attention: null }, record);
    return inserted;
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
      const after = await this.#deps.store.compareAndSet(before, change, this.#eventOf(before, change));
      if (!after) continue;
      this.#report(before, after);
      this.#deps.changes.announce(after.id);
      return { before, after };
    }
  }

  #eventOf(before: PaymentRecord, change: PaymentChange): StoredEvent | undefined {
    const { ports, tellsMerchant } = this.#deps;
    if (!tellsMerchant) return undefined;
    const after = { ...before, ...change, version: before.version + 1 };
    const event = eventOf(before, after, { id: `msg_${ports.token()}`, now: ports.now() });
    if (!event) return undefined;
    return { id: event.id, paymentId: after.id, version: after.version, body: JSON.stringify(event) };
  }

  async #reread({ id }: PaymentRecord): Promise<PaymentRecord> {
    const found = await this.#deps.store.find(id);
    if (!found) throw new Error('a payment has vanished from the store');
    return found;
  }

  #report(
    before: Pick<PaymentView, 'status'> & Pick<PaymentRecord, 'attention'>,
    after: PaymentRecord,
  ): void {
    const { id: paymentId, orderId, provider } = after;
    const named = { paymentId, orderId, provider };
    if (after.status !== before.status)
      this.#deps.log.info('payment changed', { ...named, from: before.status, to: after.status });
    if (after.attention !== null && after.attention !== before.attention)
      this.#deps.log.warn('payment needs attention', { ...named, attention: after.attention });
  }
}
