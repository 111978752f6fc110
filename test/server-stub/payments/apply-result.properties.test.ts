import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isFinal, TRANSITIONS } from '../../../src/contract/index.js';
import { applyAnswer, applyQuery, cancelled, restart } from '../../../server-stub/payments/apply-result.js';
import { NOT_FOUND_PROVES_AFTER_MS } from '../../../server-stub/payments/schedule.js';
import type { ProviderResult } from '../../../server-stub/providers/provider.js';
import {
  STORED_STATUSES,
  type PaymentChange,
  type PaymentRecord,
} from '../../../server-stub/store/payment-store.js';
import { CHALLENGE_1, CHALLENGE_2, newRecord } from '../support/records.js';

const NOW = 2_000_000;
const MINUTE = 60_000;

const providerId = fc.option(fc.constantFrom('key-1', 'key-2'), { nil: undefined });
const result: fc.Arbitrary<ProviderResult> = fc
  .tuple(
    providerId,
    fc.oneof<fc.Arbitrary<ProviderResult>[]>(
      fc.constantFrom<ProviderResult>(
        { kind: 'pending', why: 'not yet' },
        { kind: 'not_found' },
        { kind: 'refused', why: 'wrong field' },
        { kind: 'expired' },
        { kind: 'redirect', url: 'https://page.example/' },
      ),
      fc.constantFrom(CHALLENGE_1, CHALLENGE_2).map((challenge) => ({ kind: 'challenge', challenge })),
      fc.boolean().map((receiptPending) => ({ kind: 'approved', receiptPending })),
      fc.constant({ kind: 'approved', receiptUrl: 'https://receipt.example/1' }),
      fc.boolean().map((mayStillApprove) => ({ kind: 'declined', reason: 'other', mayStillApprove })),
      fc
        .tuple(fc.boolean(), fc.constantFrom(undefined, 'mismatch' as const, 'unresolved' as const))
        .map(([sent, attention]) => ({ kind: 'unknown', why: 'x', sent, ...(attention && { attention }) })),
    ),
  )
  .map(([id, said]) => (id === undefined ? said : { ...said, providerId: id }));

const action = fc.constantFrom<PaymentRecord['action']>(
  { type: 'threeds', token: 'token-1', challenge: CHALLENGE_2, returned: false },
  { type: 'threeds', token: 'token-1', challenge: CHALLENGE_1, returned: true },
  { type: 'redirect', id: 'token-1', url: 'https://page.example/' },
);
const record: fc.Arbitrary<PaymentRecord> = fc
  .record({
    status: fc.constantFrom(...STORED_STATUSES),
    method: fc.constantFrom('google-pay' as const, 'hosted-page' as const),
    providerId: fc.option(fc.constantFrom('key-1', 'key-2')),
    action: fc.option(action),
    attention: fc.constantFrom(null, 'mismatch' as const, 'unresolved' as const, 'late_approval' as const),
    receiptUrl: fc.constantFrom(null, 'https://receipt.example/1'),
    checks: fc.integer({ min: 0, max: 9 }),
    nextCheckAt: fc.option(fc.integer({ min: NOW - MINUTE, max: NOW + MINUTE })),
    createdAt: fc.integer({ min: 0, max: NOW }),
  })
  .map((parts) => ({ ...newRecord(), ...parts, action: isFinal(parts.status) ? null : parts.action }));
const jitter = fc.double({ min: 0, max: 1, noNaN: true });

const changed = (before: PaymentRecord, change: PaymentChange | undefined): PaymentRecord =>
  change ? { ...before, ...change, version: before.version + 1 } : before;
const asked = (before: PaymentRecord, said: ProviderResult, chance = 0, now = NOW) =>
  changed(before, applyQuery(before, said, { now, jitter: chance }));

test('I4 no record and no word of a provider give a transition that is not in the contract', () => {
  fc.assert(
    fc.property(record, result, jitter, (before, said, chance) => {
      const moment = { now: NOW, jitter: chance };
      const changes = [
        applyAnswer(before, said, moment, 'token-2'),
        applyQuery(before, said, moment),
        ...(before.status === 'requires_action' ? [cancelled(before, moment)] : []),
        restart(moment),
      ];
      for (const change of changes) {
        const { status } = changed(before, change);
        if (status !== before.status)
          assert.ok(TRANSITIONS[before.status].includes(status), `${before.status} to ${status}`);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('an end is left only for a late approval, by the answer to a question, and a person is told', () => {
  fc.assert(
    fc.property(record, result, (before, said) => {
      fc.pre(isFinal(before.status));
      const moment = { now: NOW, jitter: 0 };
      assert.equal(changed(before, applyAnswer(before, said, moment, 'token-2')).status, before.status);
      const after = asked(before, said);
      if (after.status === before.status) return;
      assert.equal(said.kind, 'approved');
      assert.deepEqual(
        [after.status, after.late, after.attention, after.decline],
        ['approved', true, 'late_approval', null],
      );
    }),
    { numRuns: 2_000 },
  );
});

test('I7 a word that is heard twice changes nothing the second time', () => {
  fc.assert(
    fc.property(record, result, jitter, (before, said, chance) => {
      const once = asked(before, said, chance);
      assert.deepEqual(asked(once, said, chance), once);
    }),
    { numRuns: 2_000 },
  );
});

test('I13 an open payment on the schedule stays on it until it ends or a person is told', () => {
  fc.assert(
    fc.property(record, result, jitter, (before, said, chance) => {
      fc.pre(!isFinal(before.status) && before.nextCheckAt !== null);
      const after = asked(before, said, chance);
      assert.ok(isFinal(after.status) || after.nextCheckAt !== null || after.attention !== null);
    }),
    { numRuns: 2_000 },
  );
});

/** What may be heard of a payment before the provider's last word on it, or after, from an answer that was slow. */
const undecided = fc.constantFrom<ProviderResult>(
  { kind: 'pending', why: 'not yet' },
  { kind: 'not_found' },
  { kind: 'unknown', why: 'no answer', sent: true },
  { kind: 'declined', reason: 'other', mayStillApprove: true },
);
const open = fc
  .tuple(record, fc.constantFrom('processing' as const, 'requires_action' as const))
  .map(([one, status]): PaymentRecord => ({
    ...one,
    ...{ status, method: 'google-pay', checks: one.checks % 5 },
    createdAt: NOW - (one.createdAt % (NOT_FOUND_PROVES_AFTER_MS / 2)),
  }));

/** Hears the words a second apart. */
function heard(before: PaymentRecord, words: readonly ProviderResult[]): PaymentRecord {
  return words.reduce((one, word, second) => asked(one, word, 0, NOW + second * 1_000), before);
}

for (const last of ['approved', 'declined'] as const) {
  test(`I7 among old news in any order and number, "${last}" is how the payment ends`, () => {
    const final: ProviderResult =
      last === 'approved' ? { kind: last } : { kind: last, reason: 'card_expired', mayStillApprove: false };
    const words = fc
      .tuple(fc.array(undecided, { maxLength: 8 }), fc.integer({ min: 1, max: 3 }))
      .chain(([old, times]) => {
        const all = [...old, ...Array.from({ length: times }, () => final)];
        return fc.shuffledSubarray(all, { minLength: all.length });
      });
    fc.assert(
      fc.property(open, words, (before, said) => {
        assert.equal(heard(before, said).status, last);
      }),
      { numRuns: 500 },
    );
  });
}
