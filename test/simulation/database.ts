import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openEmbedded } from '../../server-stub/store/embedded.js';
import { SqlStore } from '../../server-stub/store/sql-store.js';
import type { NextDue } from './quieten.js';

export interface Database {
  store: SqlStore;
  nextDue: NextDue;
  /** Forgets everything, for the next run. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** The real embedded store. Only the disk is spared: what a power cut does to it is tested with real processes. */
export async function openDatabase(): Promise<Database> {
  const directory = mkdtempSync(join(tmpdir(), 'pay-elements-simulation-'));
  const db = await openEmbedded(directory);
  await sql`pragma synchronous = off`.execute(db);
  const store = new SqlStore(db);
  return {
    store,
    async nextDue() {
      const { rows } = await sql<{ at: number | null }>`
        select min(at) as at from (
          select max(next_check_at, coalesce(claimed_until, 0)) as at from payments where next_check_at is not null
          union all select next_attempt_at from events where next_attempt_at is not null)`.execute(db);
      return rows[0]?.at ?? undefined;
    },
    async clear() {
      for (const table of ['payments', 'events', 'callbacks'] as const) await db.deleteFrom(table).execute();
    },
    async close() {
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
