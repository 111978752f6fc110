import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreatePayment, IdempotencyKey } from '../../../src/contract/api.js';
import { BROWSER, byGooglePay } from '../../support/create-payment.js';

const BODY: CreatePayment = {
  orderId: 'A-1',
  expected: { minor: 12_500, currency: 'UAH' },
  returnUrl: 'https://shop.example/order',
  locale: 'uk',
  browser: BROWSER,
  method: byGooglePay('{"signature":"x"}'),
};

/** The body with another value at `browser.language` and its like; left out where that is undefined. */
function withMember(path: string, value: unknown): unknown {
  const body: unknown = structuredClone(BODY);
  const names = path.split('.');
  const last = names.pop()!;
  const parent = names.reduce((part, name) => Reflect.get(part as object, name) as unknown, body);
  if (value === undefined) Reflect.deleteProperty(parent as object, last);
  else Reflect.set(parent as object, last, value);
  return body;
}

const x = (length: number): string => 'x'.repeat(length);
const inText = (max: number) => ({ takes: [x(1), x(max)], refuses: ['', x(max + 1), 1, null, undefined] });
const inNumbers = (min: number, max: number) => ({
  takes: [min, max],
  refuses: [min - 1, max + 1, 1.5, '1', null, undefined],
});
const flag = { takes: [true, false], refuses: ['true', 1, null, undefined] };

const GOOGLE = 'method.paymentData';
const CARD = `${GOOGLE}.paymentMethodData`;
const MEMBERS: Record<string, { readonly takes: unknown[]; readonly refuses: unknown[] }> = {
  orderId: { takes: ['1', 'aZ09._-', x(64)], refuses: ['', x(65), 'a b', 'a/b', 'é', 'a\n', 1, undefined] },
  'expected.minor': {
    takes: [1, Number.MAX_SAFE_INTEGER],
    refuses: [0, -1, 0.5, 2 ** 53, '1', undefined],
  },
  'expected.currency': { takes: ['UAH', 'UZS'], refuses: ['uah', 'USD', undefined] },
  returnUrl: inText(2_048),
  locale: { takes: ['uk', 'ru', 'uz', 'en'], refuses: ['de', 'uk-UA', undefined] },
  'browser.language': inText(35),
  'browser.colorDepth': inNumbers(0, 99),
  'browser.screenWidth': inNumbers(0, 999_999),
  'browser.screenHeight': inNumbers(0, 999_999),
  'browser.timezoneOffset': inNumbers(-1_440, 1_440),
  'browser.javaEnabled': flag,
  'browser.javascriptEnabled': flag,
  method: { takes: [{ type: 'hosted-page' }], refuses: [{ type: 'card' }, {}, 'hosted-page', undefined] },
  [`${GOOGLE}.apiVersion`]: inNumbers(0, 99),
  [`${GOOGLE}.apiVersionMinor`]: inNumbers(0, 99),
  [`${CARD}.type`]: inText(32),
  [`${CARD}.description`]: inText(256),
  [`${CARD}.info.cardNetwork`]: inText(32),
  [`${CARD}.info.cardDetails`]: { takes: ['', x(32)], refuses: [x(33), 1, undefined] },
  [`${CARD}.tokenizationData.type`]: inText(32),
  [`${CARD}.tokenizationData.token`]: inText(16_384),
};

for (const [path, { takes, refuses }] of Object.entries(MEMBERS)) {
  test(`a new payment keeps to its limits in ${path}`, () => {
    for (const value of takes) {
      const body = withMember(path, value);
      assert.deepEqual(CreatePayment.parse(body), body);
    }
    for (const value of refuses) {
      assert.equal(CreatePayment.safeParse(withMember(path, value)).success, false, JSON.stringify(value));
    }
  });
}

test('a new payment carries nothing that the contract does not name', () => {
  assert.deepEqual(CreatePayment.parse({ ...BODY, pan: '4111' }), BODY);
  assert.deepEqual(CreatePayment.parse(withMember(`${GOOGLE}.email`, 'shopper@example.org')), BODY);
});

test('an idempotency key is 16 to 128 letters that headers and addresses carry', () => {
  for (const key of [x(16), x(128), 'aZ09_-aZ09_-aZ09']) assert.ok(IdempotencyKey.safeParse(key).success);
  for (const key of [x(15), x(129), `${x(16)} `, `${x(16)}\n`, `${x(16)}.`, ` ${x(16)}`, '']) {
    assert.ok(!IdempotencyKey.safeParse(key).success);
  }
});
