const SHORTEST_SLEEP_MS = 1_000;

/**
 * Tells whoever waits that asking again may be worthwhile: the page came back into view, out of the back-forward
 * cache, or online, or somebody knows better. At most once per second.
 */
export class Wake {
  #call = new AbortController();
  #last = -SHORTEST_SLEEP_MS;

  /** Listens until the signal aborts. */
  constructor(signal: AbortSignal) {
    window.addEventListener('online', this.call, { signal });
    window.addEventListener('pageshow', (event) => event.persisted && this.call(), { signal });
    document.addEventListener('visibilitychange', () => document.hidden || this.call(), { signal });
  }

  /** Aborted at the next call. */
  get signal(): AbortSignal {
    return this.#call.signal;
  }

  readonly call = (): void => {
    const now = performance.now();
    if (now - this.#last < SHORTEST_SLEEP_MS) return;
    this.#last = now;
    const call = this.#call;
    this.#call = new AbortController();
    call.abort();
  };
}
