import { setTimeout as pause } from 'node:timers/promises';
import { FAULTS, type FaultName, type FaultyOperation } from '../../demo/sandbox/faults/fault.js';
import { post } from '../demo/faults/buyer.js';
import type { Chance } from '../simulation/chance.js';
import type { Receiver } from './soak-receiver.js';

/**
 * What may happen by chance. Not the jumping clock: the run tells by the sandbox's time what was captured before it was
 * called approved.
 */
const BY_CHANCE = (Object.keys(FAULTS) as FaultName[]).filter(
  (name) => FAULTS[name].family !== 'decision' && name !== 'clock_shift',
);

const PURCHASES: readonly [FaultyOperation, string | number, string][] = [
  ['GooglePayPurchase', 76, 'NEEDS-CLARIFICATION'],
  ['Complete3DS', 'Do not honour', 'ON-PAYMENT'],
  ['Purchase', 'Do not honour', 'NEEDS-CLARIFICATION'],
  ['create', 'INSUFFICIENT_FUNDS', 'VALIDATE'],
];

/**
 * What is ordered for the next purchases and callbacks: decisions, late statuses, refusals, slow answers. Never for a
 * question: what is still ordered when all is to be well again would befall it then.
 */
const ORDERS: readonly [object, ...object[]] = [
  ...(PURCHASES.flatMap(([operation, reason, status]) => [
    { operation, fault: 'decline', reason },
    { operation, fault: 'pending', status, seconds: 10, times: 3 },
    { operation, fault: 'slow', seconds: 0.5, times: 3 },
  ]) as [object, ...object[]]),
  { operation: 'GooglePayPurchase', fault: 'reject', code: -999 },
  { operation: 'Complete3DS', fault: 'reject', code: -12 },
  { operation: 'Purchase', fault: 'reject', code: -1 },
  { operation: 'create', fault: 'reject', code: 401 },
  { operation: 'create', fault: 'reject', code: 500 },
  { operation: 'procard_callback', fault: 'callback_late', seconds: 8, times: 3 },
  { operation: 'globalpay_callback', fault: 'callback_late', seconds: 8, times: 3 },
];

/** Fair and foul spells at the providers and at the merchant's receiver, until the signal aborts; then fair for good. */
export async function weather(deps: {
  chance: Chance;
  sandbox: string;
  receiver: Receiver;
  signal: AbortSignal;
}): Promise<void> {
  const { chance, sandbox, receiver, signal } = deps;
  const order = async (body: object) => {
    const { status, body: answer } = await post(`${sandbox}/control/faults`, body);
    if (status !== 200) throw new Error(`the sandbox refused ${JSON.stringify([body, answer])}`);
  };
  while (!signal.aborted) {
    const faults = chance.shuffled(BY_CHANCE).slice(0, chance.int(3, 10));
    await order({ seed: chance.int(1, 999_999_999), rate: chance.pick([0, 0.1, 0.3, 0.6]), faults });
    if (chance.happens(0.6)) await order(chance.pick(ORDERS));
    receiver.trouble = chance.pick([0, 0, 0.2, 0.5]);
    await pause(chance.int(500, 4_000), undefined, { signal }).catch(() => undefined);
  }
  await order({ seed: 0, rate: 0 });
  receiver.trouble = 0;
}
