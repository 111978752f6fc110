import type { ExpressionBuilder, Kysely } from 'kysely';
import type { ClaimedEvent, StoredEvent } from '../payment-store.js';
import { guarded } from './guarded.js';
import type { Tables } from './tables.js';

/** Part of the transaction that changes the payment. Due since ever, for whatever clock the deliverer goes by. */
export async function insert(transaction: Kysely<Tables>, event: StoredEvent): Promise<void> {
  const { id, paymentId, version, body } = event;
  await transaction
    .insertInto('events')
    .values({ id, payment_id: paymentId, version, body, attempts: 0, next_attempt_at: 0, delivered_at: null })
    .execute();
}

export async function claim(
  db: Kysely<Tables>,
  at: number,
  until: number,
  limit: number,
): Promise<ClaimedEvent[]> {
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
  const oldest = db
    .selectFrom('events')
    .select('events.id')
    .where(due)
    .orderBy('events.next_attempt_at')
    .limit(limit);
  return guarded(
    db
      .updateTable('events')
      .set((row) => ({ next_attempt_at: until, attempts: row('attempts', '+', 1) }))
      .where('events.id', 'in', oldest)
      .where('events.next_attempt_at', '<=', at)
      .returning(['id', 'payment_id as paymentId', 'version', 'body', 'attempts'])
      .execute(),
  );
}

export async function settle(
  db: Kysely<Tables>,
  id: string,
  end: { deliveredAt: number | null; nextAttemptAt: number | null },
): Promise<void> {
  await guarded(
    db
      .updateTable('events')
      .set({ delivered_at: end.deliveredAt, next_attempt_at: end.nextAttemptAt })
      .where('id', '=', id)
      .execute(),
  );
}

/** Those that are to be delivered, again or for the first time. */
export async function countLeft(db: Kysely<Tables>): Promise<number> {
  const { count } = await guarded(
    db
      .selectFrom('events')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('next_attempt_at', 'is not', null)
      .executeTakeFirstOrThrow(),
  );
  return count;
}
