import assert from 'node:assert/strict';
import type { DeclineReason, FinalStatus } from '../../../src/contract/index.js';
import { FAULTS, type FaultName, type FaultyOperation } from '../../../demo/sandbox/faults/fault.js';
import { impatienceAt } from '../../support/impatience.js';
import { startBench } from './bench.js';
import type { Way } from './buyer.js';

/** How many payments a file of these tests makes at once. */
export const AT_ONCE = 12;

/** The way of paying that uses an operation. The status query of ProcardPay is what finishes 3-D Secure. */
const WAYS: Partial<Record<FaultyOperation, Way>> = {
  GooglePayPurchase: 'Google Pay',
  Complete3DS: '3-D Secure',
  check: '3-D Secure',
  Purchase: 'ProcardPay’s page',
  procard_callback: 'ProcardPay’s page',
  auth: 'GlobalPay’s page',
  create: 'GlobalPay’s page',
  status: 'GlobalPay’s page',
  globalpay_callback: 'GlobalPay’s page',
};

/** The kinds of the sandbox's table, in its order. */
export function kindsOf(family: (typeof FAULTS)[FaultName]['family']): FaultName[] {
  return (Object.keys(FAULTS) as FaultName[]).filter((name) => FAULTS[name].family === family);
}

/**
 * A payment that everybody would approve ends so where this fault, alone, befalls a call of its way; `besides`: with
 * these faults, too. `approved` stands for exactly one capture in the provider's ledger, everything else for none.
 */
export async function assertEnding(
  fault: { operation: FaultyOperation; fault: string },
  ending: { status: FinalStatus; reason?: DeclineReason | undefined },
  ...besides: object[]
): Promise<void> {
  const bench = await startBench(impatienceAt(fault.fault));
  try {
    for (const order of [fault, ...besides]) await bench.fault(order);
    const payment = await bench.pay(WAYS[fault.operation] ?? assert.fail('no way uses it'));
    assert.equal(payment.status, ending.status);
    if (ending.reason) assert.equal(payment.decline?.reason, ending.reason);
    assert.equal(payment.late, false);
    assert.equal(await bench.captures(), ending.status === 'approved' ? 1 : 0, 'captures');
    for (const operation of ['GooglePayPurchase', 'Purchase', 'Complete3DS'] as const)
      assert.ok((await bench.sent(operation)) <= 1, `${operation} was sent again`);
    assert.deepEqual(await bench.leftOver(), [], 'the fault happened');
  } finally {
    await bench.close();
  }
}
