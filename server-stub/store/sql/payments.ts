import type { ExpressionBuilder, Kysely, SelectQueryBuilder } from 'kysely';
import { TRANSITIONS } from '../../../src/contract/index.js';
import type { Backlog, PaymentChange, PaymentFilter, PaymentRecord, StoredEvent } from '../payment-store.js';
import * as events from './events.js';
import { guarded } from './guarded.js';
import { fromRow, toColumns, toRow } from './payment-row.js';
import type { Database, Tables } from './tables.js';

type Where = ExpressionBuilder<Tables, 'payments'>;

export async function insert(db: Database, record: PaymentRecord): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await guarded(
    db
      .insertInto('payments')
      .values({ ...toRow(record, db.sealing), claimed_until: null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst(),
  );
  return numInsertedOrUpdatedRows === 1n;
}

/** The one payment whose column has the value; each of these columns is unique. */
export function findBy(
  db: Database,
  column: 'id' | 'idempotency_key' | 'challenge_token',
  value: string,
): Promise<PaymentRecord | undefined> {
  return first(db, all(db).where(column, '=', value));
}

export async function findByReference(
  db: Database,
  provider: string,
  reference: string,
): Promise<PaymentRecord | undefined> {
  const ofProvider = all(db).where('provider', '=', provider);
  const named = await first(db, ofProvider.where('reference', '=', reference));
  if (named) return named;
  return first(db, ofProvider.where('provider_id', '=', db.sealing.seal('provider_id', reference)));
}

export function findByOrder(db: Database, orderId: string): Promise<PaymentRecord[]> {
  return every(db, all(db).where('order_id', '=', orderId).orderBy('created_at').orderBy('id'));
}

export function list(
  db: Database,
  filter: PaymentFilter,
  limit: number,
  before?: PaymentRecord,
): Promise<PaymentRecord[]> {
  const { status, orderId, needsAttention } = filter;
  let query = all(db).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit);
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
  return every(db, query);
}

export function due(db: Database, at: number, limit: number): Promise<PaymentRecord[]> {
  return every(db, all(db).where('next_check_at', '<=', at).orderBy('next_check_at').limit(limit));
}

/** A server that waits for another's claim to be written reads the condition again, and leaves the payment to it. */
export async function claim(
  db: Database,
  at: number,
  until: number,
  limit: number,
): Promise<PaymentRecord[]> {
  const free = (where: Where) =>
    where.and([
      where('next_check_at', '<=', at),
      where.or([where('claimed_until', 'is', null), where('claimed_until', '<=', at)]),
    ]);
  const overdue = db.selectFrom('payments').select('id').where(free).orderBy('next_check_at').limit(limit);
  const rows = await guarded(
    db
      .updateTable('payments')
      .set({ claimed_until: until })
      .where('id', 'in', overdue)
      .where(free)
      .returningAll()
      .execute(),
  );
  return rows.map((row) => fromRow(row, db.sealing));
}

export async function compareAndSet(
  db: Database,
  record: PaymentRecord,
  change: PaymentChange,
  event?: StoredEvent,
): Promise<PaymentRecord | undefined> {
  const status = change.status ?? record.status;
  if (status !== record.status && !TRANSITIONS[record.status].includes(status))
    throw new Error(`a payment cannot go from ${record.status} to ${status}`);
  const after = { ...record, ...change, version: record.version + 1 };
  const update = async (within: Kysely<Tables>) => {
    const { numUpdatedRows } = await within
      .updateTable('payments')
      .set({ ...toColumns(change, db.sealing), version: after.version, claimed_until: null })
      .where('id', '=', record.id)
      .where('version', '=', record.version)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  };
  const updated = await guarded(
    event
      ? db.transaction().execute(async (transaction) => {
          const first = await update(transaction);
          if (first) await events.insert(transaction, event);
          return first;
        })
      : update(db),
  );
  return updated ? after : undefined;
}

/** Reads the index of what is due, which holds these and no others. */
export async function scheduled(db: Database): Promise<Omit<Backlog, 'events'>> {
  const rows = await guarded(
    db
      .selectFrom('payments')
      .select(({ fn }) => ['status', fn.countAll<number>().as('count'), fn.min('next_check_at').as('oldest')])
      .where('next_check_at', 'is not', null)
      .groupBy('status')
      .execute(),
  );
  const oldest = rows.flatMap((row) => row.oldest ?? []);
  const counts = rows.map(({ status, count }) => ({ status, count }));
  return { payments: counts, oldestCheckAt: oldest.length > 0 ? Math.min(...oldest) : null };
}

/** Throws if the table cannot be read. */
export async function ping(db: Database): Promise<void> {
  await guarded(db.selectFrom('payments').select('id').limit(1).execute());
}

function all(db: Database) {
  return db.selectFrom('payments').selectAll();
}

type Query = SelectQueryBuilder<Tables, 'payments', Tables['payments']>;

async function first(db: Database, query: Query): Promise<PaymentRecord | undefined> {
  const row = await guarded(query.executeTakeFirst());
  return row && fromRow(row, db.sealing);
}

async function every(db: Database, query: Query): Promise<PaymentRecord[]> {
  const rows = await guarded(query.execute());
  return rows.map((row) => fromRow(row, db.sealing));
}
