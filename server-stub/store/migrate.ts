import { Migrator } from 'kysely/migration';
import { MIGRATIONS } from './migrations/index.js';
import type { Database } from './sql/tables.js';

/** Brings a database up to date. Servers that start together take turns: Kysely's migrator holds a lock meanwhile. */
export async function migrated(db: Database): Promise<Database> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw new Error('the database could not be brought up to date', { cause: error });
  }
  return db;
}
