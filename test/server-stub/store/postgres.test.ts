import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { readConfig } from '../../../server-stub/config.js';
import { openStore } from '../../../server-stub/store/open-store.js';
import { openPostgres } from '../../../server-stub/store/postgres.js';
import { SqlStore } from '../../../server-stub/store/sql-store.js';
import { StoreUnavailableError } from '../../../server-stub/store-unavailable-error.js';
import { DATABASE_KEY, newDatabase, POSTGRES_MISSING } from '../support/postgres.js';
import { newRecord } from '../support/records.js';
import { temporaryDirectory } from '../support/temporary.js';
import { storeSuite } from './store-suite.js';

describe('PostgreSQL', { skip: POSTGRES_MISSING }, () => {
  const open = async (url?: string) =>
    new SqlStore(await openPostgres(url ?? (await newDatabase()), DATABASE_KEY));

  storeSuite('PostgreSQL', open);

  test('what was written is there for another connection', async () => {
    const url = await newDatabase();
    const first = await open(url);
    await first.insert(newRecord());
    await first.close();
    const second = await open(url);
    assert.deepEqual(await second.find('payment-1'), newRecord());
    await second.close();
  });

  test('servers that start together bring one empty database up to date', async () => {
    const url = await newDatabase();
    const stores = await Promise.all(Array.from({ length: 4 }, () => open(url)));
    const inserted = await Promise.all(stores.map((store) => store.insert(newRecord())));
    assert.equal(inserted.filter(Boolean).length, 1);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('servers take the key of their DATA_DIR where none is set, and one with another key does not start', async () => {
    const env = { DATABASE_URL: await newDatabase(), DATA_DIR: temporaryDirectory() };
    const stores = [await openStore(readConfig(env)), await openStore(readConfig(env))];
    const stranger = readConfig({ ...env, DATA_DIR: temporaryDirectory() });
    await assert.rejects(openStore(stranger), { setting: 'DATABASE_KEY' });
    await Promise.all(stores.map((store) => store.close()));
  });

  test('a commit has reached the disk, also where the database is set to be quicker', async () => {
    const url = await newDatabase();
    const before = await openPostgres(url, DATABASE_KEY);
    await sql
      .raw(`alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = off`)
      .execute(before);
    await before.destroy();
    const db = await openPostgres(url, DATABASE_KEY);
    assert.deepEqual((await sql.raw('show synchronous_commit').execute(db)).rows, [
      { synchronous_commit: 'on' },
    ]);
    await db.destroy();
  });

  test('a connection that breaks between two statements fails its own transaction, and nothing else', async () => {
    const db = await openPostgres(await newDatabase(), DATABASE_KEY);
    const broken = db.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
      await sql`select pg_terminate_backend(${rows[0]?.pid}, 10000)`.execute(db);
      // By this answer, the news that came before it has been read.
      await sql`select 1`.execute(db);
      await sql`select 1`.execute(transaction);
    });
    await assert.rejects(broken);
    await sql`select 1`.execute(db);
    await db.destroy();
  });

  test('an amount of fifteen digits comes back to the unit', async () => {
    const store = await open();
    const record = newRecord({ money: { minor: 999_999_999_999_999, currency: 'UZS' } });
    await store.insert(record);
    assert.deepEqual(await store.find(record.id), record);
    await store.close();
  });

  test('a database that cannot be reached is reported as unavailable', async () => {
    const store = await open();
    await store.close();
    await assert.rejects(store.insert(newRecord()), StoreUnavailableError);
  });
});
