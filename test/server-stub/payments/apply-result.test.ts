import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isFinal, TRANSITIONS } from '../../../src/contract/index.js';
import { applyAnswer, applyQuery, cancelled } from '../../../server-stub/payments/apply-result.js';
import { toView } from '../../../server-stub/payments/payment-view.js';
import type { ProviderResult } from '../../../server-stub/providers/provider.js';
import { STORED_STATUSES, type PaymentRecord } from '../../../server-stub/store/payment-store.js';
import { CHALLENGE_2, newRecord, openChallenge } from '../support/records.js';
import { SITE } from '../support/stage.js';

const NOW = 2_000_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const moment = { now: NOW, jitter: 0 };

const processing = (parts: Partial<PaymentRecord> = {}) =>
  newRecord({ status: 'processing', createdAt: NOW - MINUTE, ...parts });
const due = { nextCheckAt: NOW };
const answer = (record: PaymentRecord, result: ProviderResult) =>
  applyAnswer(record, result, moment, 'token-1');
const query = (record: PaymentRecord, result: ProviderResult, now = NOW) =>
  applyQuery(record, result, { ...moment, now });

const APPROVED = { kind: 'approved' } as const;
const DECLINED = { kind: 'declined', reason: 'card_expired', providerCode: '51' } as const;
const PENDING = { kind: 'pending', why: 'not yet' } as const;
const UNKNOWN = { kind: 'unknown', why: 'no answer', sent: true } as const;
const NOT_FOUND = { kind: 'not_found' } as const;
const REFUSED = { kind: 'refused', why: 'wrong field' } as const;
const LAST_CHECK = { checks: 8, ...due };

describe('the answer to a call', () => {
  test('an approval ends the payment', () => {
    assert.deepEqual(answer(processing(), { ...APPROVED, providerId: 'key-1' }), {
      status: 'approved',
      action: null,
      decline: null,
      receiptUrl: null,
      checks: 0,
      nextCheckAt: null,
      providerId: 'key-1',
    });
  });

  test('a decline ends it with the reason and the provider’s code', () => {
    const change = answer(processing(), DECLINED);
    assert.equal(change?.status, 'declined');
    assert.deepEqual(change.decline, { reason: 'card_expired', providerCode: '51' });
    assert.equal(change.nextCheckAt, null);
  });

  test('a decline that may still become an approval goes on being asked about', () => {
    const change = answer(processing(), { ...DECLINED, mayStillApprove: true });
    assert.equal(change?.nextCheckAt, NOW + 2 * SECOND);
  });

  test('a challenge waits for the shopper under its token', () => {
    assert.deepEqual(answer(processing(), { kind: 'challenge', challenge: CHALLENGE_2 }), {
      status: 'requires_action',
      action: { type: 'threeds', token: 'token-1', challenge: CHALLENGE_2, returned: false },
      checks: 0,
      nextCheckAt: NOW + 2 * SECOND,
    });
  });

  test('a redirect waits for the shopper', () => {
    const change = answer(processing(), { kind: 'redirect', url: 'https://page.example/', providerId: 't' });
    assert.equal(change?.status, 'requires_action');
    assert.deepEqual(change.action, { type: 'redirect', id: 'token-1', url: 'https://page.example/' });
    assert.equal(change.providerId, 't');
  });

  test('a documented refusal fails the payment', () => {
    assert.equal(answer(processing(), REFUSED)?.status, 'failed');
  });

  test('C1 no answer leaves the payment where it is, to be asked about in two seconds', () => {
    assert.deepEqual(answer(processing({ checks: 4 }), UNKNOWN), {
      checks: 0,
      nextCheckAt: NOW + 2 * SECOND,
    });
  });

  test('C3 what did not leave us fails the payment, but not once an earlier call has left', () => {
    const notSent = { ...UNKNOWN, sent: false };
    assert.equal(answer(processing(), notSent)?.status, 'failed');
    const returned = processing({ ...openChallenge(), status: 'processing' });
    assert.equal(answer(returned, notSent)?.status, undefined);
  });

  test('C12 an answer that cannot be believed raises attention', () => {
    assert.equal(answer(processing(), { ...UNKNOWN, attention: 'mismatch' })?.attention, 'mismatch');
  });

  test('an answer that comes after the payment has moved on tells the provider’s id and nothing else', () => {
    for (const status of ['approved', 'declined', 'cancelled', 'failed'] as const) {
      assert.equal(answer(newRecord({ status }), APPROVED), undefined);
      assert.deepEqual(answer(newRecord({ status }), { ...APPROVED, providerId: 'k' }), { providerId: 'k' });
    }
  });
});

