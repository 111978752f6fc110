import { sql, type Kysely } from 'kysely';

/** Which request came with a wallet's sealed message, so that it pays once. What was sealed is not here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table if not exists wallet_messages (
      digest text primary key,
      idempotency_key text not null
    )`.execute(db);
}
