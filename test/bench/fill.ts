import { join } from 'node:path';
import Libsql from 'libsql';
import { openEmbedded } from '../../server-stub/store/embedded.js';
import { SqlStore } from '../../server-stub/store/sql-store.js';
import type { PaymentView } from '../../src/contract/index.js';
import { newRecord } from '../server-stub/support/records.js';

const VIEW: PaymentView = {
  id: 'x'.repeat(22),
  orderId: 'A-1001',
  money: { minor: 12_500, currency: 'UAH' },
  status: 'approved',
  method: 'google-pay',
  action: null,
  decline: null,
  receiptUrl: null,
  late: false,
  version: 2,
};

/**
 * Fills an embedded database with payments of the last year, each of an order of its own and nine of ten approved,
 * and with a notice of each that was delivered. One payment is written by the store, and the rest are copies of it.
 */
export async function fill(directory: string, payments: number): Promise<void> {
  const store = new SqlStore(await openEmbedded(directory));
  const model = newRecord({ id: 'model', status: 'declined', answer: VIEW });
  await store.insert(model);
  const notice = { id: 'model', paymentId: 'model', version: 2, body: JSON.stringify(VIEW) };
  await store.compareAndSet(model, { checks: 0 }, notice);
  await store.close();

  const file = new Libsql(join(directory, 'payments.db'));
  file.pragma('synchronous = OFF');
  file.pragma('cache_size = -400000');
  const copies = (table: string, changed: Record<string, string>) => {
    const columns = (file.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
    const values = columns.map((name) => changed[name] ?? `model.${name}`);
    file.exec(`
      with recursive numbers (number) as (select 1 union all select number + 1 from numbers where number < ${payments})
      insert into ${table} (${columns.join()})
      select ${values.join()} from numbers, ${table} as model where model.id = 'model'`);
  };
  const token = 'substr(lower(hex(randomblob(16))), 1, 22)';
  const yearAgo = Date.now() - 31_536_000_000;
  file.exec('begin');
  copies('payments', {
    id: token,
    order_id: "'old-' || number",
    idempotency_key: token,
    reference: token,
    created_at: `${yearAgo} + number * ${Math.floor(31_000_000_000 / payments)}`,
    status: `case when number % 100 < 90 then 'approved' when number % 100 < 97 then 'declined'
      when number % 100 = 97 then 'cancelled' when number % 100 = 98 then 'failed' else 'processing' end`,
    attention: "case when number % 1000 = 999 then 'unresolved' end",
    // Asked about some day: no question is due while somebody measures.
    next_check_at: `case when number % 100 = 99 then ${Date.now() + 86_400_000} + number end`,
  });
  copies('events', {
    id: token,
    payment_id: token,
    next_attempt_at: 'null',
    delivered_at: String(yearAgo),
  });
  file.exec(`delete from events where id = 'model'; commit`);
  file.pragma('wal_checkpoint(TRUNCATE)');
  file.close();
}
