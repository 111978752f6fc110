import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Money, toDecimal, toMinor } from '../../../src/contract/money.js';

const MAX = BigInt(Number.MAX_SAFE_INTEGER);
const amount = fc.bigInt({ min: 1n, max: MAX });

/** The same by whole numbers of any size, where nothing can be rounded. */
function exactly(minor: bigint): string {
  return `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
}

test('D14 every amount is written as exact arithmetic writes it, and read back', () => {
  fc.assert(
    fc.property(amount, (minor) => {
      assert.equal(toDecimal({ minor: Number(minor), currency: 'UAH' }), exactly(minor));
      assert.equal(toMinor(exactly(minor)), Number(minor));
    }),
    { numRuns: 1_000 },
  );
});

test('D14 of the first million amounts none is rounded', () => {
  for (let minor = 1; minor <= 1_000_000; minor += 1)
    if (toMinor(toDecimal({ minor, currency: 'UZS' })) !== minor) assert.fail(String(minor));
});

test('D15 above the maximum every amount is refused, however long', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: MAX + 1n, max: 10n ** 40n }), (minor) => {
      assert.equal(toMinor(exactly(minor)), undefined);
      assert.equal(Money.safeParse({ minor: Number(minor), currency: 'UAH' }).success, false);
    }),
  );
});

test('D12 a text is an amount exactly if it is written like one: digits, at most two decimals, no more', () => {
  const near = fc.stringMatching(/^[-+]?[0-9]{0,4}[.,]?[0-9]{0,3}[eE ]?[0-9]?$/);
  const strange = fc.array(fc.constantFrom('0', '1', '.', ',', '-', 'e', ' ', '\n', '٣', '１', '_'), {
    maxLength: 6,
  });
  const text = fc.oneof(
    near,
    fc.string({ unit: 'binary', maxLength: 6 }),
    strange.map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (written) => {
      const digits = /^(?:0|[1-9][0-9]*)(?:\.[0-9]{1,2})?$/.exec(written)?.[0];
      const [whole = '0', decimals = ''] = digits?.split('.') ?? [];
      const minor = BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'));
      assert.equal(toMinor(written), digits === undefined || minor === 0n ? undefined : Number(minor));
    }),
    { numRuns: 3_000 },
  );
});

test('D12 minor units are whole, above zero and exact, and nothing else', () => {
  const value = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.constantFrom(-0, 2 ** 53, Infinity, NaN),
  );
  fc.assert(
    fc.property(value, (minor) => {
      const isAmount = Number.isSafeInteger(minor) && minor >= 1;
      assert.equal(Money.safeParse({ minor, currency: 'UZS' }).success, isAmount);
    }),
    { numRuns: 1_000 },
  );
});
