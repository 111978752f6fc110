import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { assertPart, browse } from '../merchant.js';
import { Buyer } from './buyer.js';

let buyer: Buyer;

before(async () => {
  buyer = await Buyer.start();
});
after(() => buyer.merchant.close());
beforeEach(() => buyer.nextOrder());

describe('a payment that is ordered to be pending', () => {
  for (const status of ['NEW', 'ON-PAYMENT', 'WAITING-AUTH', '3ds', 'IN-THE-POST']) {
    it(`stands in ${status}, and is then approved, captured as of that moment, and called back about`, async () => {
      await buyer.ordered('GooglePayPurchase', 'pending', { status, seconds: 30 });
      assert.deepEqual(await buyer.purchase('visa-approved'), {
        reasonCode: 0,
        reason: 'OK',
        transactionStatus: status,
      });
      await buyer.pass(29.999);
      assertPart(await buyer.check(), { transactionStatus: status, reason: '', reasonCode: 0 });
      assert.deepEqual(await buyer.captures(), []);
      const due = new Date(Date.parse(buyer.now) + 1).toISOString();
      await buyer.pass(3600);
      assert.deepEqual(
        (await buyer.captures()).map(({ at }) => at),
        [due],
      );
      assertPart(await buyer.check(), { transactionStatus: 'APPROVED', reasonCode: 1 });
      assertPart(await buyer.callback(), { orderReference: buyer.order, transactionStatus: 'Approved' });
    });
  }

  it('is called back about twice where it needs clarification, before and after', async () => {
    const status = 'NEEDS-CLARIFICATION';
    await buyer.ordered('GooglePayPurchase', 'pending', { status, seconds: 30 });
    await buyer.purchase('mastercard-declined-number');
    assertPart(await buyer.callback(), { transactionStatus: status, reasonCode: 0 });
    await buyer.pass(30);
    assertPart(await buyer.callback(), { transactionStatus: 'Declined', reasonCode: 76 });
  });

  it('ends as declined where the card says so', async () => {
    await buyer.ordered('GooglePayPurchase', 'pending', { status: 'ON-PAYMENT', seconds: 1 });
    assertPart(await buyer.purchase('visa-declined-text'), { transactionStatus: 'ON-PAYMENT' });
    await buyer.pass(1);
    assertPart(await buyer.check(), { transactionStatus: 'DECLINED', reason: 'Do not honour' });
    assert.deepEqual(await buyer.captures(), []);
    await buyer.callback();
  });

  it('cannot be reversed before it is approved', async () => {
    await buyer.ordered('GooglePayPurchase', 'pending', { status: 'ON-PAYMENT', seconds: 1 });
    await buyer.purchase('visa-approved');
    assertPart(await buyer.reverse(), { code: -12 });
    await buyer.pass(1);
    await buyer.callback();
    assertPart(await buyer.reverse(), { code: 0 });
    await buyer.callback();
  });

  it('is captured, without a callback, where the answer got lost', async () => {
    await buyer.ordered('GooglePayPurchase', 'pending', { status: 'ON-PAYMENT', seconds: 1 });
    await assert.rejects(buyer.purchase('visa-answer-lost'), TypeError);
    assert.equal(await buyer.status(), 'ON-PAYMENT');
    await buyer.pass(1);
    assert.equal(await buyer.status(), 'APPROVED');
  });

  it('asks for 3-D Secure first, and is pending after it', async () => {
    await buyer.ordered('GooglePayPurchase', 'pending', { status: 'ON-PAYMENT', seconds: 1 });
    const { key, cres } = await buyer.challenge();
    assertPart(await buyer.complete(key, { d3ds_cres: cres }), { status: 'ON-PAYMENT', code: 0 });
    await buyer.pass(1);
    assert.equal(await buyer.status(), 'APPROVED');
    await buyer.callback();
  });

  it('becomes what the bank said where Complete3DS was to be pending', async () => {
    for (const [code, status] of [
      ['123456', 'APPROVED'],
      ['000000', 'DECLINED'],
    ] as const) {
      buyer.nextOrder();
      const { key, cres } = await buyer.challenge(code);
      await buyer.ordered('Complete3DS', 'pending', { status: 'WAITING-AUTH', seconds: 5 });
      assertPart(await buyer.complete(key, { d3ds_cres: cres }), { status: 'WAITING-AUTH' });
      // Waiting by order is not waiting for the bank: a second call decides nothing.
      assertPart(await buyer.complete(key, { d3ds_cres: cres }), { status: 'WAITING-AUTH' });
      await buyer.pass(5);
      assert.equal(await buyer.status(), status);
      assert.equal((await buyer.captures()).length, status === 'APPROVED' ? 1 : 0);
      await buyer.callback();
    }
  });

  it('does not open the payment page again where it waits in NEW', async () => {
    await buyer.ordered('Purchase', 'pending', { status: 'NEW', seconds: 5 });
    const url = await buyer.openPage();
    const { location } = await browse(url, { number: '4000000000001000', action: 'pay' });
    assert.equal(location, 'https://shop.example/approved');
    assert.equal(await buyer.status(), 'NEW');
    assert.match((await browse(url)).html, /role="status"/);
    await browse(url, { number: '4000000000001000', action: 'pay' });
    await buyer.pass(5);
    assert.equal(await buyer.status(), 'APPROVED');
    assert.equal((await buyer.captures()).length, 1);
    await buyer.callback();
  });

  it('is decided by a timer where nobody looks', async () => {
    const other = await Buyer.start({ now: Date.now });
    try {
      await other.ordered('GooglePayPurchase', 'pending', { status: 'ON-PAYMENT', seconds: 0.02 });
      await other.purchase('visa-approved');
      assertPart(await other.callback(), { transactionStatus: 'Approved' });
    } finally {
      await other.merchant.close();
    }
  });

  it('is forgotten by a reset', async () => {
    await buyer.ordered('GooglePayPurchase', 'pending', { status: 'ON-PAYMENT', seconds: 1 });
    await buyer.purchase('visa-approved');
    await buyer.merchant.control('reset', { method: 'POST' });
    await buyer.pass(1);
    assert.deepEqual(await buyer.captures(), []);
  });
});

