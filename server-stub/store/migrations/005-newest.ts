import { sql, type Kysely } from 'kysely';

/** For the operator's lists, newest first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index if not exists payments_newest on payments (created_at, id)`.execute(db);
  await sql`
    create index if not exists payments_attention on payments (created_at, id)
    where attention is not null`.execute(db);
}
