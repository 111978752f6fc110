import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { TokenDesk } from '../../../../demo/sandbox/google-pay/token.js';
import { CARDS } from '../../../../demo/sandbox/scenarios.js';
import { CREDENTIALS } from '../../../../demo/sandbox/settings.js';
import {
  assertPart,
  COMPLETE,
  ORDER,
  postJson,
  PURCHASE,
  sign,
  signed,
  startMerchant,
  type Fields,
  type Merchant,
} from '../merchant.js';

let merchant: Merchant;
let order: string;
let orders = 0;

before(async () => {
  merchant = await startMerchant();
});
after(() => merchant.close());
beforeEach(() => {
  order = `ORD-${++orders}`;
});

/** A complete, unsigned GooglePayPurchase. */
async function purchaseFields(cardId: string, changes: Fields = {}): Promise<Fields> {
  return {
    operation: 'GooglePayPurchase',
    merchant_id: CREDENTIALS.procardMerchantId,
    amount: '1250.50',
    order_id: order,
    currency_iso: 'UAH',
    description: 'Оплата замовлення № 123: їжа й ґаджети',
    callback_url: merchant.callbackUrl,
    gpApiVersionMinor: '0',
    gpApiVersion: '2',
    gpPMDescription: 'Visa •••• 1000',
    gpPMType: 'CARD',
    gpPMICardNetwork: 'VISA',
    gpPMICardDetails: '1000',
    gpTokenType: 'PAYMENT_GATEWAY',
    gpToken: await merchant.token(cardId),
    'add_params[AReqDetails.notificationUrl]': 'https://shop.example/pay/3ds/t/return',
    ...changes,
  };
}

async function purchase(cardId: string, changes: Fields = {}) {
  return merchant.procard('', await purchaseFields(cardId, changes), PURCHASE);
}

function check(orderId = order) {
  return merchant.procard('check', { merchant_id: CREDENTIALS.procardMerchantId, order_id: orderId }, ORDER);
}

async function captures(orderId = order): Promise<unknown[]> {
  const { captures } = (await merchant.control('ledger')) as { captures: { reference: string }[] };
  return captures.filter((entry) => entry.reference === orderId);
}

