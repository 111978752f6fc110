import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Money, sameMoney, toDecimal, toMinor } from '../../../src/contract/money.js';

const minor = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

test('every amount survives the way to decimal text and back', () => {
  fc.assert(
    fc.property(minor, fc.constantFrom('UAH' as const, 'UZS' as const), (value, currency) => {
      const text = toDecimal({ minor: value, currency });
      assert.match(text, /^\d+\.\d\d$/);
      assert.equal(toMinor(text), value);
    }),
  );
});

test('D14 4.35 is 435, and so is every text with two decimals', () => {
  assert.equal(toMinor('4.35'), 435);
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
      fc.pre(whole + cents > 0);
      assert.equal(toMinor(`${whole}.${String(cents).padStart(2, '0')}`), whole * 100 + cents);
    }),
  );
});

test('one decimal or none is read as if the zeros were there', () => {
  assert.equal(toMinor('125'), 12_500);
  assert.equal(toMinor('125.5'), 12_550);
  assert.equal(toMinor('0.01'), 1);
});

for (const text of [
  '',
  '0',
  '0.00',
  '-1',
  '+1',
  '1,00',
  '1.005',
  '01.00',
  '.5',
  '1.',
  ' 1',
  '1e3',
  'NaN',
  'Infinity',
  '١',
]) {
  test(`D12 the text ${JSON.stringify(text)} is not an amount`, () => assert.equal(toMinor(text), undefined));
}

test('D15 the largest exact amount is read exactly and one more is refused', () => {
  assert.equal(toMinor('90071992547409.91'), Number.MAX_SAFE_INTEGER);
  assert.equal(toMinor('90071992547409.92'), undefined);
});

for (const value of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '100']) {
  test(`D12 Money refuses ${String(value)} minor units`, () => {
    assert.equal(Money.safeParse({ minor: value, currency: 'UAH' }).success, false);
  });
}

test('Money refuses a currency that no provider here takes', () => {
  assert.equal(Money.safeParse({ minor: 1, currency: 'USD' }).success, false);
});

test('amounts are the same only with the same currency', () => {
  assert.equal(sameMoney({ minor: 1, currency: 'UAH' }, { minor: 1, currency: 'UAH' }), true);
  assert.equal(sameMoney({ minor: 1, currency: 'UAH' }, { minor: 1, currency: 'UZS' }), false);
  assert.equal(sameMoney({ minor: 1, currency: 'UAH' }, { minor: 2, currency: 'UAH' }), false);
});