describe('an ordered decline', () => {
  it('takes a text for its reason too', async () => {
    await buyer.ordered('GooglePayPurchase', 'decline', { reason: 'Lost card' });
    assertPart(await buyer.purchase('visa-approved'), { reasonCode: 12, reason: 'Lost card' });
    assertPart(await buyer.callback(), {
      transactionStatus: 'Declined',
      reason: 'Lost card',
      reasonCode: 12,
    });
  });

  it('comes without a challenge', async () => {
    await buyer.ordered('GooglePayPurchase', 'decline', { reason: 575 });
    assert.deepEqual(await buyer.purchase('mastercard-3ds2'), {
      reasonCode: 12,
      reason: 575,
      transactionStatus: 'DECLINED',
    });
    await buyer.callback();
  });

  it('for Complete3DS beats the yes of the bank', async () => {
    const { key, cres } = await buyer.challenge();
    await buyer.ordered('Complete3DS', 'decline', { reason: 572 });
    assertPart(await buyer.complete(key, { d3ds_cres: cres }), { status: 'DECLINED', code: 572 });
    assert.deepEqual(await buyer.captures(), []);
    await buyer.callback();
  });

  it('for Purchase waits for the card', async () => {
    await buyer.ordered('Purchase', 'decline', { reason: 551 });
    const url = await buyer.openPage();
    assert.equal(await buyer.status(), 'NEW');
    const { location } = await browse(url, { number: '4000000000001000', action: 'pay' });
    assert.equal(location, 'https://shop.example/declined');
    assertPart(await buyer.callback(), { transactionStatus: 'Declined', reasonCode: 551 });
  });
});
