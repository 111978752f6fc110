import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Changes } from '../../../server-stub/payments/changes.js';
import { PaymentWriter } from '../../../server-stub/payments/payment-writer.js';
import { openEmbedded } from '../../../server-stub/store/embedded.js';
import { SqlStore } from '../../../server-stub/store/sql-store.js';
import { ManualPorts } from '../support/manual-ports.js';
import { newRecord } from '../support/records.js';
import { temporaryDirectory } from '../support/temporary.js';

async function open() {
  const store = new SqlStore(await openEmbedded(temporaryDirectory()));
  after(() => store.close());
  const record = newRecord({ status: 'processing' });
  await store.insert(record);
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const ports = new ManualPorts();
  const writer = new PaymentWriter({ store, changes: new Changes(), ports, tellsMerchant: true, log });
  return { store, record, writer };
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

test('what ends a payment is kept for the merchant, and a late approval after it; the rest is not', async () => {
  const { store, record, writer } = await open();
  const { after: checked } = await writer.write(record, () => ({ checks: 1 }));
  const { after: ended } = await writer.write(checked, () => ({ status: 'declined' }));
  await writer.write(ended, () => ({ status: 'approved', late: true, attention: 'late_approval' }));
  const [declined] = await store.claimEvents(1, 2, 10);
  assert.ok(declined);
  await store.settleEvent(declined.id, { deliveredAt: 1, nextAttemptAt: null });
  const [approved] = await store.claimEvents(1, 2, 10);
  assert.ok(approved);

  assert.match(declined.body, /"type":"payment\.declined"/);
  assert.deepEqual(JSON.parse(approved.body), {
    id: approved.id,
    type: 'payment.approved',
    timestamp: '2023-11-14T22:13:20.000Z',
    data: {
      payment: {
        id: 'payment-1',
        orderId: 'A-1001',
        provider: 'scripted',
        reference: 'reference-1',
        method: 'google-pay',
        money: { minor: 12_500, currency: 'UAH' },
        version: 4,
        status: 'approved',
        decline: null,
        receiptUrl: null,
        late: true,
        attention: 'late_approval',
      },
    },
  });
});

test('attention that comes by itself is an event of its own', async () => {
  const { store, record, writer } = await open();
  await writer.write(record, ({ attention }) => (attention ? undefined : { attention: 'mismatch' }));
  const [event] = await store.claimEvents(1, 2, 10);
  assert.match(event?.body ?? '', /"type":"payment\.attention"/);
});
