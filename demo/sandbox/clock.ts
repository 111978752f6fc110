/** The time of everybody in the sandbox, for lives of tokens and challenges. It can go wrong on order. */
export class Clock {
  readonly #right: () => number;
  #shiftMs = 0;

  /** `right`: milliseconds since the epoch. */
  constructor(right: () => number = Date.now) {
    this.#right = right;
  }

  readonly now = (): number => this.#right() + this.#shiftMs;

  shift(seconds: number): void {
    this.#shiftMs += seconds * 1000;
  }

  clear(): void {
    this.#shiftMs = 0;
  }
}
