import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { assertPart } from '../merchant.js';
import { Buyer, merchant_id } from './buyer.js';

const LIFE_SECONDS = 15 * 60;

let buyer: Buyer;

before(async () => {
  buyer = await Buyer.start();
});
after(() => buyer.merchant.close());
beforeEach(async () => {
  await buyer.merchant.control('reset', { method: 'POST' });
  buyer.nextOrder();
});

describe('check', () => {
  it('has the fields that public integrations show, and no others', async () => {
    await buyer.purchase('visa-approved', { phone: '380970001234' });
    await buyer.callback();
    const answer = await buyer.check();
    assert.deepEqual(Object.keys(answer).sort(), [
      'amount',
      'cardPan',
      'cardType',
      'code',
      'createdDate',
      'currency',
      'fee',
      'merchantAccount',
      'orderReference',
      'pcApprovalCode',
      'pcTransactionID',
      'phone',
      'reason',
      'reasonCode',
      'rrn',
      'transactionId',
      'transactionStatus',
    ]);
    assert.equal(answer['phone'], '380970001234');
    assert.match(String(answer['rrn']), /^\d{12}$/);
    assert.match(String(answer['pcApprovalCode']), /^\d{6}$/);
    assert.match(String(answer['transactionId']), /^\d+$/);
  });

  it('knows no names of the processing centre for what was not charged', async () => {
    await buyer.purchase('visa-declined-text');
    await buyer.callback();
    const answer = await buyer.check();
    for (const name of ['rrn', 'pcTransactionID', 'pcApprovalCode']) assert.equal(name in answer, false);
  });

  it('has no card before the shopper gave one', async () => {
    await buyer.openPage();
    assertPart(await buyer.check(), { transactionStatus: 'NEW', cardPan: '', cardType: '', reasonCode: 0 });
  });

  it('has the printed fields of the older edition with MD5, reasoneCode included', async () => {
    const older = await Buyer.start({ procardCallbackAlgorithm: 'md5' });
    try {
      await older.purchase('visa-approved');
      const answer = await older.check();
      assert.deepEqual(Object.keys(answer).sort(), [
        'amount',
        'cardPan',
        'cardType',
        'createdDate',
        'datetime',
        'fee',
        'merchantAccount',
        'message',
        'phone',
        'reason',
        'reasoneCode',
        'transactionId',
        'transactionStatus',
      ]);
      assertPart(answer, {
        reasoneCode: 1,
        merchantAccount: merchant_id,
        amount: '1250.50',
        datetime: '2026-11-22 14:00:00',
        transactionStatus: 'APPROVED',
      });
    } finally {
      await older.merchant.close();
    }
  });
});

describe('an unfinished payment', () => {
  it('expires after fifteen minutes on the page, and is called back about', async () => {
    await buyer.openPage();
    await buyer.pass(LIFE_SECONDS);
    assert.equal(await buyer.status(), 'NEW');
    await buyer.pass(0.001);
    assertPart(await buyer.check(), { transactionStatus: 'EXPIRED', reasonCode: 0 });
    assertPart(await buyer.callback(), { orderReference: buyer.order, transactionStatus: 'Expired' });
  });

  it('expires after fifteen minutes at the bank, and a later Complete3DS gets that answer', async () => {
    const { key, cres } = await buyer.challenge();
    await buyer.pass(LIFE_SECONDS + 0.001);
    assertPart(await buyer.callback(), { transactionStatus: 'Expired' });
    assertPart(await buyer.complete(key, { d3ds_cres: cres }), { status: 'EXPIRED', code: 0 });
    assert.deepEqual(await buyer.captures(), []);
  });

  it('does not expire once it is finished', async () => {
    await buyer.purchase('visa-approved');
    await buyer.callback();
    await buyer.pass(LIFE_SECONDS + 1);
    assert.equal(await buyer.status(), 'APPROVED');
  });
});

describe('reverse', () => {
  beforeEach(async () => {
    await buyer.purchase('visa-approved');
    await buyer.callback();
  });

  it('gives a captured payment back once, in full, answers 0 and calls back as a reversal', async () => {
    await buyer.pass(7200);
    assert.deepEqual(await buyer.reverse(), { code: 0, message: 'OK' });
    const [{ amountMinor, currency, at } = assert.fail(), ...more] = await buyer.reversals();
    assert.deepEqual([amountMinor, currency, at, more], [125_050, 'UAH', buyer.now, []]);
    assertPart(await buyer.check(), {
      transactionStatus: 'REFUNDED',
      reverseAmount: '1250.50',
      reason: 'ОПЕРАЦИЯ РАЗРЕШЕНА',
      reasonCode: 1,
    });
    const { createdDate, reverseDate } = await buyer.check();
    assert.equal(Date.parse(`${String(reverseDate)}Z`) - Date.parse(`${String(createdDate)}Z`), 7_200_000);
    assertPart(await buyer.callback(), { type: 'reverse', transactionStatus: 'Refunded' });
    assertPart(await buyer.reverse(), { code: -12 });
    assert.equal((await buyer.reversals()).length, 1);
  });

  it('may take its time: it answers 1, stands in REFUNDINPROC, and gives the money back then', async () => {
    await buyer.ordered('reverse', 'pending', { status: 'REFUNDINPROC', seconds: 60 });
    assert.deepEqual(await buyer.reverse(), { code: 1, message: 'OK' });
    assert.equal(await buyer.status(), 'REFUNDINPROC');
    assertPart(await buyer.reverse(), { code: -12 });
    assert.deepEqual(await buyer.reversals(), []);
    await buyer.pass(60);
    assert.equal(await buyer.status(), 'REFUNDED');
    assert.deepEqual(
      (await buyer.reversals()).map(({ at }) => at),
      [buyer.now],
    );
    assertPart(await buyer.callback(), { type: 'reverse', transactionStatus: 'Refunded' });
  });
});
