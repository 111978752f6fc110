import type { ExpressionBuilder, Kysely } from 'kysely';
import { TRANSITIONS } from '../../src/contract/index.js';
import { StoreUnavailableError } from '../store-unavailable-error.js';
import type { PaymentChange, PaymentRecord, PaymentStore, StoredCallback } from './payment-store.js';
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

  async compareAndSet(record: PaymentRecord, change: PaymentChange): Promise<PaymentRecord | undefined> {
    const status = change.status ?? record.status;
    if (status !== record.status && !TRANSITIONS[record.status].includes(status))
      throw new Error(`a payment cannot go from ${record.status} to ${status}`);
    const row = await guarded(
      this.#db
        .updateTable('payments')
        .set({ ...toColumns(change), version: record.version + 1, claimed_until: null })
        .where('id', '=', record.id)
        .where('version', '=', record.version)
        .returningAll()
        .executeTakeFirst(),
    );
    return row && fromRow(row);
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

/** Inside only the database fails: rows are built before and read after. */
async function guarded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new StoreUnavailableError('the database failed', { cause });
  }
}
