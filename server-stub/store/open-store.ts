import type { Config } from '../config.js';
import { SettingError } from '../setting-error.js';
import { openEmbedded } from './embedded.js';
import { keyIn } from './key-file.js';
import { openPostgres } from './postgres.js';
import { SqlStore } from './sql-store.js';

/** The store that the settings name, brought up to date. Throws SettingError where its key is another one. */
export async function openStore({ databaseUrl, databaseKey, dataDir }: Config): Promise<SqlStore> {
  const key = databaseKey ? Buffer.from(databaseKey.reveal(), 'base64') : keyIn(dataDir);
  const store = new SqlStore(
    await (databaseUrl ? openPostgres(databaseUrl.reveal(), key) : openEmbedded(dataDir, key)),
  );
  if (await store.isSealedWithThisKey()) return store;
  await store.close();
  throw new SettingError(
    'DATABASE_KEY',
    'or, where it is unset, payments.key in DATA_DIR is not the key of this database: every server that shares it needs the same',
  );
}
