import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../../server-stub/config.js';
import { startServer } from '../../../server-stub/server.js';
import { openStore } from '../../../server-stub/store/open-store.js';
import { newRecord } from '../support/records.js';
import { temporaryDirectory } from '../support/temporary.js';

/** Settings of a server whose store holds a notice that was never delivered. */
async function withNotice() {
  const env = { PORT: '0', DATA_DIR: temporaryDirectory(), LOG_LEVEL: 'silent' };
  const store = await openStore(readConfig(env));
  const record = newRecord();
  await store.insert(record);
  const notice = { id: 'msg_1', paymentId: record.id, version: 2, body: '{"id":"msg_1"}' };
  await store.compareAndSet(record, { status: 'declined', nextCheckAt: null }, notice);
  await store.close();
  const left = async () => {
    const reopened = await openStore(readConfig(env));
    const claimed = await reopened.claimEvents(Date.now() + 1_000_000_000, Infinity, 10);
    await reopened.close();
    return claimed.map(({ id }) => id);
  };
  return { env, left };
}

test('a shop in the same process is told what an earlier run could not deliver', async () => {
  const { env, left } = await withNotice();
  let tell = (_event: unknown): void => undefined;
  const told = new Promise((resolve) => (tell = resolve));
  const server = await startServer({ env, onEvent: (event) => tell(event) });
  assert.deepEqual(await told, { id: 'msg_1' });
  await server.close();
  assert.deepEqual(await left(), []);
});

test('a server that has nobody to tell keeps the notices for one that has', async () => {
  const { env, left } = await withNotice();
  const server = await startServer({ env });
  await server.close();
  assert.deepEqual(await left(), ['msg_1']);
});
