import type {
  Backlog,
  ClaimedEvent,
  PaymentChange,
  PaymentFilter,
  PaymentRecord,
  PaymentStore,
  StoredCallback,
  StoredEvent,
  WalletMessage,
} from './payment-store.js';
import * as callbacks from './sql/callbacks.js';
import * as events from './sql/events.js';
import * as payments from './sql/payments.js';
import { isSealedWithThisKey } from './sql/sealing-mark.js';
import type { Database } from './sql/tables.js';
import { together } from './sql/together.js';
import * as walletMessages from './sql/wallet-messages.js';

/**
 * The payment store in SQL, the same statements for every database that Kysely speaks to: they are in `sql/`, a file
 * for each table.
 */
export class SqlStore implements PaymentStore {
  readonly #db: Database;
  readonly #storeCallback: (callback: StoredCallback) => Promise<boolean>;

  constructor(db: Database) {
    this.#db = db;
    this.#storeCallback = together((all) => callbacks.insert(db, all));
  }

  insert(record: PaymentRecord): Promise<boolean> {
    return payments.insert(this.#db, record);
  }

  find(id: string): Promise<PaymentRecord | undefined> {
    return payments.findBy(this.#db, 'id', id);
  }

  findByChallenge(token: string): Promise<PaymentRecord | undefined> {
    return payments.findBy(this.#db, 'challenge_token', token);
  }

  findByReference(provider: string, reference: string): Promise<PaymentRecord | undefined> {
    return payments.findByReference(this.#db, provider, reference);
  }

  findByKey(key: string): Promise<PaymentRecord | undefined> {
    return payments.findBy(this.#db, 'idempotency_key', key);
  }

  findByOrder(orderId: string): Promise<PaymentRecord[]> {
    return payments.findByOrder(this.#db, orderId);
  }

  list(filter: PaymentFilter, limit: number, before?: PaymentRecord): Promise<PaymentRecord[]> {
    return payments.list(this.#db, filter, limit, before);
  }

  due(at: number, limit: number): Promise<PaymentRecord[]> {
    return payments.due(this.#db, at, limit);
  }

  claim(at: number, until: number, limit: number): Promise<PaymentRecord[]> {
    return payments.claim(this.#db, at, until, limit);
  }

  compareAndSet(
    record: PaymentRecord,
    change: PaymentChange,
    event?: StoredEvent,
  ): Promise<PaymentRecord | undefined> {
    return payments.compareAndSet(this.#db, record, change, event);
  }

  claimEvents(at: number, until: number, limit: number): Promise<ClaimedEvent[]> {
    return events.claim(this.#db, at, until, limit);
  }

  settleEvent(id: string, end: { deliveredAt: number | null; nextAttemptAt: number | null }): Promise<void> {
    return events.settle(this.#db, id, end);
  }

  storeCallback(callback: StoredCallback): Promise<boolean> {
    return this.#storeCallback(callback);
  }

  keepMessage(message: WalletMessage): Promise<boolean> {
    return walletMessages.keep(this.#db, message);
  }

  async backlog(): Promise<Backlog> {
    return { ...(await payments.scheduled(this.#db)), events: await events.countLeft(this.#db) };
  }

  ping(): Promise<void> {
    return payments.ping(this.#db);
  }

  /** Whether this database is sealed with the key that it was opened with; one that is new is from now on. */
  isSealedWithThisKey(): Promise<boolean> {
    return isSealedWithThisKey(this.#db);
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }
}
