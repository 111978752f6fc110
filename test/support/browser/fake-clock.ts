const real = { setTimeout: window.setTimeout.bind(window), clearTimeout: window.clearTimeout.bind(window) };

/** The page's timers and monotonic clock, moved by the test. */
export class FakeClock {
  #now = 100_000;
  #timers = new Map<number, { at: number; run: () => void }>();
  #last = 0;

  constructor() {
    const fake = {
      setTimeout: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
        this.#last += 1;
        this.#timers.set(this.#last, { at: this.#now + ms, run: () => run(...args) });
        return this.#last;
      },
      clearTimeout: (id: number) => this.#timers.delete(id),
    };
    Object.assign(window, fake);
    performance.now = () => this.#now;
  }

  close(): void {
    Object.assign(window, real);
    Reflect.deleteProperty(performance, 'now');
  }

  get pending(): number {
    return this.#timers.size;
  }

  /** Runs what comes due, in order, and lets everything that follows from it happen. */
  async tick(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settled();
    for (;;) {
      const [id, timer] = [...this.#timers].sort(([, a], [, b]) => a.at - b.at)[0] ?? [];
      if (id === undefined || !timer || timer.at > until) break;
      this.#now = Math.max(this.#now, timer.at);
      this.#timers.delete(id);
      timer.run();
      await settled();
    }
    this.#now = until;
  }
}

/** Everything that is already on its way has happened, answers that are read in several steps among it. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await new Promise<void>((resolve) => real.setTimeout(resolve, 0));
}