describe('GooglePayPurchase', () => {
  it('approves, captures the amount once and tells it to the status query', async () => {
    assert.deepEqual(await purchase('visa-approved'), {
      reasonCode: 0,
      reason: 'OK',
      transactionStatus: 'APPROVED',
    });
    const [capture, ...more] = await captures();
    assert.deepEqual(more, []);
    assertPart(capture, {
      provider: 'procard',
      amountMinor: 125_050,
      currency: 'UAH',
    });
    assertPart(await check(), {
      code: 0,
      merchantAccount: CREDENTIALS.procardMerchantId,
      orderReference: order,
      amount: '1250.50',
      currency: 'UAH',
      cardPan: '400000******1000',
      transactionStatus: 'APPROVED',
      reasonCode: 1,
    });
    await merchant.nextCallback();
  });

  it('calls back with a signed result that returns add_params', async () => {
    await purchase('visa-approved', { amount: '1250.5' });
    const { body, headers } = await merchant.nextCallback();
    assert.match(headers['content-type'] ?? '', /^application\/json/);
    assertPart(body, {
      orderReference: order,
      amount: '1250.5',
      transactionStatus: 'Approved',
      merchantSignature: sign([CREDENTIALS.procardMerchantId, order, '1250.5', 'UAH']),
      add_params: { 'AReqDetails.notificationUrl': 'https://shop.example/pay/3ds/t/return' },
    });
  });

  it('repeats a callback until it is answered with 200', async () => {
    merchant.answerCallbacksWith(503, 403);
    await purchase('visa-approved');
    const first = await merchant.nextCallback();
    assert.deepEqual((await merchant.nextCallback()).body, first.body);
    assert.deepEqual((await merchant.nextCallback()).body, first.body);
  });

  it('declines with a text, with a number, and says the same in check and callback', async () => {
    assert.deepEqual(await purchase('visa-declined-text'), {
      reasonCode: 12,
      reason: 'Do not honour',
      transactionStatus: 'DECLINED',
    });
    assertPart((await merchant.nextCallback()).body, { transactionStatus: 'Declined' });
    order += '-b';
    assert.deepEqual(await purchase('mastercard-declined-number'), {
      reasonCode: 12,
      reason: 76,
      transactionStatus: 'DECLINED',
    });
    assertPart((await merchant.nextCallback()).body, { reasonCode: 76 });
    assertPart(await check(), { transactionStatus: 'DECLINED', reasonCode: 76 });
    assert.deepEqual(await captures(), []);
  });

  it('rejects a card as a whole: no payment exists afterwards', async () => {
    assert.deepEqual(await purchase('visa-rejected'), { code: -4, message: 'Неверная подпись' });
    assertPart(await check(), { code: -10 });
  });

  it('captures and cuts the connection where the answer gets lost', async () => {
    await assert.rejects(purchase('visa-answer-lost'), TypeError);
    assertPart(await check(), { transactionStatus: 'APPROVED' });
    assert.equal((await captures()).length, 1);
  });

  it('calls back after the answer, and never about a payment whose answer was lost', async () => {
    await assert.rejects(purchase('visa-answer-lost'), TypeError);
    order += '-b';
    await merchant.control('faults', {
      method: 'POST',
      body: JSON.stringify({ operation: 'GooglePayPurchase', fault: 'slow', seconds: 0.2 }),
    });
    const seen: string[] = [];
    const callback = merchant.nextCallback().then(({ body }) => {
      seen.push('callback');
      assert.equal(body['orderReference'], order);
    });
    await purchase('visa-approved');
    seen.push('answer');
    await callback;
    assert.deepEqual(seen, ['answer', 'callback']);
  });

  it('refuses a second purchase under one order_id', async () => {
    await purchase('visa-approved');
    await merchant.nextCallback();
    assertPart(await purchase('visa-approved'), { code: -9 });
    assert.equal((await captures()).length, 1);
  });

  it('takes a token once', async () => {
    const fields = await purchaseFields('visa-approved');
    await merchant.procard('', fields, PURCHASE);
    await merchant.nextCallback();
    const again = await merchant.procard('', { ...fields, order_id: `${order}-b` }, PURCHASE);
    assert.deepEqual(again, { reasonCode: 12, reason: 585, transactionStatus: 'DECLINED' });
    await merchant.nextCallback();
  });

  it('refuses a token made for another gateway merchant', async () => {
    const gpToken = await merchant.token('visa-approved', 'BO_someone_else');
    assertPart(await purchase('visa-approved', { gpToken }), { code: -12 });
  });

  it('rejects a token from elsewhere, and knows of no payment then', async () => {
    const elsewhere = new TokenDesk(Date.now).issue(CARDS.visaApproved, CREDENTIALS.gatewayMerchantId);
    for (const gpToken of ['examplePaymentMethodToken', elsewhere])
      assertPart(await purchase('visa-approved', { gpToken }), { code: -12 });
    assertPart(await check(), { code: -10 });
    assert.deepEqual(await captures(), []);
  });

  it('tells the journal what it verified of a token', async () => {
    await purchase('visa-approved', { gpToken: 'examplePaymentMethodToken' });
    const journal = (await merchant.control('journal')) as { checks?: { what: string }[] }[];
    const checks = journal.at(-1)?.checks ?? [];
    assert.deepEqual(checks.at(-1), {
      what: 'token: shape and protocol version (bad token json)',
      passed: false,
    });
  });

  it('takes the card from a decrypted token, and refuses one that lacks its cryptogram', async () => {
    const token = (details: object) => {
      const message = {
        gatewayMerchantId: 'BO_dc55b82ba2ba53a',
        messageExpiration: '1708987533',
        messageId: 'id',
        paymentMethod: 'CARD',
        paymentMethodDetails: {
          expirationYear: 2025,
          expirationMonth: 12,
          pan: '5200000000001021',
          ...details,
        },
      };
      return { gpToken: '', gpTokenDecrypted: Buffer.from(JSON.stringify(message)).toString('base64') };
    };
    assertPart(await purchase('visa-approved', token({ authMethod: 'CRYPTOGRAM_3DS' })), {
      code: -12,
    });
    assertPart(await purchase('visa-approved', token({ authMethod: 'PAN_ONLY' })), {
      reason: 76,
    });
    await merchant.nextCallback();
  });

  it('reads the same request as multipart and as JSON with a bare number', async () => {
    const fields = signed(await purchaseFields('visa-approved'), PURCHASE);
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const url = `${merchant.sandbox.url}/procard/api/`;
    assertPart(await postJson(url, form), { transactionStatus: 'APPROVED' });

    order += '-b';
    const token = await merchant.token('visa-approved');
    const next = signed({ ...fields, order_id: order, gpToken: token }, PURCHASE);
    const json = JSON.stringify(next).replace('"1250.50"', '1250.50');
    const answer = await postJson(url, json, { 'Content-Type': 'application/json' });
    assertPart(answer, { transactionStatus: 'APPROVED' });
    await merchant.nextCallback();
    await merchant.nextCallback();
  });

  it('offers no 3-D Secure 2 without an address for the result', async () => {
    const answer = await purchase('mastercard-3ds2', { 'add_params[AReqDetails.notificationUrl]': '' });
    assertPart(answer, { reasonCode: 12, transactionStatus: 'DECLINED' });
    await merchant.nextCallback();
  });
});

