import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, describe, it } from 'node:test';
import { assertPart, COMPLETE, ORDER, postJson, PURCHASE, signed, type Fields } from '../merchant.js';
import { Buyer, merchant_id, without } from './buyer.js';

interface Dictionaries {
  systemErrors: Record<string, string | null>;
  answers: Record<string, string | null>;
}
const dictionaries = JSON.parse(
  readFileSync(new URL('../../../fixtures/procard/dictionaries.json', import.meta.url), 'utf8'),
) as Dictionaries;

let buyer: Buyer;

before(async () => {
  buyer = await Buyer.start();
});
after(() => buyer.merchant.close());
beforeEach(() => buyer.nextOrder());

/** The documents' text of a system error; its own, where they have none in Russian. */
function systemError(code: number) {
  const own = { [-12]: 'Операция отклонена', [-18]: 'Отклонено по соображениям безопасности' };
  return { code, message: dictionaries.systemErrors[code] ?? own[code as -12 | -18] };
}

/** What is wrong, the code it gets, and the check that the journal shows as failed. */
type Row = [wrong: string, changes: Fields, code: number, check: RegExp];

const COMMON: Row[] = [
  [
    'no merchant_id, whatever else is wrong',
    { merchant_id: '', operation: 'Pay' },
    -2,
    /^merchant_id is there/,
  ],
  ['an unknown merchant before an unknown operation', { merchant_id: 'M', operation: 'Pay' }, -3, /is known/],
  [
    'an unknown operation before the signature',
    { operation: 'Pay', signature: '0' },
    -11,
    /^operation is one of/,
  ],
  ['an operation in another case', { operation: 'googlepaypurchase' }, -11, /^operation is one of/],
  [
    'a wrong signature before a missing order_id',
    { order_id: '', signature: '0' },
    -4,
    /^signature: HMAC-SHA512/,
  ],
  ['no order_id before a wrong currency', { order_id: '', currency_iso: 'EUR' }, -8, /^order_id is there/],
  ['a wrong currency before a wrong amount', { currency_iso: 'EUR', amount: 'much' }, -7, /^currency_iso/],
  ['no currency', { currency_iso: '' }, -7, /^currency_iso/],
  ['an amount with a comma', { amount: '1,00' }, -12, /^amount/],
  ['an amount of zero', { amount: '0.00' }, -12, /^amount/],
  ['a negative amount', { amount: '-1.00' }, -12, /^amount/],
  ['an amount with three decimals', { amount: '1.000' }, -12, /^amount/],
  ['an amount with an exponent', { amount: '1e2' }, -12, /^amount/],
  ['no amount', { amount: '' }, -12, /^amount/],
  ['no description', { description: '' }, -12, /^description/],
  ['a callback address that is none', { callback_url: 'javascript:1' }, -12, /^callback_url/],
  ['no callback address', { callback_url: '' }, -12, /^callback_url/],
  ['a secure_type that is no integer', { secure_type: 'Auto' }, -12, /^secure_type/],
];

const GOOGLE: Row[] = [
  ...COMMON,
  ['an apiVersion that is no integer', { gpApiVersion: '2.0' }, -12, /^gpApiVersion /],
  ['an apiVersionMinor that is none', { gpApiVersionMinor: '' }, -12, /^gpApiVersionMinor/],
  ['another token type', { gpTokenType: 'DIRECT' }, -12, /^gpTokenType/],
  ['no token', { gpToken: '' }, -12, /^exactly one of gpToken/],
  ['both kinds of token', { gpTokenDecrypted: 'e30=' }, -12, /^exactly one of gpToken/],
  ['a decrypted token that is none', { gpToken: '', gpTokenDecrypted: 'e30=' }, -12, /^decrypted token/],
];

const PAGE: Row[] = [
  ...COMMON,
  ['no approve_url', { approve_url: '' }, -12, /^approve_url/],
  ['a decline_url that is no address', { decline_url: '/declined' }, -12, /^decline_url/],
  ['a cancel_url of another scheme', { cancel_url: 'ftp://shop.example' }, -12, /^cancel_url/],
  ['a redirect that is neither 1 nor 0', { redirect: '2' }, -12, /^redirect/],
  ['a pre-authorisation', { auth_type: '2' }, -12, /^auth_type/],
  ['a split payment', { split: '1' }, -12, /^split/],
];

