import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DeclineReason, FinalStatus } from '../../../src/contract/index.js';
import type { FaultyOperation } from '../../../demo/sandbox/faults/fault.js';
import { assertEnding, AT_ONCE, kindsOf } from './ending.js';

type Decided =
  | { fault: 'reject'; code: number }
  | { fault: 'decline'; reason: number | string }
  | { fault: 'pending'; status: string; seconds?: number };

/** What a provider decided in place of what the card says, and how the payment ends. */
const DECIDED: readonly [FaultyOperation, Decided, FinalStatus, DeclineReason?][] = [
  ['GooglePayPurchase', { fault: 'reject', code: -4 }, 'failed'],
  ['GooglePayPurchase', { fault: 'reject', code: -9 }, 'failed'], // the order is not known there after all
  ['GooglePayPurchase', { fault: 'reject', code: -999 }, 'failed'],
  ['GooglePayPurchase', { fault: 'decline', reason: 76 }, 'declined', 'insufficient_funds'],
  ['GooglePayPurchase', { fault: 'decline', reason: 'Do not honour' }, 'declined', 'other'],
  ['GooglePayPurchase', { fault: 'pending', status: 'NEEDS-CLARIFICATION', seconds: 60 }, 'approved'],
  ['GooglePayPurchase', { fault: 'pending', status: 'ON-PAYMENT' }, 'approved'],
  // Refused, 3-D Secure was not finished, and runs out of time.
  ['Complete3DS', { fault: 'reject', code: -12 }, 'declined', 'other'],
  ['Complete3DS', { fault: 'decline', reason: 76 }, 'declined', 'insufficient_funds'],
  ['Complete3DS', { fault: 'pending', status: 'ON-PAYMENT' }, 'approved'],
  ['check', { fault: 'reject', code: -4 }, 'approved'],
  ['check', { fault: 'reject', code: -10 }, 'approved'],
  ['Purchase', { fault: 'reject', code: -12 }, 'failed'],
  ['Purchase', { fault: 'reject', code: -1 }, 'failed'],
  ['Purchase', { fault: 'decline', reason: 'Do not honour' }, 'declined', 'other'],
  ['Purchase', { fault: 'pending', status: 'NEEDS-CLARIFICATION' }, 'approved'],
  ['auth', { fault: 'reject', code: 401 }, 'failed'],
  ['auth', { fault: 'reject', code: 503 }, 'failed'],
  ['create', { fault: 'reject', code: 400 }, 'failed'],
  ['create', { fault: 'reject', code: 401 }, 'approved'], // another access token, and once more
  ['create', { fault: 'reject', code: 500 }, 'failed'],
  ['create', { fault: 'decline', reason: 'INSUFFICIENT_FUNDS' }, 'declined', 'insufficient_funds'],
  ['create', { fault: 'decline', reason: 'BLACKLISTED' }, 'declined', 'other'],
  ['create', { fault: 'pending', status: 'VALIDATE', seconds: 60 }, 'approved'],
  ['status', { fault: 'reject', code: 401 }, 'approved'],
  ['status', { fault: 'reject', code: 404 }, 'approved'],
  ['status', { fault: 'reject', code: 500 }, 'approved'],
];

describe('a provider’s decision', { concurrency: AT_ONCE }, () => {
  for (const [operation, decided, status, reason] of DECIDED) {
    it(`${JSON.stringify(decided)} on ${operation}: ${status}`, () =>
      assertEnding({ operation, ...decided }, { status, reason }));
  }

  it('is in this table, whatever the sandbox can do', () => {
    assert.deepEqual(new Set(DECIDED.map(([, { fault }]) => fault)), new Set(kindsOf('decision')));
  });
});
