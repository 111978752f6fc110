import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerEntry } from '../../../demo/sandbox/ledger.js';
import type { PaymentRecord } from '../../../server-stub/store/payment-store.js';
import type { Arena } from './arena.js';

/** Has everything that is still open end, and then asks ledger, payments and every output whether all is well. */
export async function reckon(arena: Arena): Promise<void> {
  assert.deepEqual(arena.relay.left, [], 'what was to be spoiled was sent');
  const { ordered } = (await control(arena, 'faults')) as { ordered: unknown[] };
  assert.deepEqual(ordered, [], 'the faults that were ordered happened');
  await conclude(arena);
  const { captures } = (await control(arena, 'ledger')) as { captures: LedgerEntry[] };
  const payments = await everyPayment(arena);
  for (const payment of payments) assertAgrees(payment, captures);
  assert.equal(captures.length, payments.filter(isTaken).length, 'nothing was taken without a payment');
  await assertNothingTold(arena);
  arena.answers.length = 0;
  arena.relay.forget();
}

/** Nobody goes on with what a test has left open: shoppers give up, and unknown answers are asked about. */
async function conclude(arena: Arena): Promise<void> {
  for (const { id, status, attention } of await everyPayment(arena)) {
    if (status === 'requires_action')
      await arena.meanwhile(arena.send(`/pay/payments/${id}/cancel`, { method: 'POST' }));
    if (status === 'processing' && attention === null) await arena.until(id);
  }
}

/** Approved is captured once, with the payment's own money. What a person has to look at may have been captured, too. */
function assertAgrees(payment: PaymentRecord, captures: readonly LedgerEntry[]): void {
  const { reference, provider, money, status } = payment;
  const own = captures.filter((capture) => capture.reference === reference);
  assert.equal(own.length, isTaken(payment) ? 1 : 0, `captures of a payment that is ${status}`);
  for (const { amountMinor, currency, ...capture } of own)
    assert.deepEqual({ amountMinor, currency, provider: capture.provider }, { amountMinor: money.minor, currency: money.currency, provider }); // prettier-ignore
}

function isTaken({ status, attention }: PaymentRecord): boolean {
  return status === 'approved' || attention === 'late_approval';
}

async function assertNothingTold({
  marks,
  dataDir,
  log,
  notices,
  answers,
  relay,
  sandbox,
}: Arena): Promise<void> {
  relay.answers.splice(0).forEach((answer) => marks.learnFrom(answer));
  const kept = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name), 'latin1'));
  const journal = await (await fetch(`${sandbox.url}/control/journal`)).text();
  marks.assertNoneIn('answers', answers.join('\n'));
  assert.notEqual(log.length, 0);
  marks.assertNoneIn('log', log.join(''));
  marks.assertNoneIn('notices', notices.join('\n'));
  marks.assertNoneIn('store', kept.join('\n'));
  marks.assertNoneIn('journal', journal);
}

function everyPayment({ store }: Arena): Promise<PaymentRecord[]> {
  return store.list({}, 10_000);
}

async function control({ sandbox }: Arena, path: string): Promise<unknown> {
  return (await fetch(`${sandbox.url}/control/${path}`)).json();
}
