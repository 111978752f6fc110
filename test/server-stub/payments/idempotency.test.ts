import { describe } from 'node:test';
import { openEmbedded } from '../../../server-stub/store/embedded.js';
import { openPostgres } from '../../../server-stub/store/postgres.js';
import { SqlStore } from '../../../server-stub/store/sql-store.js';
import { DATABASE_KEY, newDatabase, POSTGRES_MISSING } from '../support/postgres.js';
import { temporaryDirectory } from '../support/temporary.js';
import { idempotencySuite } from './idempotency-suite.js';

idempotencySuite('embedded store', async () => {
  const directory = temporaryDirectory();
  return async () => new SqlStore(await openEmbedded(directory));
});

describe('PostgreSQL', { skip: POSTGRES_MISSING }, () => {
  idempotencySuite('PostgreSQL', async () => {
    const url = await newDatabase();
    return async () => new SqlStore(await openPostgres(url, DATABASE_KEY));
  });
});
