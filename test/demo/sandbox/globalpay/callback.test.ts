import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertPart } from '../merchant.js';
import { HUMO_NO_FUNDS, openShop, UZCARD, type Payment, type Shop } from './shop.js';

let shop: Shop;
before(async () => {
  shop = await openShop();
});
after(() => shop.close());

async function pay(card = UZCARD): Promise<Payment> {
  const payment = await shop.payment();
  await payment.giveCard(card);
  await payment.giveCode('123456');
  return payment;
}

const orderCallback = (fault: string, more: object = {}) =>
  shop.order({ operation: 'globalpay_callback', fault, ...more });

/** In the order in which they were written down. */
async function operationsOf({ id }: Payment): Promise<string[]> {
  const entries = await shop.journal();
  return entries.filter(({ about }) => about.includes(`globalpay:${id}`)).map(({ operation }) => operation);
}

async function callbacksOf(payment: Payment): Promise<number> {
  return (await operationsOf(payment)).filter((operation) => operation === 'callback').length;
}

describe('the callback', () => {
  for (const card of [UZCARD, HUMO_NO_FUNDS]) {
    it(`is JSON and equal to the status, for ${card}`, async () => {
      const payment = await pay(card);
      const { headers, body } = await shop.merchant.nextCallback();
      assert.deepEqual(body, await payment.status());
      assert.equal(headers['content-type'], 'application/json');
    });
  }

  it('is repeated until it is answered with 200', async () => {
    shop.merchant.answerCallbacksWith(500, 404);
    await pay();
    const ids = [];
    for (let time = 0; time < 3; time += 1) ids.push((await shop.merchant.nextCallback()).body['id']);
    assert.equal(new Set(ids).size, 1);
  });

  it('may be lost', async () => {
    await orderCallback('callback_lost');
    const lost = await pay();
    const told = await pay();
    assertPart((await shop.merchant.nextCallback()).body, { id: told.id });
    assertPart(await lost.status(), { status: 'APPROVED' });
  });

  it('may be late: the browser is back long before, and the body says what was true then', async () => {
    await orderCallback('callback_late', { seconds: 60 });
    const payment = await pay();
    assert.equal(await callbacksOf(payment), 0);
    shop.pass(60);
    await payment.status();
    assertPart((await shop.merchant.nextCallback()).body, { id: payment.id, status: 'APPROVED' });
  });

  it('may come, and be answered, before the browser is sent back', async () => {
    await orderCallback('callback_early');
    const payment = await pay();
    const operations = await operationsOf(payment);
    assert.ok(operations.indexOf('callback') < operations.indexOf('return to the shop'));
    assert.ok(operations.includes('callback'));
    await shop.merchant.nextCallback();
  });

  it('may come three times', async () => {
    await orderCallback('callback_repeated');
    const payment = await pay();
    for (let time = 0; time < 3; time += 1) {
      assertPart((await shop.merchant.nextCallback()).body, { id: payment.id });
    }
  });

  for (const [card, forged, truth] of [
    [UZCARD, { status: 'FAILED', error: 'INSUFFICIENT_FUNDS', gnkDetail: null }, 'APPROVED'],
    [HUMO_NO_FUNDS, { status: 'APPROVED', error: null, gnkDetail: null }, 'FAILED'],
  ] as const) {
    it(`may be forged to ${forged.status}, while the status says ${truth}`, async () => {
      await orderCallback('callback_forged');
      const payment = await pay(card);
      const { body } = await shop.merchant.nextCallback();
      assertPart(body, { id: payment.id, externalId: payment.reference, amount: 100_000, ...forged });
      assertPart(await payment.status(), { status: truth });
    });
  }
});
