import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { TokenDesk } from '../../../../demo/sandbox/google-pay/token.js';
import { CARDS } from '../../../../demo/sandbox/scenarios.js';
import { CREDENTIALS } from '../../../../demo/sandbox/settings.js';
import { assertPart, postJson, PURCHASE, signed, type Answer } from '../merchant.js';
import { Buyer, merchant_id, without } from './buyer.js';

let buyer: Buyer;

before(async () => {
  buyer = await Buyer.start();
});
after(() => buyer.merchant.close());
beforeEach(() => buyer.nextOrder());

const APPROVED = { reasonCode: 0, reason: 'OK', transactionStatus: 'APPROVED' };

describe('GooglePayPurchase', () => {
  it('approves, captures the amount once and tells it to the status query', async () => {
    assert.deepEqual(await buyer.purchase('visa-approved'), APPROVED);
    assert.deepEqual(await buyer.captures(), [
      {
        provider: 'procard',
        reference: buyer.order,
        amountMinor: 125_050,
        currency: 'UAH',
        at: buyer.now,
      },
    ]);
    assertPart(await buyer.check(), {
      code: 0,
      merchantAccount: merchant_id,
      orderReference: buyer.order,
      amount: '1250.50',
      currency: 'UAH',
      phone: '',
      createdDate: '2026-11-22 14:00:00',
      cardPan: '400000******1000',
      cardType: 'Visa',
      fee: '0.00',
      transactionStatus: 'APPROVED',
      reason: 'ОПЕРАЦИЯ РАЗРЕШЕНА',
      reasonCode: 1,
    });
    await buyer.callback();
  });

  it('declines with a reason that is a text', async () => {
    assert.deepEqual(await buyer.purchase('visa-declined-text'), {
      reasonCode: 12,
      reason: 'Do not honour',
      transactionStatus: 'DECLINED',
    });
    assertPart(await buyer.check(), {
      transactionStatus: 'DECLINED',
      reason: 'Do not honour',
      reasonCode: 12,
    });
    assertPart(await buyer.callback(), { transactionStatus: 'Declined', reason: 'Do not honour' });
    assert.deepEqual(await buyer.captures(), []);
  });

  it('declines with a reason that is a number, whose text the status query has', async () => {
    assert.deepEqual(await buyer.purchase('mastercard-declined-number'), {
      reasonCode: 12,
      reason: 76,
      transactionStatus: 'DECLINED',
    });
    assertPart(await buyer.check(), { reason: 'На счете не хватает средств', reasonCode: 76 });
    assertPart(await buyer.callback(), { reasonCode: 76 });
    assert.deepEqual(await buyer.captures(), []);
  });

  it('approves a card of authMethod PAN_ONLY without a challenge', async () => {
    assert.deepEqual(await buyer.purchase('mastercard-frictionless'), APPROVED);
    assert.equal((await buyer.captures()).length, 1);
    await buyer.callback();
  });

  it('leaves a card to be clarified, and approves it a second later', async () => {
    assert.deepEqual(await buyer.purchase('visa-to-clarify'), {
      reasonCode: 0,
      reason: 'OK',
      transactionStatus: 'NEEDS-CLARIFICATION',
    });
    assert.deepEqual(await buyer.captures(), []);
    assertPart(await buyer.callback(), { transactionStatus: 'NEEDS-CLARIFICATION' });
    await buyer.pass(1);
    assert.equal(await buyer.status(), 'APPROVED');
    assert.equal((await buyer.captures()).length, 1);
    assertPart(await buyer.callback(), { transactionStatus: 'Approved' });
  });

  it('rejects a card as a whole: no payment exists afterwards', async () => {
    assert.deepEqual(await buyer.purchase('visa-rejected'), { code: -4, message: 'Неверная подпись' });
    assertPart(await buyer.check(), { code: -10 });
  });

  it('captures and cuts the connection where the answer gets lost, and never calls back', async () => {
    await assert.rejects(buyer.purchase('visa-answer-lost'), TypeError);
    assert.equal(await buyer.status(), 'APPROVED');
    assert.equal((await buyer.captures()).length, 1);
    buyer.nextOrder();
    await buyer.purchase('visa-approved');
    assert.equal((await buyer.callback())['orderReference'], buyer.order);
  });

  it('takes a token once, and the second time declines it', async () => {
    const fields = await buyer.fields('visa-approved');
    await buyer.send(fields);
    await buyer.callback();
    buyer.nextOrder();
    const again = await buyer.send({ ...fields, order_id: buyer.order });
    assert.deepEqual(again, { reasonCode: 12, reason: 585, transactionStatus: 'DECLINED' });
    await buyer.callback();
  });

  it('refuses a token made for another gateway merchant', async () => {
    const gpToken = await buyer.merchant.token('visa-approved', 'BO_someone_else');
    assertPart(await buyer.purchase('visa-approved', { gpToken }), { code: -12 });
  });

  it('rejects a token from elsewhere, knows of no payment then, and says why', async () => {
    const elsewhere = new TokenDesk(Date.now).issue(CARDS.visaApproved, CREDENTIALS.gatewayMerchantId);
    for (const gpToken of [elsewhere, 'examplePaymentMethodToken'])
      assertPart(await buyer.purchase('visa-approved', { gpToken }), { code: -12 });
    assert.equal(
      [...(await buyer.lastChecks())].at(-1)?.[0],
      'token: shape and protocol version (bad token json)',
    );
    assertPart(await buyer.check(), { code: -10 });
    assert.deepEqual(await buyer.captures(), []);
  });

  it('takes the card from a decrypted token, and refuses one that lacks its cryptogram', async () => {
    const token = (details: object) => {
      const paymentMethodDetails = { expirationYear: 2025, expirationMonth: 12, pan: '5200000000001021' };
      const message = {
        gatewayMerchantId: 'BO_dc55b82ba2ba53a',
        messageExpiration: '1708987533',
        messageId: 'id',
        paymentMethod: 'CARD',
        paymentMethodDetails: { ...paymentMethodDetails, ...details },
      };
      return { gpToken: '', gpTokenDecrypted: Buffer.from(JSON.stringify(message)).toString('base64') };
    };
    assertPart(await buyer.purchase('visa-approved', token({ authMethod: 'CRYPTOGRAM_3DS' })), { code: -12 });
    assertPart(await buyer.purchase('visa-approved', token({ authMethod: 'PAN_ONLY' })), { reason: 76 });
    await buyer.callback();
  });

  const notificationUrls: [what: string, url: string, offered: boolean][] = [
    ['no address for the result', '', false],
    ['one that is no web address', 'javascript:1', false],
    ['one of 257 characters', `https://shop.example/${'x'.repeat(236)}`, false],
    ['one of 256 characters', `https://shop.example/${'x'.repeat(235)}`, true],
  ];
  for (const [what, url, offered] of notificationUrls) {
    it(`${offered ? 'offers' : 'declines'} 3-D Secure 2 with ${what}`, async () => {
      const answer = await buyer.purchase('mastercard-3ds2', {
        'add_params[AReqDetails.notificationUrl]': url,
      });
      if (offered) return assertPart(answer, { code: 2002, status: '3ds' });
      assert.deepEqual(answer, {
        reasonCode: 12,
        reason: 'Не передан AReqDetails.notificationUrl',
        transactionStatus: 'DECLINED',
      });
      await buyer.callback();
    });
  }
});