async function assertRefused(fields: Fields, { signature }: Fields, code: number, check: RegExp, mark = {}) {
  const sent = { ...signed(fields, PURCHASE), ...(signature && { signature }) };
  const url = `${buyer.merchant.sandbox.url}/procard/api/`;
  assert.deepEqual(await postJson(url, new URLSearchParams(sent)), { ...mark, ...systemError(code) });
  const failed = [...(await buyer.lastChecks())].filter(([, passed]) => !passed);
  assert.equal(failed.length, 1);
  assert.match(failed[0]?.[0] ?? '', check);
  assert.deepEqual(await buyer.captures(), []);
}

describe('GooglePayPurchase answers', () => {
  for (const [wrong, changes, code, check] of GOOGLE) {
    it(`${code} to ${wrong}`, async () => {
      await assertRefused(await buyer.fields('visa-approved', changes), changes, code, check);
    });
  }

  for (const name of ['gpPMDescription', 'gpPMType', 'gpPMICardNetwork', 'gpPMICardDetails']) {
    it(`-12 where ${name} is missing`, async () => {
      const fields = await buyer.fields('visa-approved');
      await assertRefused(without(fields, name), {}, -12, new RegExp(`^${name} is there`));
    });
  }

  it('-12 to add_params that are a text', async () => {
    const fields = without(await buyer.fields('visa-approved'), 'add_params[AReqDetails.notificationUrl]');
    await assertRefused({ ...fields, add_params: 'x' }, {}, -12, /^add_params/);
  });

  it('-11 where the name of `operation` has a capital letter', async () => {
    const { operation = '', ...fields } = await buyer.fields('visa-approved');
    await assertRefused({ Operation: operation, ...fields }, {}, -11, /^operation is one of/);
  });

  it('-9 to an order_id that it has seen, whatever became of it, if nothing else is wrong', async () => {
    await buyer.purchase('visa-declined-text');
    await buyer.callback();
    await assertRefused(await buyer.fields('visa-approved'), {}, -9, /^order_id is new/);
    const wrong = await buyer.fields('visa-approved', { gpTokenType: 'DIRECT' });
    await assertRefused(wrong, {}, -12, /^gpTokenType/);
  });

  it('-12 to the rejected token, which leaves no payment behind', async () => {
    assert.deepEqual(await buyer.purchase('visa-approved', { gpToken: '' }), systemError(-12));
    assert.deepEqual(await buyer.check(), systemError(-10));
  });
});

describe('Purchase answers, with result 1,', () => {
  for (const [wrong, changes, code, check] of PAGE.filter(([, , code]) => code !== -11)) {
    it(`${code} to ${wrong}`, async () => {
      await assertRefused(buyer.pageFields(without(changes, 'operation')), changes, code, check, {
        result: 1,
      });
    });
  }

  it('-9 to an order_id that it has seen', async () => {
    await buyer.openPage();
    await assertRefused(buyer.pageFields(), {}, -9, /^order_id is new/, { result: 1 });
  });
});

describe('Complete3DS answers', () => {
  const fields = { operation: 'Complete3DS', merchant_id, transaction_key: 'k', d3ds_md: '', d3ds_pares: '' };

  it('-10 to an unknown transaction_key', async () => {
    assert.deepEqual(await buyer.merchant.procard('', fields, COMPLETE), systemError(-10));
  });

  for (const name of ['transaction_key', 'd3ds_md', 'd3ds_pares'] as const) {
    it(`-12 where ${name} is missing`, async () => {
      assert.deepEqual(await buyer.merchant.procard('', without(fields, name), COMPLETE), systemError(-12));
      assert.equal(
        (await buyer.lastChecks()).get(
          `${name} is there${name === 'transaction_key' ? '' : ', if only empty'}`,
        ),
        false,
      );
    });
  }

  it('-4 to a signature over another formula', async () => {
    assert.deepEqual(await buyer.merchant.procard('', fields, COMPLETE.slice(0, 2)), systemError(-4));
  });
});

