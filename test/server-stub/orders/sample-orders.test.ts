import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSampleOrders } from '../../../server-stub/orders/sample-orders.js';
import { SettingError } from '../../../server-stub/setting-error.js';
import { temporaryDirectory } from '../support/temporary.js';

function file(content: unknown): string {
  const path = join(temporaryDirectory(), 'orders.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const ORDER = { id: 'A-1', description: 'Tea', minor: 4_200, currency: 'UAH', country: 'UA' };

test('there is one order in each currency, and the fiscal items add up to the price', async () => {
  const orders = readSampleOrders(undefined);
  assert.deepEqual((await orders.find('A-1001'))?.money, { minor: 12_500, currency: 'UAH' });
  const uzs = await orders.find('U-2001');
  assert.deepEqual(uzs?.money, { minor: 15_000_000, currency: 'UZS' });
  const sum = uzs.items?.reduce((total, { price, count }) => total + price * count, 0);
  assert.equal(sum, uzs.money.minor);
  assert.equal(await orders.find('other'), undefined);
});

test('orders are read from the file instead', async () => {
  const orders = readSampleOrders(file([{ ...ORDER, account: 'client-7' }]));
  assert.deepEqual(await orders.find('A-1'), {
    id: 'A-1',
    description: 'Tea',
    money: { minor: 4_200, currency: 'UAH' },
    country: 'UA',
    account: 'client-7',
  });
  assert.equal(await orders.find('A-1001'), undefined);
});

test('a file that cannot be used stops the start with a sentence that says where', () => {
  const cases: [string, RegExp][] = [
    [join(temporaryDirectory(), 'missing.json'), /^ORDERS_FILE names a file that cannot be read as JSON\.$/],
    [file('not json'), /^ORDERS_FILE names a file that cannot be read as JSON\.$/],
    [file({}), /^ORDERS_FILE must hold a JSON array\.$/],
    [file([{ ...ORDER, minor: 42.5 }]), /^ORDERS_FILE has an unusable value at 0\.minor\.$/],
    [file([ORDER, { ...ORDER, id: 'B', currency: 'USD' }]), /^ORDERS_FILE .* at 1\.currency\.$/],
    [file([ORDER, ORDER]), /^ORDERS_FILE has two orders with one id\.$/],
  ];
  for (const [path, message] of cases)
    assert.throws(
      () => readSampleOrders(path),
      (error) => error instanceof SettingError && message.test(error.message),
      path,
    );
});
