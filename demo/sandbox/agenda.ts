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
  #tasks: Task[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** `moment`: milliseconds since the epoch. A moment that is past is next. */
  at(moment: number, run: () => void): void {
    this.#tasks.push({ moment, run });
    this.#arm();
  }

  /** Does what is due, in the order of its moments. */
  catchUp(): void {
    for (let task = this.#first(); task && task.moment <= this.#now(); task = this.#first()) {
      this.#tasks.splice(this.#tasks.indexOf(task), 1);
      task.run();
    }
    this.#arm();
  }

  clear(): void {
    this.#tasks = [];
    this.#arm();
  }

  #first(): Task | undefined {
    return this.#tasks.reduce<Task | undefined>(
      (first, task) => (first && first.moment <= task.moment ? first : task),
      undefined,
    );
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const first = this.#first();
    if (!first) return;
    this.#timer = setTimeout(() => this.catchUp(), Math.min(first.moment - this.#now(), LONGEST_WAIT_MS));
  }
}
