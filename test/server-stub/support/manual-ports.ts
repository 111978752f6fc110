import { setImmediate } from 'node:timers/promises';
import type { Ports } from '../../../server-stub/payments/ports.js';

/** Time that passes only when a test says so, and chance that is always the same. */
export class ManualPorts implements Ports {
  #now = 1_700_000_000_000;
  #tokens = 0;
  readonly #sleepers = new Set<{ at: number; wake: () => void }>();

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { at: this.#now + ms, wake };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', wake);
    });
  }

  token(): string {
    this.#tokens += 1;
    return `token${String(this.#tokens).padStart(17, '0')}`;
  }

  jitter(): number {
    return 0;
  }

  /** Lets time pass, waking the sleepers in their order, and lets everything that follows from it happen. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (;;) {
      const next = [...this.#sleepers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      await settled();
    }
    this.#now = end;
    await settled();
  }

  /** Has that much time passed at once: who would have woken many times meanwhile wakes once. Back, where `ms` is negative. */
  async leap(ms: number): Promise<void> {
    this.#now += ms;
    await this.advance(0);
  }
}

/** Resolves when all that can happen without time and without others has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
}
