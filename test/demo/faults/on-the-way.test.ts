import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FinalStatus } from '../../../src/contract/index.js';
import type { FaultyOperation } from '../../../demo/sandbox/faults/fault.js';
import { assertEnding, AT_ONCE, kindsOf } from './ending.js';

/**
 * How a payment ends that everybody would approve, where one fault, alone, befalls one call of the server.
 * `approved` stands for one capture in the ledger, everything else for none. ProcardPay lets the payment expire where
 * Complete3DS does not reach it, or where its clock has jumped by a day since the purchase.
 */
const ON_THE_WAY = `
                    GooglePayPurchase  Complete3DS  check     Purchase  auth      create    status
  down              failed             declined     approved  failed    failed    approved  approved
  no_answer         failed             declined     approved  failed    failed    approved  approved
  slow              approved           approved     approved  approved  approved  approved  approved
  slow_drip         approved           approved     approved  failed    failed    approved  approved
  answer_lost       approved           approved     approved  failed    failed    approved  approved
  reset             approved           approved     approved  failed    failed    approved  approved
  html              approved           approved     approved  failed    failed    failed    approved
  http_500          approved           approved     approved  failed    failed    failed    approved
  truncated_json    approved           approved     approved  failed    failed    failed    approved
  wrong_types       approved           approved     approved  failed    failed    failed    approved
  duplicate_keys    approved           approved     approved  failed    failed    failed    approved
  clock_shift       approved           declined     approved  approved  approved  approved  approved
`;

/** What is ordered with a fault where the usual would take too long, or would not be long enough. */
const MEASURE: Record<string, object> = {
  slow: { seconds: 0.2 },
  slow_drip: { seconds: 10 }, // longer than the server waits for a whole answer
};

const [head = '', ...rows] = ON_THE_WAY.trim().split('\n');
const operations = head.split(/\s+/) as FaultyOperation[];

describe('a fault on the way, alone', { concurrency: AT_ONCE }, () => {
  const tested = rows.map((row) => row.trim().split(/\s+/));
  for (const [fault = '', ...endings] of tested) {
    for (const [index, operation] of operations.entries()) {
      const status = endings[index] as FinalStatus;
      it(`${fault} on ${operation}: ${status}`, () =>
        assertEnding({ operation, fault, ...MEASURE[fault] }, { status }));
    }
  }

  it('is in this table, whatever the sandbox can do', () => {
    assert.deepEqual(
      tested.map(([fault]) => fault),
      kindsOf('transport'),
    );
  });
});
