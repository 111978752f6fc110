import { describeError, type Log } from '../log.js';
import type { PaymentStore } from '../store/payment-store.js';
import type { PaymentService } from './payment-service.js';
import type { Ports } from './ports.js';
import { CALL_LIFE_MS } from './schedule.js';

const ROUND_EVERY_MS = 1_000;
const AT_ONCE = 16;

/** Has the provider asked about every payment whose time has come (see schedule.ts). Any number may run side by side. */
export class Reconciler {
  readonly #store: PaymentStore;
  readonly #service: PaymentService;
  readonly #ports: Ports;
  readonly #log: Log;

  constructor(deps: { store: PaymentStore; service: PaymentService; ports: Ports; log: Log }) {
    this.#store = deps.store;
    this.#service = deps.service;
    this.#ports = deps.ports;
    this.#log = deps.log;
  }

  /** Goes round until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.round();
      await this.#ports.sleep(ROUND_EVERY_MS, signal);
    }
  }

  /** Asks once about everything that is due, and never rejects: the next round comes. */
  async round(): Promise<void> {
    try {
      const now = this.#ports.now();
      const claimed = await this.#store.claim(now, now + CALL_LIFE_MS, AT_ONCE);
      await Promise.all(claimed.map(({ id }) => this.#service.check(id)));
    } catch (error) {
      this.#log.error('reconciler failed', { why: describeError(error) });
    }
  }
}
