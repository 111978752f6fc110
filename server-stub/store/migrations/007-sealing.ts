import { sql, type Kysely } from 'kysely';

/** One row, sealed with the key that everything here is sealed with: whoever has another key learns it at the start. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table if not exists sealing (
      id integer primary key check (id = 1),
      mark text not null
    )`.execute(db);
}
