/** Tells those who wait for a payment that it has changed, within this process. */
export class Changes {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Resolves at the payment's next change, or when the signal, which has not aborted yet, does. */
  next(id: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(id) ?? new Set();
      this.#waiting.set(id, waiting);
      const wake = () => {
        waiting.delete(wake);
        if (waiting.size === 0 && this.#waiting.get(id) === waiting) this.#waiting.delete(id);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  announce(id: string): void {
    for (const wake of [...(this.#waiting.get(id) ?? [])]) wake();
  }

  /** Wakes everybody: the server stops. */
  announceAll(): void {
    for (const id of [...this.#waiting.keys()]) this.announce(id);
  }
}
