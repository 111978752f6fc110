import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { assertPart, type Answer } from '../merchant.js';
import { createBody, openShop, REPLIES, REQUESTS, type Shop } from './shop.js';

let shop: Shop;
before(async () => {
  shop = await openShop();
});
after(() => shop.close());

const LIVES = JSON.parse(
  readFileSync(new URL('../../../fixtures/globalpay/token-lifespan.json', import.meta.url), 'utf8'),
) as { given: number | null; effective: number }[];

const amount = (value: unknown) => ({ name: 'amount', value });
const currency = (value: unknown) => ({ name: 'currency', value });
const money = (value: unknown, code: unknown = 'UZS') => ({ requestFields: [amount(value), currency(code)] });
const TIYIN =
  'Field requestFields must have the amount in whole tiyin: 1 to 15 digits, the first of them not 0';

/** What is wrong with one field, and the sentence that says so. */
const WRONG: [changes: object, sentence: string][] = [
  ...['name', 'description', 'externalId', 'account'].flatMap((field): [object, string][] => [
    [{ [field]: undefined }, `Field ${field} is required`],
    [{ [field]: '' }, `Field ${field} must not be empty`],
    [{ [field]: '  ' }, `Field ${field} must not be empty`],
    [{ [field]: 7 }, `Field ${field} must be text`],
    [{ [field]: null }, `Field ${field} must be text`],
  ]),
  [{ tokenLifespan: 300.5 }, 'Field tokenLifespan must be a whole number of seconds'],
  [{ tokenLifespan: '900' }, 'Field tokenLifespan must be a number'],
  [{ tokenLifespan: null }, 'Field tokenLifespan must be a number'],
  [{ externalServiceId: undefined }, 'Field externalServiceId is required'],
  [{ externalServiceId: '' }, 'Field externalServiceId must not be empty'],
  [{ externalServiceId: true }, 'Field externalServiceId must be a number or text'],
  [{ items: undefined }, 'Field items is required'],
  [{ items: 'cable' }, 'Field items must be a list'],
  [{ items: null }, 'Field items must be a list'],
  [{ requestFields: undefined }, 'Field requestFields is required'],
  [{ requestFields: { amount: '1' } }, 'Field requestFields must be a list'],
  [{ requestFields: ['amount'] }, 'Field requestFields.0 must be an object'],
  [{ requestFields: [{ value: '1' }] }, 'Field requestFields.0.name is required'],
  [{ requestFields: [amount(undefined), currency('UZS')] }, 'Field requestFields.0.value is required'],
  [money(100), 'Field requestFields.0.value must be text'],
  [money('100', 860), 'Field requestFields.1.value must be text'],
  [{ requestFields: [currency('UZS')] }, 'Field requestFields must contain amount'],
  [{ requestFields: [amount('1')] }, 'Field requestFields must contain currency'],
  [
    { requestFields: [amount('1'), amount('2'), currency('UZS')] },
    'Field requestFields must contain amount once',
  ],
  ...['0', '-1', '+1', '100.5', '100.0', '0100', '1e3', '', ' 1', '1000000000000000'].map(
    (value): [object, string] => [money(value), TIYIN],
  ),
  ...['UAH', 'uzs', '860', ''].map((code): [object, string] => [
    money('100', code),
    'Field requestFields must have the currency UZS',
  ]),
  ...['successRedirectUrl', 'failRedirectUrl'].flatMap((field): [object, string][] => [
    [{ [field]: 'javascript:1' }, `Field ${field} must be an http or https address`],
    [{ [field]: '/done' }, `Field ${field} must be an http or https address`],
    [{ [field]: '' }, `Field ${field} must be an http or https address`],
    [{ [field]: 1 }, `Field ${field} must be text`],
  ]),
];

describe('create', () => {
  it('echoes the sample with its effective life, and adds id and userRedirectUrl', async () => {
    const sample = REQUESTS['createToken'] ?? assert.fail();
    const { status, body } = await shop.create(sample);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), Object.keys(REPLIES['created'] ?? {}));
    assertPart(body, sample);
    assert.equal(body['userRedirectUrl'], `${shop.merchant.sandbox.url}/globalpay/pay/${String(body['id'])}`);
  });

  for (const { given, effective } of LIVES) {
    it(`makes a life of ${effective} seconds from ${given ?? 'none'}`, async () => {
      assertPart((await shop.create({ tokenLifespan: given ?? undefined })).body, {
        tokenLifespan: effective,
      });
    });
  }

  for (const [changes, sentence] of WRONG) {
    it(`refuses ${JSON.stringify(changes, (_, value: unknown) => value ?? String(value))}`, async () => {
      const { status, body } = await shop.create(changes);
      assert.deepEqual([status, body['code'], body['detail']], [400, 'VALIDATION_ERROR', sentence]);
    });
  }

  const RIGHT: [what: string, changes: Answer][] = [
    ['no redirect addresses', { successRedirectUrl: undefined, failRedirectUrl: undefined }],
    ['the number of the service as text', { externalServiceId: '303' }],
    ['the smallest amount', money('1')],
    ['the largest amount', money('999999999999999')],
    [
      'further fields in requestFields',
      { requestFields: [amount('1'), currency('UZS'), { name: 'x', value: '' }] },
    ],
    ['items that do not add up', { items: [{ title: 'Cable', price: 1, count: 1 }] }],
  ];
  for (const [what, changes] of RIGHT) {
    it(`accepts ${what}`, async () => {
      const { status, body } = await shop.create(changes);
      assert.equal(status, 200);
      const given = Object.entries(changes).filter(([, value]) => value !== undefined);
      assertPart(body, Object.fromEntries(given));
    });
  }

  it('says everything that is wrong at once, a sentence for each field', async () => {
    const { body } = await shop.create({ name: '', account: 7, ...money('0', 'UAH') });
    assert.equal(
      body['detail'],
      [
        'Field name must not be empty',
        'Field account must be text',
        TIYIN,
        'Field requestFields must have the currency UZS',
      ].join('. '),
    );
  });

  it('refuses a name that a token has, though everything else is new', async () => {
    const { name } = createBody();
    await shop.create({ name });
    const { status, body } = await shop.create({ name });
    assert.deepEqual(
      [status, body['code'], body['detail']],
      [400, 'VALIDATION_ERROR', 'Field name must be unique, and a token of this name exists'],
    );
  });

  it('leaves the name free where it was refused for something else', async () => {
    const { name } = createBody();
    await shop.create({ name, account: '' });
    assert.equal((await shop.create({ name })).status, 200);
  });
});
