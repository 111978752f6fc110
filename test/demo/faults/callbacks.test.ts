import { describe, it } from 'node:test';
import { FAULTS } from '../../../demo/sandbox/faults/fault.js';
import { assertEnding, AT_ONCE, kindsOf } from './ending.js';

/** The callback is never needed, and never believed: with each of these the payment ends as without. */
describe('a callback gone wrong', { concurrency: AT_ONCE }, () => {
  for (const fault of kindsOf('callback')) {
    for (const operation of FAULTS[fault].operations) {
      it(`${fault} on ${operation}: approved`, () =>
        assertEnding({ operation, fault }, { status: 'approved' }));
    }
  }

  for (const [purchase, operation, reason] of [
    ['Purchase', 'procard_callback', 76],
    ['create', 'globalpay_callback', 'INSUFFICIENT_FUNDS'],
  ] as const) {
    it(`D3 callback_forged on ${operation} makes no approval of a refusal`, () =>
      assertEnding(
        { operation, fault: 'callback_forged' },
        { status: 'declined', reason: 'insufficient_funds' },
        { operation: purchase, fault: 'decline', reason },
      ));
  }
});
