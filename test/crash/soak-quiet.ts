import { setTimeout as pause } from 'node:timers/promises';
import { isFinal } from '../../src/contract/index.js';
import type { PaymentRecord, PaymentStore } from '../../server-stub/store/payment-store.js';
import type { SharedClock } from './clock.js';
import type { Receiver } from './soak-receiver.js';
import type { SoakStore } from './soak-stores.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Each gap of the server's schedule and of its outbox and more, the last one three times: a question may have missed its leap. */
const LEAPS = [0, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR, 24 * HOUR, 24 * HOUR];
/** Nobody is slow any more, so between the leaps, too, time may fly. */
const RATE = 20;

/** How long everything that is due may take, on a busy machine. */
const CALM_WITHIN_MS = 30 * SECOND;
const LOOK_EVERY_MS = 100;
const MANY = 100_000;

/** Lets days pass, and each time waits until nothing is left to do. Resolves to the payments as they then are. */
export async function untilQuiet(deps: {
  store: SoakStore;
  clock: SharedClock;
  receiver: Receiver;
}): Promise<PaymentRecord[]> {
  const { store, clock, receiver } = deps;
  const opened = await store.open();
  try {
    clock.run(RATE);
    for (const leap of LEAPS) {
      clock.leap(leap);
      await calm(opened, clock);
    }
    const payments = await opened.list({}, MANY);
    await until(() => payments.every((payment) => isTold(payment, receiver)));
    return payments;
  } finally {
    await opened.close();
  }
}

/** The merchant is told by rounds of its own. What it is not told in the end, the invariants say. */
function isTold({ id, status }: PaymentRecord, receiver: Receiver): boolean {
  return !isFinal(status) || receiver.noticesOf(id).at(-1) !== undefined;
}

async function calm(store: PaymentStore, clock: SharedClock): Promise<void> {
  await until(async () => (await store.due(clock.now(), 1)).length === 0);
}

/** Bounded: what is not so then is for the invariants to say. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let end = Date.now() + CALM_WITHIN_MS; Date.now() < end && !(await isSo());)
    await pause(LOOK_EVERY_MS);
}
