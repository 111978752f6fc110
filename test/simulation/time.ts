import { setImmediate } from 'node:timers/promises';
import type { Chance } from './chance.js';

interface Appointment {
  at: number;
  /** Decides between appointments of one instant. */
  lot: number;
  run: () => void;
}

/** Virtual time: it jumps from one appointment to the next, and nothing else makes it pass. */
export class Time {
  #now = 1_700_000_000_000;
  #appointments: Appointment[] = [];
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  now(): number {
    return this.#now;
  }

  /** Runs something after `ms`. */
  after(ms: number, run: () => void): void {
    const appointment = { at: this.#now + Math.max(0, ms), lot: this.#chance.next(), run };
    const later = this.#appointments.findIndex(
      ({ at, lot }) => at > appointment.at || (at === appointment.at && lot > appointment.lot),
    );
    this.#appointments.splice(later === -1 ? this.#appointments.length : later, 0, appointment);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.after(ms, resolve);
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** When the next appointment is; `undefined`: there is none. */
  get next(): number | undefined {
    return this.#appointments[0]?.at;
  }

  /** Lets everything happen until that instant, appointments made on the way included. */
  async runUntil(end: number): Promise<void> {
    await setImmediate();
    for (let next = this.next; next !== undefined && next <= end; next = this.next) {
      const appointment = this.#appointments.shift();
      this.#now = Math.max(this.#now, next);
      appointment?.run();
      // Everything that follows without waiting for time has happened when this resolves.
      await setImmediate();
    }
    this.#now = Math.max(this.#now, end);
  }
}
