import { sql, type Kysely } from 'kysely';

/** What the merchant is to be told, written in the transaction that made it true. Delivered: `next_attempt_at` is null. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table if not exists events (
      id text primary key,
      payment_id text not null,
      version integer not null,
      body text not null,
      attempts integer not null,
      next_attempt_at bigint,
      delivered_at bigint
    )`.execute(db);
  await sql`
    create index if not exists events_due on events (next_attempt_at)
    where next_attempt_at is not null`.execute(db);
  await sql`
    create index if not exists events_by_payment on events (payment_id, version)`.execute(db);
}
