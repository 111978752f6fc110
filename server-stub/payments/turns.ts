import type { Ports } from './ports.js';

/** The shortest time between the beginnings of two turns with one key. */
const GAP_MS = 1_000;

interface Turn {
  /** Settles when the next turn may begin. */
  over: Promise<unknown>;
  next: Promise<void> | undefined;
}

/**
 * Lets a task for one key run at most once per second. While one runs, everybody who asks is given the same next
 * one: an answer that is on its way may be older than the news that made them ask.
 */
export class Turns {
  readonly #ports: Ports;
  readonly #stopping: AbortSignal;
  readonly #turns = new Map<string, Turn>();

  constructor(ports: Ports, stopping: AbortSignal) {
    this.#ports = ports;
    this.#stopping = stopping;
  }

  /** Resolves once a run of the task that began after this call has ended; rejects as that run does. Stopped, nothing runs. */
  async take(key: string, task: () => Promise<void>): Promise<void> {
    const turn = this.#turns.get(key);
    if (!turn) return this.#begin(key, task);
    turn.next ??= turn.over.then(() => this.#begin(key, task));
    return turn.next;
  }

  async #begin(key: string, task: () => Promise<void>): Promise<void> {
    if (this.#stopping.aborted) return;
    const run = task();
    const over = Promise.allSettled([run, this.#ports.sleep(GAP_MS, this.#stopping)]);
    const turn: Turn = { over, next: undefined };
    this.#turns.set(key, turn);
    void over.then(() => {
      if (!turn.next) this.#turns.delete(key);
    });
    return run;
  }
}
