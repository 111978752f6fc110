import { describeError, type Log } from '../log.js';
import type { Ports } from '../payments/ports.js';
import type { ClaimedEvent, PaymentStore } from '../store/payment-store.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Between an attempt that failed and the next one (Standard Webhooks, "Deliverability and reliability"). */
const PAUSES = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

const ROUND_EVERY_MS = SECOND;
const AT_ONCE = 16;
/** Longer than any attempt: an event whose server died is given out again when it ends. */
const ATTEMPT_LIFE_MS = MINUTE;

/** One who is told. Resolves to whether the event has arrived; it may come again all the same. */
export type Listener = (event: ClaimedEvent) => Promise<boolean>;

/**
 * Delivers what the store keeps for the merchant: at least once, in the order of each payment, until it has arrived or
 * three days have passed. Any number may run side by side.
 */
export class Outbox {
  readonly #deps: { store: PaymentStore; listeners: readonly Listener[]; ports: Ports; log: Log };

  constructor(deps: { store: PaymentStore; listeners: readonly Listener[]; ports: Ports; log: Log }) {
    this.#deps = deps;
  }

  /** Goes round until the signal aborts; an attempt that has begun is ended first. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const isBusy = (await this.round()) === AT_ONCE;
      if (!isBusy) await this.#deps.ports.sleep(ROUND_EVERY_MS, signal);
    }
  }

  /** Delivers once what is due, and never rejects: the next round comes. Resolves to how many there were. */
  async round(): Promise<number> {
    const { store, ports, log } = this.#deps;
    try {
      const now = ports.now();
      const claimed = await store.claimEvents(now, now + ATTEMPT_LIFE_MS, AT_ONCE);
      await Promise.all(claimed.map((event) => this.#deliver(event)));
      return claimed.length;
    } catch (error) {
      log.error('outbox failed', { why: describeError(error) });
      return 0;
    }
  }

  async #deliver(event: ClaimedEvent): Promise<void> {
    const { store, listeners, ports, log } = this.#deps;
    const told = await Promise.all(listeners.map((tell) => this.#tell(tell, event)));
    const now = ports.now();
    const { paymentId } = event;
    if (told.every(Boolean)) {
      log.info('merchant was told', { paymentId });
      await store.settleEvent(event.id, { deliveredAt: now, nextAttemptAt: null });
      return;
    }
    const pause = PAUSES[event.attempts - 1];
    if (pause === undefined) log.error('merchant could not be told', { paymentId });
    else log.warn('merchant was not told', { paymentId });
    const nextAttemptAt = pause === undefined ? null : now + Math.round(pause * (1 + 0.1 * ports.jitter()));
    await store.settleEvent(event.id, { deliveredAt: null, nextAttemptAt });
  }

  async #tell(tell: Listener, event: ClaimedEvent): Promise<boolean> {
    try {
      return await tell(event);
    } catch (error) {
      this.#deps.log.warn('telling failed', { paymentId: event.paymentId, why: describeError(error) });
      return false;
    }
  }
}