describe('the answer to a question about an open payment', () => {
  test('approved and declined end it, whether the shopper was to do something or not', () => {
    for (const record of [processing(), newRecord(openChallenge())]) {
      assert.equal(query(record, APPROVED)?.status, 'approved');
      assert.equal(query(record, APPROVED)?.late, undefined);
      assert.equal(query(record, DECLINED)?.status, 'declined');
      assert.equal(query(record, DECLINED)?.action, null);
    }
  });

  test('expired ends what the shopper was to do', () => {
    assert.equal(query(newRecord(openChallenge()), { kind: 'expired' })?.status, 'expired');
  });

  test('expired without anything to do is a decline, after which an approval may come', () => {
    const change = query(processing(), { kind: 'expired' });
    assert.equal(change?.status, 'declined');
    assert.deepEqual(change.decline, { reason: 'other' });
  });

  test('a page whose address never came cannot be paid, as soon as the provider says that it is not', () => {
    const lost = processing({ method: 'hosted-page', createdAt: NOW });
    assert.equal(query(lost, PENDING)?.status, 'failed');
    assert.equal(query(lost, NOT_FOUND)?.status, 'failed');
    assert.equal(query(lost, UNKNOWN)?.status, undefined);
    assert.equal(query(lost, APPROVED)?.status, 'approved');
    assert.equal(query({ ...lost, status: 'requires_action' }, PENDING)?.status, undefined);
    assert.equal(query({ ...lost, method: 'google-pay' }, PENDING)?.status, undefined);
  });

  test('not found fails it only ten minutes after it was made', () => {
    const record = processing({ createdAt: NOW, nextCheckAt: NOW + 10 * MINUTE });
    assert.equal(query(record, NOT_FOUND, NOW + 10 * MINUTE - 1), undefined);
    assert.equal(query(record, NOT_FOUND, NOW + 10 * MINUTE)?.status, 'failed');
  });

  test('not found is asked again when it begins to prove something', () => {
    const record = processing({ createdAt: NOW - 5 * MINUTE, checks: 4, ...due });
    assert.equal(query(record, NOT_FOUND)?.nextCheckAt, NOW + 5 * MINUTE);
  });

  test('not found does not fail a payment that the provider has named', () => {
    const record = processing({ createdAt: 0, providerId: 'key-1' });
    assert.equal(query(record, NOT_FOUND), undefined);
  });

  test('not found does not end what the shopper is to do', () => {
    assert.equal(query(newRecord({ ...openChallenge(), createdAt: 0 }), NOT_FOUND), undefined);
  });

  test('a refused question does not fail a payment that waits for the shopper', () => {
    assert.equal(query(newRecord(openChallenge()), REFUSED), undefined);
    assert.equal(query(processing(), REFUSED)?.status, 'failed');
  });

  test('before its time, no news writes nothing', () => {
    const record = processing({ nextCheckAt: NOW + 1 });
    assert.equal(query(record, PENDING), undefined);
    assert.equal(query(record, UNKNOWN), undefined);
  });

  test('on the schedule, no news sets the next question', () => {
    assert.deepEqual(query(processing(due), PENDING), { checks: 1, nextCheckAt: NOW + 3 * SECOND });
    assert.deepEqual(query(processing({ checks: 7, ...due }), UNKNOWN), {
      checks: 8,
      nextCheckAt: NOW + 18 * 60 * MINUTE,
    });
  });

  test('H17 after a day without an answer it stays as it is and a person is told, once', () => {
    assert.deepEqual(query(processing(LAST_CHECK), UNKNOWN), { nextCheckAt: null, attention: 'unresolved' });
    const told = processing({ ...LAST_CHECK, attention: 'unresolved' });
    assert.deepEqual(query(told, UNKNOWN), { nextCheckAt: null });
  });

  test('after a day of "not yet", what the shopper was to do is over', () => {
    assert.equal(query(newRecord({ ...openChallenge(), ...LAST_CHECK }), PENDING)?.status, 'expired');
    const change = query(newRecord({ ...openChallenge(), ...LAST_CHECK }), UNKNOWN);
    assert.deepEqual(change, { nextCheckAt: null, attention: 'unresolved' });
  });

  test('the provider’s last word ends what was unresolved, and nothing else that a person was told', () => {
    for (const result of [APPROVED, DECLINED]) {
      assert.equal(query(processing({ attention: 'unresolved' }), result)?.attention, null);
      assert.equal(query(processing({ attention: 'mismatch' }), result)?.attention, undefined);
    }
  });

  test('G3 a question whose answer speaks of other money approves nothing', () => {
    const change = query(processing(), { ...UNKNOWN, attention: 'mismatch' });
    assert.deepEqual(change, { attention: 'mismatch' });
  });
});