describe('the body of a request', () => {
  const url = () => `${buyer.merchant.sandbox.url}/procard/api/`;
  const JSON_TYPE = { 'Content-Type': 'application/json' };

  it('may be multipart: brackets are groups, and their dots stay', async () => {
    const form = new FormData();
    const fields = await buyer.fields('mastercard-3ds2', { 'add_params[rules][0][sum]': '1.00' });
    for (const [name, value] of Object.entries(signed(fields, PURCHASE))) form.append(name, value);
    assertPart(await postJson(url(), form), { code: 2002 });
    buyer.nextOrder();
    const approved = await buyer.fields('visa-approved', { 'add_params[rules][0][sum]': '1.00' });
    const next = new FormData();
    for (const [name, value] of Object.entries(signed(approved, PURCHASE))) next.append(name, value);
    assert.deepEqual(await postJson(url(), next), APPROVED);
    assert.deepEqual((await buyer.callback())['add_params'], {
      'AReqDetails.notificationUrl': 'https://shop.example/pay/3ds/t/return',
      rules: { 0: { sum: '1.00' } },
    });
  });

  for (const [amount, minor] of [
    ['1250.50', 125_050],
    ['1250.5', 125_050],
    ['1250', 125_000],
    ['0.10', 10],
  ] as const) {
    it(`may be JSON with the bare number ${amount}, signed as it is written`, async () => {
      const form = signed(await buyer.fields('visa-approved', { amount }), PURCHASE);
      const fields = without(form, 'add_params[AReqDetails.notificationUrl]');
      const text = JSON.stringify({ ...fields, gpApiVersion: 2, add_params: { n: 1, list: [true] } });
      const body = text.replace(`"amount":"${amount}"`, `"amount":${amount}`);
      assert.deepEqual(await postJson(url(), body, JSON_TYPE), APPROVED);
      assert.equal((await buyer.captures())[0]?.amountMinor, minor);
      assertPart(await buyer.callback(), { amount, add_params: { n: 1, list: [true] } });
    });
  }

  it('is signed over its own text: a number that is written otherwise than signed is refused', async () => {
    const fields = signed(await buyer.fields('visa-approved', { amount: '1250.5' }), PURCHASE);
    const body = JSON.stringify(fields).replace('"amount":"1250.5"', '"amount":1250.50');
    assertPart(await postJson(url(), body, JSON_TYPE), { code: -4 });
  });

  const unreadable: [string, string, Record<string, string>][] = [
    ['broken JSON', '{"a":', JSON_TYPE],
    ['__proto__', '{"__proto__":{"merchant_id":"x"}}', JSON_TYPE],
    ['a name twice', 'merchant_id=a&merchant_id=b', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['another content type', 'merchant_id=a', { 'Content-Type': 'text/plain' }],
  ];
  for (const [what, body, headers] of unreadable) {
    it(`is answered with -2 for ${what}, and the journal says why`, async () => {
      const answer = await postJson(url(), body, headers);
      assert.deepEqual(answer, { code: -2, message: 'Не передан параметр merchant_id' } satisfies Answer);
      const [[what, passed]] = [...(await buyer.lastChecks())] as [[string, boolean]];
      assert.match(what, /^the body is readable: ./);
      assert.equal(passed, false);
    });
  }
});
