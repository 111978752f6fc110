import type { Kysely } from 'kysely';
import { isFinal, TRANSITIONS, type PaymentView } from '../../src/contract/index.js';
import { StoreUnavailableError } from '../store-unavailable-error.js';
import type { Claim, PaymentChange, PaymentRecord, PaymentStore, StoredCallback } from './payment-store.js';
import { FINAL_STATUSES, fromRow, readAnswer, toColumns, toRow, type Tables } from './rows.js';

/** A request that created nothing for so long has died. */
const CLAIM_LIFE_MS = 120_000;

/** The payment store in SQL, the same statements for every database that Kysely speaks to. */
export class SqlStore implements PaymentStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async claim(key: string, requestHash: string, at: number): Promise<Claim> {
    const row = { idempotency_key: key, request_hash: requestHash, claimed_at: at };
    const inserted = await guarded(
      this.#db
        .insertInto('claims')
        .values({ ...row, payment_id: null, answer: null })
        .onConflict((conflict) => conflict.doNothing())
        .returning('idempotency_key')
        .executeTakeFirst(),
    );
    if (inserted) return { kind: 'new' };

    const found = await guarded(
      this.#db.selectFrom('claims').selectAll().where('idempotency_key', '=', key).executeTakeFirst(),
    );
    // Released in this very moment: its owner is still answering.
    if (!found) return { kind: 'in_flight' };
    if (found.request_hash !== requestHash) return { kind: 'mismatch' };
    if (found.answer !== null) return { kind: 'answered', answer: readAnswer(found.answer) };
    if (found.payment_id !== null || found.claimed_at > at - CLAIM_LIFE_MS) return { kind: 'in_flight' };

    const taken = await guarded(
      this.#db
        .updateTable('claims')
        .set({ claimed_at: at })
        .where('idempotency_key', '=', key)
        .where('claimed_at', '=', found.claimed_at)
        .where('payment_id', 'is', null)
        .returning('idempotency_key')
        .executeTakeFirst(),
    );
    return { kind: taken ? 'new' : 'in_flight' };
  }

  async release(key: string): Promise<void> {
    await guarded(
      this.#db
        .deleteFrom('claims')
        .where('idempotency_key', '=', key)
        .where('payment_id', 'is', null)
        .execute(),
    );
  }

  async answer(key: string, answer: PaymentView): Promise<void> {
    const update = this.#db
      .updateTable('claims')
      .set({ answer: JSON.stringify(answer) })
      .where('idempotency_key', '=', key);
    if (answer.action?.type !== 'threeds') {
      await guarded(update.execute());
      return;
    }
    // A challenge that is over by now was erased; its copy may not come back.
    const ifOpen = update.where((where) =>
      where.exists(
        where
          .selectFrom('payments')
          .select('payments.id')
          .whereRef('payments.id', '=', 'claims.payment_id')
          .where('payments.status', 'not in', FINAL_STATUSES),
      ),
    );
    await guarded(ifOpen.execute());
  }

  async insert(record: PaymentRecord, key: string): Promise<boolean> {
    return guarded(
      this.#db.transaction().execute(async (transaction) => {
        const tied = await transaction
          .updateTable('claims')
          .set({ payment_id: record.id })
          .where('idempotency_key', '=', key)
          .where('payment_id', 'is', null)
          .returning('idempotency_key')
          .executeTakeFirst();
        const inserted =
          tied &&
          (await transaction
            .insertInto('payments')
            .values(toRow(record))
            .onConflict((conflict) => conflict.doNothing())
            .returning('id')
            .executeTakeFirst());
        if (tied && !inserted)
          await transaction
            .updateTable('claims')
            .set({ payment_id: null })
            .where('idempotency_key', '=', key)
            .execute();
        return inserted !== undefined;
      }),
    );
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
    return this.#first(
      this.#payments().where('id', '=', (query) =>
        query.selectFrom('claims').select('claims.payment_id').where('idempotency_key', '=', key),
      ),
    );
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

  async compareAndSet(record: PaymentRecord, change: PaymentChange): Promise<PaymentRecord | undefined> {
    const status = change.status ?? record.status;
    if (status !== record.status && !TRANSITIONS[record.status].includes(status))
      throw new Error(`a payment cannot go from ${record.status} to ${status}`);
    const row = await guarded(
      this.#db.transaction().execute(async (transaction) => {
        const updated = await transaction
          .updateTable('payments')
          .set({ ...toColumns(change), version: record.version + 1 })
          .where('id', '=', record.id)
          .where('version', '=', record.version)
          .returningAll()
          .executeTakeFirst();
        if (updated && isFinal(status) && record.action?.type === 'threeds')
          await transaction
            .updateTable('claims')
            .set({ answer: null })
            .where('payment_id', '=', record.id)
            .execute();
        return updated;
      }),
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
