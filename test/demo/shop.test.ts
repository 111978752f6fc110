import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Shop, shopRoutes } from '../../demo/shop.js';

const place = (shop: Shop, body: string) =>
  shopRoutes(shop).request('/shop/orders', { method: 'POST', body });

describe('the demo shop', () => {
  test('knows the sample orders by their plain ids', async () => {
    const shop = new Shop();
    assert.deepEqual((await shop.find('A-1001'))?.money, { minor: 12_500, currency: 'UAH' });
    assert.deepEqual((await shop.find('U-2001'))?.money, { minor: 15_000_000, currency: 'UZS' });
    assert.equal(await shop.find('A-1002'), undefined);
  });

  test('sells fiscal items that add up to the price', async () => {
    const order = await new Shop().find('U-2001');
    const total = order?.items?.reduce((sum, { price, count }) => sum + price * count, 0);
    assert.equal(total, order?.money.minor);
  });

  test('makes a fresh order of the same product each time', async () => {
    const shop = new Shop();
    const ids: string[] = [];
    for (let visit = 0; visit < 2; visit++) {
      const response = await place(shop, '{"product":"A-1001"}');
      assert.equal(response.status, 201);
      ids.push(((await response.json()) as { orderId: string }).orderId);
    }
    assert.notEqual(ids[0], ids[1]);
    for (const id of ids) {
      assert.match(id, /^A-1001-[0-9A-F]{8}$/);
      assert.deepEqual(await shop.find(id), { ...(await shop.find('A-1001')), id });
    }
  });

  test('refuses a product that it does not sell, and a body that is no JSON', async () => {
    for (const body of ['{"product":"B-1"}', 'product=A-1001', '']) {
      const response = await place(new Shop(), body);
      assert.equal(response.status, 400);
      assert.deepEqual(await response.json(), { error: 'product must be one of A-1001, U-2001' });
    }
  });
});