describe('the order of checks', () => {
  const wrong: [what: string, changes: Fields, code: number][] = [
    ['no merchant_id, whatever else is wrong', { merchant_id: '', operation: 'Pay' }, -2],
    ['an unknown merchant_id before an unknown operation', { merchant_id: 'M', operation: 'Pay' }, -3],
    ['an unknown operation before the signature', { operation: 'Pay', signature: '0' }, -11],
    ['a wrong signature before a missing order_id', { order_id: '', signature: '0' }, -4],
    ['no order_id before a wrong currency', { order_id: '', currency_iso: 'EUR' }, -8],
    ['a wrong currency before a wrong amount', { currency_iso: 'EUR', amount: 'much' }, -7],
    ['an amount that is none', { amount: '1,00' }, -12],
    ['an amount of zero', { amount: '0.00' }, -12],
    ['an amount with three decimals', { amount: '1.000' }, -12],
    ['no description', { description: '' }, -12],
    ['a callback address that is no web address', { callback_url: 'javascript:1' }, -12],
    ['no token', { gpToken: '' }, -12],
    ['both kinds of token', { gpTokenDecrypted: 'e30=' }, -12],
    ['another token type', { gpTokenType: 'DIRECT' }, -12],
  ];
  for (const [what, changes, code] of wrong) {
    it(`answers ${code} to ${what}`, async () => {
      const fields = await purchaseFields('visa-approved', changes);
      const answer = await postJson(
        `${merchant.sandbox.url}/procard/api/`,
        new URLSearchParams({ ...signed(fields, PURCHASE), ...(changes['signature'] && { signature: '0' }) }),
      );
      assert.equal(answer['code'], code);
      assert.deepEqual(await captures(), []);
    });
  }

  it('does not take `Operation` for `operation`', async () => {
    const { operation = '', ...fields } = await purchaseFields('visa-approved');
    const answer = await merchant.procard('', { Operation: operation, ...fields }, PURCHASE);
    assert.equal(answer['code'], -11);
  });

  it('answers -12 where one of Google’s fields is missing', async () => {
    const fields = await purchaseFields('visa-approved');
    delete fields['gpPMType'];
    assert.equal((await merchant.procard('', fields, PURCHASE))['code'], -12);
  });

  it('answers -2 to a body that it cannot read', async () => {
    const answer = await postJson(`${merchant.sandbox.url}/procard/api/`, '{"a":', {
      'Content-Type': 'application/json',
    });
    assert.equal(answer['code'], -2);
  });

  it('answers -10 to a query, a reversal and a Complete3DS for what it does not know', async () => {
    const merchant_id = CREDENTIALS.procardMerchantId;
    const unknown = { merchant_id, order_id: 'never-seen' };
    assert.equal((await merchant.procard('check', unknown, ORDER))['code'], -10);
    assert.equal((await merchant.procard('reverse', unknown, ORDER))['code'], -10);
    const complete = {
      operation: 'Complete3DS',
      merchant_id,
      transaction_key: 'k',
      d3ds_md: '',
      d3ds_pares: '',
    };
    assert.equal((await merchant.procard('', complete, COMPLETE))['code'], -10);
  });
});

describe('reverse', () => {
  it('gives a captured payment back once and in full', async () => {
    await purchase('visa-approved');
    await merchant.nextCallback();
    const fields = { merchant_id: CREDENTIALS.procardMerchantId, order_id: order };
    assert.deepEqual(await merchant.procard('reverse', fields, ORDER), { code: 0, message: 'OK' });
    assert.equal((await merchant.procard('reverse', fields, ORDER))['code'], -12);
    assertPart(await check(), { transactionStatus: 'REFUNDED', reverseAmount: '1250.50' });
    const { reversals } = (await merchant.control('ledger')) as { reversals: { reference: string }[] };
    assert.equal(reversals.filter((entry) => entry.reference === order).length, 1);
  });
});

describe('settings', () => {
  it('signs callbacks with MD5 where told so', async () => {
    const other = await startMerchant({ procardCallbackAlgorithm: 'md5' });
    try {
      const fields = await purchaseFields('visa-approved', { callback_url: other.callbackUrl });
      await other.procard('', { ...fields, gpToken: await other.token('visa-approved') }, PURCHASE);
      const { body } = await other.nextCallback();
      const values = [CREDENTIALS.procardMerchantId, order, '1250.50', 'UAH'];
      assert.equal(body['merchantSignature'], sign(values, 'md5'));
    } finally {
      await other.close();
    }
  });
});