for (const path of ['check', 'reverse']) {
  describe(`${path} answers`, () => {
    const rows: [string, Fields, number][] = [
      ['no merchant_id', { merchant_id: '' }, -2],
      ['an unknown merchant_id', { merchant_id: 'M' }, -3],
      ['no order_id', { order_id: '' }, -8],
      ['an unknown order_id', { order_id: 'never-seen' }, -10],
    ];
    for (const [wrong, changes, code] of rows) {
      it(`${code} to ${wrong}`, async () => {
        const fields = { merchant_id, order_id: buyer.order, ...changes };
        assert.deepEqual(await buyer.merchant.procard(path, fields, ORDER), systemError(code));
      });
    }

    it('-4 to a wrong signature', async () => {
      const fields = { merchant_id, order_id: buyer.order };
      assert.deepEqual(
        await buyer.merchant.procard(path, fields, ['order_id', 'merchant_id']),
        systemError(-4),
      );
    });
  });
}

describe('reverse', () => {
  it('is refused with -12 for a payment that is not approved', async () => {
    await buyer.purchase('visa-declined-text');
    await buyer.callback();
    assert.deepEqual(await buyer.reverse(), systemError(-12));
    assert.equal((await buyer.lastChecks()).get('the payment is approved'), false);
  });
});

describe('an ordered rejection', () => {
  for (const code of Object.keys(dictionaries.systemErrors).map(Number)) {
    it(`answers ${code} with its text, and executes nothing`, async () => {
      await buyer.ordered('GooglePayPurchase', 'reject', { code });
      assert.deepEqual(await buyer.purchase('visa-approved'), systemError(code));
      assert.deepEqual(await buyer.captures(), []);
      assert.deepEqual(await buyer.check(), systemError(-10));
    });
  }

  it('is marked with result 1 for Purchase', async () => {
    await buyer.ordered('Purchase', 'reject', { code: -5 });
    assert.deepEqual(await buyer.send(buyer.pageFields()), { result: 1, ...systemError(-5) });
  });

  it('reaches check and reverse, and leaves the payment alone', async () => {
    await buyer.purchase('visa-approved');
    await buyer.callback();
    await buyer.ordered('check', 'reject', { code: -1 });
    assert.deepEqual(await buyer.check(), systemError(-1));
    await buyer.ordered('reverse', 'reject', { code: -999 });
    assert.deepEqual(await buyer.reverse(), systemError(-999));
    assert.equal(await buyer.status(), 'APPROVED');
    assert.deepEqual(await buyer.reversals(), []);
  });

  it('reaches Complete3DS, which can then be sent again', async () => {
    const { key, cres } = await buyer.challenge();
    await buyer.ordered('Complete3DS', 'reject', { code: -1 });
    assert.deepEqual(await buyer.complete(key, { d3ds_cres: cres }), systemError(-1));
    assertPart(await buyer.complete(key, { d3ds_cres: cres }), { status: 'APPROVED' });
    await buyer.callback();
  });

  it('does not hide a wrong signature', async () => {
    await buyer.ordered('GooglePayPurchase', 'reject', { code: -5 });
    const fields = await buyer.fields('visa-approved');
    assert.deepEqual(await buyer.merchant.procard('', fields, ORDER), systemError(-4));
  });
});

describe('answer codes', () => {
  it('have the texts of the dictionary in the callback, and their numbers in the answer', async () => {
    for (const [digits, text] of Object.entries(dictionaries.answers)) {
      const code = Number(digits);
      if (code === 1 || text === null) continue;
      buyer.nextOrder();
      await buyer.ordered('GooglePayPurchase', 'decline', { reason: code });
      const answer = await buyer.purchase('visa-approved');
      assertPart(answer, {
        reasonCode: 12,
        reason: code === 12 ? text : code,
        transactionStatus: 'DECLINED',
      });
      assertPart(await buyer.callback(), { reasonCode: code, reason: text, transactionStatus: 'Declined' });
      assert.deepEqual(await buyer.captures(), []);
    }
  });

  it('may be ordered though no dictionary has them, and then have no text', async () => {
    await buyer.ordered('GooglePayPurchase', 'decline', { reason: 1000 });
    assertPart(await buyer.purchase('visa-approved'), { reason: 1000 });
    assertPart(await buyer.check(), { reasonCode: 1000, reason: '' });
    await buyer.callback();
  });
});
