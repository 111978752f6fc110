import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amountCandidates, amountText } from '../../../../server-stub/providers/procard/amount.js';
import { toMinor } from '../../../../src/contract/index.js';
import forms from '../../../fixtures/procard/amount-forms.json' with { type: 'json' };

test('D17 every row of the table of amount forms is written as it says', () => {
  for (const { minor, fixed2, trimmed } of forms) {
    assert.equal(amountText({ minor, currency: 'UAH' }, 'fixed2'), fixed2);
    assert.equal(amountText({ minor, currency: 'UAH' }, 'trimmed'), trimmed);
  }
});

test('D14 D19 both texts of any amount read back as that amount, in ASCII digits and a point', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (minor) => {
      for (const format of ['fixed2', 'trimmed'] as const) {
        const text = amountText({ minor, currency: 'UAH' }, format);
        assert.match(text, /^\d+(\.\d{1,2})?$/);
        assert.equal(toMinor(text), minor);
      }
    }),
  );
});

test('a received amount may be signed as it stands, trimmed, or with two decimals', () => {
  assert.deepEqual(amountCandidates('300.0'), ['300.0', '300', '300.00']);
});

test('D12 D15 what is not an amount has no text that could be signed', () => {
  for (const text of ['', '0', '-1', '1e3', 'NaN', '1,50', '1.005', '01', ' 1', '9'.repeat(30)])
    assert.deepEqual(amountCandidates(text), [], text);
});
