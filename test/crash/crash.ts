import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { isFinal, TRANSITIONS, type PaymentStatus } from '../../src/contract/index.js';
import { CREDENTIALS } from '../../demo/sandbox/settings.js';
import type { Fault } from '../../demo/sandbox/faults/fault.js';
import type { LedgerEntry } from '../../demo/sandbox/ledger.js';
import { json, post } from '../demo/faults/buyer.js';
import { buy, MONEY, type Way } from './buyer.js';
import { faultsFor, type Behaviour, type Point } from './points.js';
import type { PaymentRecord } from '../../server-stub/store/payment-store.js';
import { openSite, type Site } from './site.js';

/** A quarter of an hour, which is what ProcardPay waits for a shopper, passes in a second. */
export const FAST = 900;
/** A provider that keeps silent for a minute is asked in this minute, also on a busy machine: ten take twenty seconds. */
const CALM = 30;
const LOOK_EVERY_MS = 50;

export interface Crash {
  point: Point;
  behaviour: Behaviour;
  /** An empty PostgreSQL database; left out: an embedded one. */
  databaseUrl?: string;
  /** Ends everything where the test's own time is over. */
  signal: AbortSignal;
  /** How long after the start of a commit the process dies, in microseconds; for points that lie in one. */
  delay?: number;
}

/** Kills a server at the point, starts another, waits until nothing happens any more, and sees that all is well. */
export async function crash({ point, behaviour, databaseUrl, delay, signal }: Crash): Promise<void> {
  const { way, wire, unsent } = point;
  const site = await openSite(databaseUrl);
  signal.addEventListener('abort', () => void site.close());
  try {
    for (const fault of [...faultsFor(behaviour, way), ...(point.fault ? [point.fault] : [])])
      assert.equal((await post(`${site.sandbox.url}/control/faults`, fault)).status, 200);
    const env = { FAULT_POINT: point.id, FAULT_DELAY_US: String(delay ?? 0) };
    const doomed = await site.start(wire ? {} : env);
    if (wire) site.wire.expect({ ...wire, strike: () => doomed.kill() });
    const shopper = buy(site, way);
    // Some points lie where only time brings the server.
    let isDead = false;
    void shopper.then(
      () => isDead || site.clock.run(FAST),
      () => undefined,
    );
    const death = await Promise.race([doomed.exited, rejectionOf(shopper)]);
    assert.equal(death.signal, 'SIGKILL');
    isDead = true;
    site.clock.run(1);
    const [then] = await site.left();
    if (wire && ['GooglePayPurchase', 'Complete3DS'].includes(wire.operation))
      assert.equal(then?.status, 'processing', 'I5: sent before it was durable');

    const heir = await site.start();
    await shopper;
    const now = await quiet(site, signal);
    assert.equal((await heir.stop()).code, 0);
    const ending = unsent ?? (behaviour === 'not captured' ? 'declined' : 'approved');
    await assertWell(site, { way, ending, then, now });
  } catch (error) {
    throw new Error(`${point.id}, ${behaviour}: ${String(error)}\n${site.output()}`, { cause: error });
  } finally {
    await site.close();
  }
}

/** Settles only as the shopper's failure. */
function rejectionOf(shopper: Promise<void>): Promise<never> {
  return new Promise((_, reject) => void shopper.catch(reject));
}

/**
 * Resolves to the payments when all have ended and the merchant knows. Until then time flies, except while an answer is
 * under way that could be "not found": however long this machine takes for it, it may not arrive as old as a proof.
 */
export async function quiet(site: Site, signal: AbortSignal): Promise<PaymentRecord[]> {
  const store = await site.openStore();
  try {
    for (;;) {
      signal.throwIfAborted();
      const isSilent = await keepsSilent(site);
      const payments = await store.list({}, 100);
      const isOver = payments.length > 0 && payments.every(({ status }) => isFinal(status));
      if (isOver && (await store.backlog()).events === 0) return payments;
      const now = site.clock.now();
      const isAsked = payments.some(({ nextCheckAt }) => nextCheckAt !== null && nextCheckAt <= now);
      site.clock.run(isSilent || isAsked ? CALM : FAST);
      await pause(LOOK_EVERY_MS);
    }
  } finally {
    await store.close();
  }
}

/** Whether questions are still to be answered with "not found". */
async function keepsSilent(site: Site): Promise<boolean> {
  const { ordered } = (await json(`${site.sandbox.url}/control/faults`)) as { ordered: Fault[] };
  return ordered.some(({ operation }) => operation === 'check');
}

export interface Story {
  way: Way;
  ending: PaymentStatus;
  /** What the server that died left, and what there is in the end. */
  then: PaymentRecord | undefined;
  now: PaymentRecord[];
  /** How many notices are older than this story. */
  since?: number;
}

/** The invariants, by the provider's ledger, its journal, and the merchant's mailbox. */
export async function assertWell(site: Site, { way, ending, then, now, since = 0 }: Story): Promise<void> {
  const { captures } = (await json(`${site.sandbox.url}/control/ledger`)) as { captures: LedgerEntry[] };
  const [payment] = now;
  assert.ok(payment && now.length === 1);
  const { minor, currency } = MONEY[way];

  assert.equal(captures.length, ending === 'approved' ? 1 : 0, 'I1: captures');
  assert.equal(payment.status, ending, 'I2, I3');
  for (const capture of captures) {
    assert.equal(capture.reference, payment.reference, 'I3: reference');
    assert.deepEqual([capture.amountMinor, capture.currency], [minor, currency], 'I6: money');
  }
  assert.deepEqual(payment.money, { minor, currency }, 'I6: money');

  for (const { from, to } of changes(site.output()))
    assert.ok(TRANSITIONS[from].includes(to), `I4: from ${from} to ${to}`);
  assert.ok(payment.version >= (then?.version ?? 0), 'I4: version');

  for (const operation of ['GooglePayPurchase', 'Complete3DS', 'create'])
    assert.ok(timesSent(site, operation) <= 1, `I8: ${operation} was sent again`);

  const told = new Map(site.mailbox.notices.slice(since).map((notice) => [notice.id, notice]));
  const finals = [...told.values()].filter(({ type }) => type !== 'payment.attention');
  assert.deepEqual(
    finals.map(({ type, data }) => [type, data.payment.id]),
    [[`payment.${ending}`, payment.id]],
    'I9: notices',
  );

  for (const secret of [CREDENTIALS.procardSecret, CREDENTIALS.globalpayPassword])
    assert.ok(!site.output().includes(secret), 'I12: a secret was logged');
}

function changes(output: string): { from: PaymentStatus; to: PaymentStatus }[] {
  return output
    .split('\n')
    .filter((line) => line.includes('"msg":"payment changed"'))
    .map((line) => JSON.parse(line) as { from: PaymentStatus; to: PaymentStatus });
}

/** How many whole requests of the server have reached the provider. */
function timesSent(site: Site, operation: string): number {
  return site.sandbox.received.filter(({ method, path, body }) =>
    operation === 'create'
      ? method === 'POST' && path.endsWith('/user-service-tokens')
      : body.toString('latin1').includes(operation),
  ).length;
}
