import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from './journal.js';

export interface Callback {
  provider: 'procard' | 'globalpay';
  url: string;
  body: object;
  /** What the journal calls its payment. */
  about: readonly string[];
}

/** Delivers providers' callbacks: a POST with JSON, repeated after each pause until it is answered with 200. */
export class Callbacks {
  readonly #journal: Journal;
  readonly #now: () => number;
  readonly #pauses: readonly number[];
  #ended = new AbortController();

  constructor(journal: Journal, now: () => number, pauses: readonly number[] = [1_000, 5_000, 30_000]) {
    this.#journal = journal;
    this.#now = now;
    this.#pauses = pauses;
  }

  /** Returns at once; deliveries that are still open end with `clear()`. */
  deliver(callback: Callback): void {
    void this.#deliver(callback, this.#ended.signal);
  }

  /** Ends every delivery that is still open. */
  clear(): void {
    this.#ended.abort();
    this.#ended = new AbortController();
  }

  async #deliver({ provider, url, body, about }: Callback, ended: AbortSignal): Promise<void> {
    for (const delay of [0, ...this.#pauses]) {
      // Waiting rejects only when the delivery is ended.
      await pause(delay, undefined, { signal: ended }).catch(() => undefined);
      if (ended.aborted) return;
      const startedAt = this.#now();
      const { status, answer } = await this.#post(url, body, ended);
      if (ended.aborted) return;
      this.#journal.add({
        startedAt,
        from: 'provider',
        to: 'server',
        provider,
        operation: 'callback',
        sent: body,
        status,
        answer,
        about,
      });
      if (status === 200) return;
    }
  }

  async #post(
    url: string,
    body: object,
    ended: AbortSignal,
  ): Promise<{ status: number | null; answer: string }> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.any([ended, AbortSignal.timeout(10_000)]),
      });
      return { status: response.status, answer: (await response.text()).slice(0, 200) };
    } catch (error) {
      return { status: null, answer: `not delivered: ${error instanceof Error ? error.name : 'unknown'}` };
    }
  }
}
