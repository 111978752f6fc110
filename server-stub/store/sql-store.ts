import type { ExpressionBuilder, Kysely } from 'kysely';
import { TRANSITIONS } from '../../src/contract/index.js';
import { StoreUnavailableError } from '../store-unavailable-error.js';
import type {
  ClaimedEvent,
  PaymentChange,
  PaymentFilter,
  PaymentRecord,
  PaymentStore,
  StoredCallback,
  StoredEvent,
  WalletMessage,
} from './payment-store.js';
import { fromRow, toColumns, toRow, type Tables } from './rows.js';

/** The payment store in SQL, the same statements for every database that Kysely speaks to. */
export class SqlStore implements PaymentStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async insert(record: PaymentRecord): Promise<boolean> {
    const inserted = await guarded(
      this.#db
        .insertInto('payments')
        .values({ ...toRow(record), claimed_until: null })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst(),
    );
    return inserted !== undefined;
  }

  find(id: string): Promise<PaymentRecord | undefined> {
    return this.#first(this.#payments().where('id', '=', id));
  }

  findByChallenge(token: string): Promise<PaymentRecord | undefined> {
    return this.#first(this.#payments().where('challenge_token', '=', token));
  }

  findByReference(provider: string, reference: string): Promise<PaymentRecord | undefined> {
    return this.#first(
      this.#payments()
        .where('provider', '=', provider)
        .where((where) =>
          where.or([where('reference', '=', reference), where('provider_id', '=', reference)]),
        ),
    );
  }

  findByKey(key: string): Promise<PaymentRecord | undefined> {
    return this.#first(this.#payments().where('idempotency_key', '=', key));
  }

  async findByOrder(orderId: string): Promise<PaymentRecord[]> {
    const rows = await guarded(
      this.#payments().where('order_id', '=', orderId).orderBy('created_at').orderBy('id').execute(),
    );
    return rows.map(fromRow);
  }

  async list(filter: PaymentFilter, limit: number, before?: PaymentRecord): Promise<PaymentRecord[]> {
    const { status, orderId, needsAttention } = filter;
    let query = this.#payments().orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit);
    if (status !== undefined) query = query.where('status', '=', status);
    if (orderId !== undefined) query = query.where('order_id', '=', orderId);
    if (needsAttention) query = query.where('attention', 'is not', null);
    if (before) {
      const { createdAt, id } = before;
      query = query.where((where) =>
        where.or([
          where('created_at', '<', createdAt),
          where.and([where('created_at', '=', createdAt), where('id', '<', id)]),
        ]),
      );
    }
    const rows = await guarded(query.execute());
    return rows.map(fromRow);
  }

  async due(at: number, limit: number): Promise<PaymentRecord[]> {
    const rows = await guarded(
      this.#payments().where('next_check_at', '<=', at).orderBy('next_check_at').limit(limit).execute(),
    );
    return rows.map(fromRow);
  }

  /** A server that waits for another's claim to be written reads the condition again, and leaves the payment to it. */
  async claim(at: number, until: number, limit: number): Promise<PaymentRecord[]> {
    const free = (where: ExpressionBuilder<Tables, 'payments'>) =>
      where.and([
        where('next_check_at', '<=', at),
        where.or([where('claimed_until', 'is', null), where('claimed_until', '<=', at)]),
      ]);
    const overdue = this.#db
      .selectFrom('payments')
      .select('id')
      .where(free)
      .orderBy('next_check_at')
      .limit(limit);
    const rows = await guarded(
      this.#db
        .updateTable('payments')
        .set({ claimed_until: until })
        .where('id', 'in', overdue)
        .where(free)
        .returningAll()
        .execute(),
    );
    return rows.map(fromRow);
  }

  async compareAndSet(
    record: PaymentRecord,
    change: PaymentChange,
    event?: StoredEvent,
  ): Promise<PaymentRecord | undefined> {
    const status = change.status ?? record.status;
    if (status !== record.status && !TRANSITIONS[record.status].includes(status))
      throw new Error(`a payment cannot go from ${record.status} to ${status}`);
    const update = (db: Kysely<Tables>) =>
      db
        .updateTable('payments')
        .set({ ...toColumns(change), version: record.version + 1, claimed_until: null })
        .where('id', '=', record.id)
        .where('version', '=', record.version)
        .returningAll()
        .executeTakeFirst();
    const row = await guarded(
      event
        ? this.#db.transaction().execute(async (transaction) => {
            const updated = await update(transaction);
            if (updated) await transaction.insertInto('events').values(toEventRow(event)).execute();
            return updated;
          })
        : update(this.#db),
    );
    return row && fromRow(row);
  }

  async claimEvents(at: number, until: number, limit: number): Promise<ClaimedEvent[]> {
    const due = (where: ExpressionBuilder<Tables, 'events'>) =>
      where.and([
        where('events.next_attempt_at', '<=', at),
        where.not(
          where.exists(
            where
              .selectFrom('events as earlier')
              .select('earlier.id')
              .whereRef('earlier.payment_id', '=', 'events.payment_id')
              .whereRef('earlier.version', '<', 'events.version')
              .where('earlier.next_attempt_at', 'is not', null),
          ),
        ),
      ]);
    const oldest = this.#db
      .selectFrom('events')
      .select('events.id')
      .where(due)
      .orderBy('events.next_attempt_at')
      .limit(limit);
    const rows = await guarded(
      this.#db
        .updateTable('events')
        .set((row) => ({ next_attempt_at: until, attempts: row('attempts', '+', 1) }))
        .where('events.id', 'in', oldest)
        .where('events.next_attempt_at', '<=', at)
        .returning(['id', 'payment_id as paymentId', 'version', 'body', 'attempts'])
        .execute(),
    );
    return rows;
  }

  async settleEvent(
    id: string,
    end: { deliveredAt: number | null; nextAttemptAt: number | null },
  ): Promise<void> {
    await guarded(
      this.#db
        .updateTable('events')
        .set({ delivered_at: end.deliveredAt, next_attempt_at: end.nextAttemptAt })
        .where('id', '=', id)
        .execute(),
    );
  }

  async storeCallback(callback: StoredCallback): Promise<boolean> {
    const { provider, reference, digest, receivedAt } = callback;
    const stored = await guarded(
      this.#db
        .insertInto('callbacks')
        .values({ provider, reference, digest, received_at: receivedAt })
        .onConflict((conflict) => conflict.doNothing())
        .returning('digest')
        .executeTakeFirst(),
    );
    return stored !== undefined;
  }

  async keepMessage({ digest, key }: WalletMessage): Promise<boolean> {
    const kept = await guarded(
      this.#db
        .insertInto('wallet_messages')
        .values({ digest, idempotency_key: key })
        .onConflict((conflict) =>
          conflict
            .column('digest')
            .doUpdateSet({ idempotency_key: key })
            .where('wallet_messages.idempotency_key', '=', key),
        )
        .returning('digest')
        .executeTakeFirst(),
    );
    return kept !== undefined;
  }

  async ping(): Promise<void> {
    await guarded(this.#db.selectFrom('payments').select('id').limit(1).execute());
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }

  #payments() {
    return this.#db.selectFrom('payments').selectAll();
  }

  async #first(query: { executeTakeFirst(): Promise<unknown> }): Promise<PaymentRecord | undefined> {
    const row = await guarded(query.executeTakeFirst());
    return row === undefined ? undefined : fromRow(row);
  }
}

/** Due since ever: `next_attempt_at` is compared with the clock of whoever delivers. */
function toEventRow({ id, paymentId, version, body }: StoredEvent): Tables['events'] {
  return { id, payment_id: paymentId, version, body, attempts: 0, next_attempt_at: 0, delivered_at: null };
}

/** Inside only the database fails: rows are built before and read after. */
async function guarded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new StoreUnavailableError('the database failed', { cause });
  }
}
