import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sign, type Answer } from '../merchant.js';
import { Buyer, merchant_id } from './buyer.js';

let buyer: Buyer;

before(async () => {
  buyer = await Buyer.start();
});
after(() => buyer.merchant.close());
beforeEach(() => buyer.nextOrder());

/** Pays, and takes the callback. */
async function callbackOf(changes = {}, card = 'visa-approved'): Promise<Answer> {
  await buyer.purchase(card, changes);
  return buyer.callback();
}

function signatureOver(amount: string, algorithm = 'sha512'): string {
  return sign([merchant_id, buyer.order, amount, 'UAH'], algorithm);
}

async function checks(): Promise<Map<string, boolean> | undefined> {
  for (;;) {
    const entry = (await buyer.journal()).find(({ operation }) => operation === 'callback');
    if (entry) return new Map(entry.checks?.map(({ what, passed }) => [what, passed]));
  }
}

const SIGNATURE = 'merchantSignature: HMAC-SHA512 over merchantAccount;orderReference;amount;currency';
const STATUS = 'transactionStatus: as the payment stands';

describe("ProcardPay's callback", () => {
  it('has every field of the older edition and of public integrations', async () => {
    const { transactionId, rrn, pcTransactionID, pcApprovalCode, ...body } = await callbackOf({
      phone: '380970001234',
      'add_params[BrowserIP]': '10.1.2.3',
    });
    assert.deepEqual(body, {
      operation: 'CallBack',
      merchantAccount: merchant_id,
      orderReference: buyer.order,
      amount: '1250.50',
      currency: 'UAH',
      phone: '380970001234',
      createdDate: '2026-11-22 14:00:00',
      cardPan: '400000******1000',
      cardType: 'Visa',
      fee: '0.00',
      type: 'payment',
      transactionStatus: 'Approved',
      reason: 'ОПЕРАЦИЯ РАЗРЕШЕНА',
      reasonCode: 1,
      recToken: '',
      merchantSignature: signatureOver('1250.50'),
      add_params: {
        'AReqDetails.notificationUrl': 'https://shop.example/pay/3ds/t/return',
        BrowserIP: '10.1.2.3',
      },
    });
    const check = await buyer.check();
    assert.deepEqual([transactionId, rrn], [check['transactionId'], check['rrn']]);
    assert.deepEqual([pcTransactionID, pcApprovalCode], [check['pcTransactionID'], check['pcApprovalCode']]);
  });

  it('is noted in the journal with its formula', async () => {
    await callbackOf();
    assert.deepEqual(
      await checks(),
      new Map([
        [SIGNATURE, true],
        [STATUS, true],
      ]),
    );
  });

  it('names no processing centre where nothing was charged', async () => {
    const body = await callbackOf({}, 'visa-declined-text');
    assert.deepEqual([body['transactionStatus'], 'rrn' in body], ['Declined', false]);
  });

  it('is signed with MD5 where told so, with upper-case statuses and merchant_id', async () => {
    const older = await Buyer.start({ procardCallbackAlgorithm: 'md5' });
    try {
      await older.purchase('visa-approved');
      const body = await older.callback();
      assert.equal(body['merchantSignature'], sign([merchant_id, older.order, '1250.50', 'UAH'], 'md5'));
      assert.deepEqual([body['merchant_id'], body['transactionStatus']], [merchant_id, 'APPROVED']);
      assert.equal('merchantAccount' in body, false);
    } finally {
      await older.merchant.close();
    }
  });
});

describe('callback_unsigned', () => {
  it('has a signature of another secret, and the journal says so', async () => {
    await buyer.ordered('procard_callback', 'callback_unsigned');
    const signature = String((await callbackOf())['merchantSignature']);
    assert.match(signature, /^[0-9a-f]{128}$/);
    assert.notEqual(signature, signatureOver('1250.50'));
    assert.equal((await checks())?.get(SIGNATURE), false);
  });
});

describe('callback_forged', () => {
  for (const [card, status, reasonCode] of [
    ['visa-approved', 'Declined', 76],
    ['visa-declined-text', 'Approved', 1],
  ] as const) {
    it(`says ${status} of the other, under a right signature`, async () => {
      await buyer.ordered('procard_callback', 'callback_forged');
      const body = await callbackOf({}, card);
      assert.deepEqual([body['transactionStatus'], body['reasonCode']], [status, reasonCode]);
      assert.equal(body['merchantSignature'], signatureOver('1250.50'));
      assert.deepEqual([...((await checks())?.values() ?? [])], [true, false]);
      assert.notEqual(String(await buyer.status()).toLowerCase(), status.toLowerCase());
    });
  }
});

describe('callback_trimmed', () => {
  for (const [amount, trimmed] of [
    ['1250.50', '1250.5'],
    ['1250.00', '1250'],
    ['1250.05', '1250.05'],
    ['1200', '1200'],
    ['0.10', '0.1'],
  ] as const) {
    it(`sends ${amount} as ${trimmed}, and signs that`, async () => {
      await buyer.ordered('procard_callback', 'callback_trimmed');
      const body = await callbackOf({ amount });
      assert.deepEqual([body['amount'], body['merchantSignature']], [trimmed, signatureOver(trimmed)]);
    });
  }
});
