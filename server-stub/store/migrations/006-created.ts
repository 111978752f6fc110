import { sql, type Kysely } from 'kysely';

/** Payments used to be written before they were `processing`. What stopped there was never sent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update payments set status = 'expired', version = version + 1, next_check_at = null
    where status = 'created'`.execute(db);
}
