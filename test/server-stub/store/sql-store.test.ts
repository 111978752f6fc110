import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openEmbedded } from '../../../server-stub/store/embedded.js';
import { MIGRATIONS } from '../../../server-stub/store/migrations/index.js';
import { SqlStore } from '../../../server-stub/store/sql-store.js';
import { StoreUnavailableError } from '../../../server-stub/store-unavailable-error.js';
import { CHALLENGE_2, newRecord, openChallenge } from '../support/records.js';
import { temporaryDirectory } from '../support/temporary.js';
import { storeSuite } from './store-suite.js';

const open = async (directory = temporaryDirectory()) => new SqlStore(await openEmbedded(directory));

storeSuite('embedded store', open);

test('what was written is there after the file was closed and opened again', async () => {
  const directory = temporaryDirectory();
  const first = await open(directory);
  await first.insert(newRecord());
  await first.close();

  const second = await open(directory);
  assert.deepEqual(await second.find('payment-1'), newRecord());
  await second.close();
});

test('two connections to one file see each other', async () => {
  const directory = temporaryDirectory();
  const [first, second] = [await open(directory), await open(directory)];
  await first.insert(newRecord());
  assert.equal(await second.insert(newRecord()), false);
  assert.deepEqual(await second.find('payment-1'), newRecord());
  await first.close();
  await second.close();
});

test('an erased challenge leaves no copy in the files', async () => {
  const directory = temporaryDirectory();
  const store = await open(directory);
  // Long enough to fill pages of its own, which become free when it is erased.
  const challenge = { ...CHALLENGE_2, creq: 'canary'.repeat(5_000) };
  const action = { type: 'threeds', token: 'token-1', challenge, returned: false } as const;
  const record = newRecord({ ...openChallenge(), action });
  await store.insert(record);
  await store.compareAndSet(record, { status: 'declined', action: null });
  await store.close();

  for (const file of readdirSync(directory))
    assert.equal(readFileSync(join(directory, file)).includes('canary'), false, file);
});

test('a commit has reached the disk, and a busy file is waited for', async () => {
  const db = await openEmbedded(temporaryDirectory());
  const pragma = async (name: string) => (await sql.raw(`pragma ${name}`).execute(db)).rows;
  assert.deepEqual(await pragma('journal_mode'), [{ journal_mode: 'wal' }]);
  assert.deepEqual(await pragma('synchronous'), [{ synchronous: 2 }]);
  assert.deepEqual(await pragma('busy_timeout'), [{ timeout: 5_000 }]);
  await db.destroy();
});

test('a database that fails is reported as unavailable', async () => {
  const store = await open();
  await store.close();
  await assert.rejects(store.insert(newRecord()), StoreUnavailableError);
  await assert.rejects(store.find('payment-1'), StoreUnavailableError);
});

test('a payment that an earlier release had written as created, and never sent, has expired', async () => {
  const db = await openEmbedded(temporaryDirectory());
  const store = new SqlStore(db);
  await store.insert(newRecord({ nextCheckAt: 1 }));
  await sql`update payments set status = 'created'`.execute(db);
  await MIGRATIONS['006-created']?.up(db);
  const { status, version, nextCheckAt } = (await store.find('payment-1')) ?? {};
  assert.deepEqual([status, version, nextCheckAt], ['expired', 2, null]);
  await store.close();
});
