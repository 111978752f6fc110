import { sql, type Kysely } from 'kysely';

/**
 * Types and constraints that SQLite and PostgreSQL read alike. Every statement may run again: SQLite keeps what a
 * migration had done before the power went.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table if not exists payments (
      id text primary key,
      order_id text not null,
      idempotency_key text not null unique,
      request_hash text not null,
      answer text,
      provider text not null,
      reference text not null unique,
      method text not null,
      amount_minor bigint not null check (amount_minor > 0),
      currency text not null,
      return_url text not null,
      created_at bigint not null,
      status text not null check (status in ('created', 'processing', 'requires_action', 'approved', 'declined',
        'cancelled', 'expired', 'failed')),
      version integer not null,
      provider_id text,
      action text,
      challenge_token text,
      decline text,
      receipt_url text,
      late integer not null check (late in (0, 1)),
      attention text check (attention in ('late_approval', 'unresolved', 'mismatch')),
      next_check_at bigint,
      checks integer not null
    )`.execute(db);

  // However many shoppers, tabs and servers there are, an order has one payment that is open or paid. A late
  // approval stands outside: it is the provider's word, and has to be written whatever else is there.
  await sql`
    create unique index if not exists payments_one_per_order on payments (order_id)
    where status in ('created', 'processing', 'requires_action') or (status = 'approved' and late = 0)`.execute(
    db,
  );
  await sql`create index if not exists payments_by_order on payments (order_id, created_at)`.execute(db);
  await sql`
    create unique index if not exists payments_by_challenge on payments (challenge_token)
    where challenge_token is not null`.execute(db);
  await sql`
    create index if not exists payments_by_provider_id on payments (provider_id)
    where provider_id is not null`.execute(db);
  await sql`
    create index if not exists payments_due on payments (next_check_at)
    where next_check_at is not null`.execute(db);

  await sql`
    create table if not exists callbacks (
      provider text not null,
      digest text not null,
      reference text not null,
      received_at bigint not null,
      primary key (provider, digest)
    )`.execute(db);
}
