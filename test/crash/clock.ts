/** At the instant `real` of the machine's clock it was `at`; from then on time passes `rate` times as fast. */
export interface ClockFace {
  real: number;
  at: number;
  rate: number;
}

export function timeOn({ real, at, rate }: ClockFace): number {
  return Math.floor(at + (Date.now() - real) * rate);
}

/** One time for all servers and the sandbox. It can be made to run fast, and never runs back. */
export class SharedClock {
  readonly #followers = new Set<(face: ClockFace) => void>();
  #face: ClockFace = { real: Date.now(), at: Date.now(), rate: 1 };

  readonly now = (): number => timeOn(this.#face);

  get face(): ClockFace {
    return this.#face;
  }

  /** From now on, this many times as fast as the machine's clock. */
  run(rate: number): void {
    this.#set(this.now(), rate);
  }

  /** So much has passed at once. Time that flew instead would run on for whoever hears late that it is over. */
  leap(ms: number): void {
    this.#set(this.now() + ms, this.#face.rate);
  }

  /** Has somebody told whenever the clock runs differently, until the returned function is called. */
  follow(tell: (face: ClockFace) => void): () => void {
    this.#followers.add(tell);
    return () => this.#followers.delete(tell);
  }

  #set(at: number, rate: number): void {
    this.#face = { real: Date.now(), at, rate };
    for (const tell of this.#followers) tell(this.#face);
  }
}
