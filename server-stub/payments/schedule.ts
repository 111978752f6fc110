import type { PaymentRecord } from '../store/payment-store.js';

// Four things decide whether a provider is asked about a payment now, each for a reason of its own:
// - its time has come: `nextCheckAt`, in steps that grow (isDue);
// - no call that moves it may still be running: such a call puts its first question off (underway, isUnderway);
// - of several servers one asks: the reconciler claims what is due (PaymentStore.claim);
// - within a server nobody asks twice a second: turns.ts. Whoever waits for a payment may ask before its time.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** When a provider is asked about a payment, counted from the payment's last change. */
const OFFSETS = [
  2 * SECOND,
  5 * SECOND,
  15 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  6 * HOUR,
  24 * HOUR,
];

/** A receipt that has not come after so many questions is not waited for. */
export const RECEIPT_CHECKS = 6;

/** "Not found" right after a call proves nothing (ProcardPay, answer −10); from this age on it does. */
export const NOT_FOUND_PROVES_AFTER_MS = 10 * MINUTE;

/**
 * How long nobody asks about a payment that has just been sent: longer than a provider's client waits. It is written
 * with the payment, so it holds for every instance, and a payment whose process died is asked about when it ends.
 */
export const CALL_LIFE_MS = 45 * SECOND;

/** The instant of the next question after `checks` of them; `undefined`: there are no more. Never later than the table says. */
export function nextCheck(checks: number, now: number, jitter: number): number | undefined {
  const offset = OFFSETS[checks];
  if (offset === undefined) return undefined;
  const gap = offset - (OFFSETS[checks - 1] ?? 0);
  return now + Math.round(gap * (1 - 0.1 * jitter));
}

/** Written before a call that starts or finishes a payment, together with `processing`. */
export function underway(now: number): Pick<PaymentRecord, 'checks' | 'nextCheckAt'> {
  return { checks: 0, nextCheckAt: now + CALL_LIFE_MS };
}

/** Whether such a call may still be running, here or in another instance. */
export function isUnderway(record: PaymentRecord, now: number): boolean {
  const { status, checks, nextCheckAt } = record;
  return status === 'processing' && checks === 0 && nextCheckAt !== null && nextCheckAt > now;
}

/** Whether the schedule's next question is due. */
export function isDue(record: PaymentRecord, now: number): boolean {
  return record.nextCheckAt !== null && record.nextCheckAt <= now;
}

/**
 * How long somebody who waits for a payment lets its provider think before it is asked again: two seconds at first, a
 * tenth of the payment's age, at most a quarter of a minute.
 */
export function patience({ createdAt }: PaymentRecord, now: number): number {
  return Math.min(Math.max((now - createdAt) / 10, 2 * SECOND), 15 * SECOND);
}
