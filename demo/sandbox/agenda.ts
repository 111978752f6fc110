interface Task {
  moment: number;
  run: () => void;
}

/** The longest that Node's timers wait. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * What is to happen at a moment of the sandbox's clock. A timer does it; where the clock jumps, it is done before the
 * next request is looked at, so that nobody sees what time has overtaken.
 */
export class Agenda {
  readonly #now: () => number;
  /** The earliest first. */
  #tasks: Task[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** `moment`: milliseconds since the epoch. A moment that is past is next. */
  at(moment: number, run: () => void): void {
    const before = this.#tasks.findLastIndex((task) => task.moment <= moment);
    this.#tasks.splice(before + 1, 0, { moment, run });
    this.#arm();
  }

  /** Does what is due, in the order of its moments. */
  catchUp(): void {
    for (let first = this.#tasks[0]; first && first.moment <= this.#now(); first = this.#tasks[0]) {
      this.#tasks.shift();
      first.run();
    }
    this.#arm();
  }

  clear(): void {
    this.#tasks = [];
    this.#arm();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const [first] = this.#tasks;
    if (!first) return;
    this.#timer = setTimeout(() => this.catchUp(), Math.min(first.moment - this.#now(), LONGEST_WAIT_MS));
    // Nobody waits for what would have happened after the end.
    this.#timer.unref();
  }
}
