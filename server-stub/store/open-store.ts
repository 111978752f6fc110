import type { Config } from '../config.js';
import { openEmbedded } from './embedded.js';
import { openPostgres } from './postgres.js';
import { SqlStore } from './sql-store.js';

/** The store that the settings name, brought up to date. */
export async function openStore({ databaseUrl, dataDir }: Config): Promise<SqlStore> {
  return new SqlStore(await (databaseUrl ? openPostgres(databaseUrl) : openEmbedded(dataDir)));
}
