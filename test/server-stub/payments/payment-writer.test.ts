import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Changes } from '../../../server-stub/payments/changes.js';
import { PaymentWriter } from '../../../server-stub/payments/payment-writer.js';
import { openEmbedded } from '../../../server-stub/store/embedded.js';
import { SqlStore } from '../../../server-stub/store/sql-store.js';
import { newRecord } from '../support/records.js';
import { temporaryDirectory } from '../support/temporary.js';

async function open() {
  const store = new SqlStore(await openEmbedded(temporaryDirectory()));
  after(() => store.close());
  const record = newRecord({ status: 'processing' });
  await store.insert(record);
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return { store, record, writer: new PaymentWriter(store, new Changes(), log) };
}

test('where somebody else was first, it is decided again on what is there now', async () => {
  const { store, record, writer } = await open();
  const other = await store.compareAndSet(record, { checks: 1 });
  const seen: number[] = [];
  const { before, after: written } = await writer.write(record, ({ version, status }) => {
    seen.push(version);
    return status === 'processing' ? { status: 'approved' } : undefined;
  });
  assert.deepEqual(seen, [1, 2]);
  assert.deepEqual(before, other);
  assert.deepEqual([written.status, written.version, written.checks], ['approved', 3, 1]);
});

test('with nothing to write, before and after are one', async () => {
  const { store, record, writer } = await open();
  await store.compareAndSet(record, { status: 'declined' });
  const { before, after: latest } = await writer.write(record, ({ status }) =>
    status === 'processing' ? { status: 'approved' } : undefined,
  );
  assert.equal(before, latest);
  assert.equal(latest.status, 'declined');
});