describe('the answer to a question about a payment that is over', () => {
  test('an approval after a decline, a cancellation or an expiry is late, and a person is told', () => {
    for (const status of ['declined', 'cancelled', 'expired'] as const) {
      const record = newRecord({ status, decline: { reason: 'other' } });
      assert.deepEqual(query(record, APPROVED), {
        status: 'approved',
        action: null,
        decline: null,
        receiptUrl: null,
        checks: 0,
        nextCheckAt: null,
        late: true,
        attention: 'late_approval',
      });
    }
  });

  test('a last word ends the questions', () => {
    const record = newRecord({ status: 'cancelled', ...due });
    assert.deepEqual(query(record, DECLINED), { nextCheckAt: null });
    assert.deepEqual(query(record, { kind: 'expired' }), { nextCheckAt: null });
  });

  test('"not yet" goes on until the schedule ends, quietly', () => {
    const record = newRecord({ status: 'cancelled', ...due });
    assert.deepEqual(query(record, PENDING), { checks: 1, nextCheckAt: NOW + 3 * SECOND });
    assert.deepEqual(query({ ...record, ...LAST_CHECK }, PENDING), { nextCheckAt: null });
  });

  test('a cancelled payment about which nobody knows after a day needs a person', () => {
    const record = newRecord({ status: 'cancelled', ...LAST_CHECK });
    assert.deepEqual(query(record, UNKNOWN), { nextCheckAt: null, attention: 'unresolved' });
  });

  test('a contradiction after an approval changes nothing but the attention', () => {
    for (const result of [DECLINED, NOT_FOUND, { kind: 'expired' } as const])
      assert.deepEqual(query(newRecord({ status: 'approved' }), result), { attention: 'mismatch' });
    assert.equal(query(newRecord({ status: 'approved', attention: 'mismatch' }), DECLINED), undefined);
    assert.equal(query(newRecord({ status: 'approved' }), PENDING), undefined);
  });

  test('a receipt is added when it comes, and not waited for after six questions', () => {
    const record = newRecord({ status: 'approved', ...due });
    const pending = { ...APPROVED, receiptPending: true };
    const receiptUrl = 'https://receipt.example/1';
    assert.deepEqual(query(record, { ...APPROVED, receiptUrl }), { receiptUrl, nextCheckAt: null });
    assert.deepEqual(query(record, pending), { checks: 1, nextCheckAt: NOW + 3 * SECOND });
    assert.deepEqual(query({ ...record, checks: 5 }, pending), { nextCheckAt: null });
    assert.equal(answer(processing(), pending)?.nextCheckAt, NOW + 2 * SECOND);
  });

  test('an approval of a payment that had failed needs a person', () => {
    for (const attention of [null, 'mismatch'] as const) {
      const failed = newRecord({ status: 'failed', attention });
      assert.deepEqual(query(failed, APPROVED), { attention: 'late_approval' });
    }
    const told = newRecord({ status: 'failed', attention: 'late_approval' });
    assert.equal(query(told, APPROVED), undefined);
  });
});

test('an answer that holds a challenge is erased with it, any other stays', () => {
  const challenged = newRecord(openChallenge());
  const view = toView(challenged, SITE);
  const answered = { ...challenged, answer: view };
  assert.equal(view.action?.type, 'threeds');
  assert.equal(query(answered, APPROVED)?.answer, null);
  assert.equal(cancelled(answered, moment).answer, null);
  assert.equal(query({ ...challenged, answer: { ...view, action: null } }, APPROVED)?.answer, undefined);
});

describe('whatever a provider says', () => {
  const result = fc.oneof(
    fc.constantFrom<ProviderResult>(PENDING, UNKNOWN, NOT_FOUND, REFUSED, { kind: 'expired' }),
    fc.record({ kind: fc.constant('approved' as const), receiptPending: fc.boolean() }),
    fc.record({
      kind: fc.constant('declined' as const),
      reason: fc.constant('other' as const),
      mayStillApprove: fc.boolean(),
    }),
    fc.constant<ProviderResult>({ kind: 'challenge', challenge: CHALLENGE_2 }),
    fc.constant<ProviderResult>({ kind: 'redirect', url: 'https://page.example/' }),
  );
  const record = fc.record({
    status: fc.constantFrom(...STORED_STATUSES),
    checks: fc.integer({ min: 0, max: 9 }),
    nextCheckAt: fc.option(fc.integer({ min: NOW - MINUTE, max: NOW + MINUTE })),
    createdAt: fc.integer({ min: 0, max: NOW }),
    providerId: fc.option(fc.constant('key-1')),
  });

  test('only transitions of the contract come out, and every final payment is free of its challenge', () => {
    fc.assert(
      fc.property(record, result, fc.boolean(), (parts, said, asked) => {
        const before = newRecord(parts);
        const change = asked ? query(before, said) : answer(before, said);
        const status = change?.status;
        if (status === undefined) return;
        assert.ok(TRANSITIONS[before.status].includes(status), `${before.status} to ${status}`);
        if (isFinal(status)) assert.equal(change?.action, null);
      }),
    );
  });

  test('only an approval makes a payment approved', () => {
    fc.assert(
      fc.property(record, result, (parts, said) => {
        const change = query(newRecord(parts), said);
        if (change?.status === 'approved') assert.equal(said.kind, 'approved');
      }),
    );
  });
});
