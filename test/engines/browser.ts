import { setTimeout } from 'node:timers/promises';

/** What the journeys need of a browser, in every engine alike. */
export interface EngineBrowser {
  /** `153.7.0` */
  readonly version: string;
  /** A new shopper's tab: no cookies, no storage. Close it before the next. */
  newTab(): Promise<Tab>;
  close(): Promise<void>;
}

export interface Tab {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** The value of an expression in the page. */
  evaluate(expression: string): Promise<unknown>;
  /** Clicks with a mouse, once the target is there. */
  click(target: Target): Promise<void>;
  /** Types on a keyboard, once the target is there. */
  type(target: Target, text: string): Promise<void>;
  close(): Promise<void>;
}

export interface Target {
  /** CSS, looked for in open shadow trees, too. It may not reach from one tree into another. */
  readonly selector: string;
  /** The frames that it is in, from the outside in. */
  readonly frames?: readonly string[];
}

/** What is there is found at once. A look that gets no answer (see webdriver.mjs) leaves time for another one. */
const WITHIN_MS = 90_000;

/**
 * Looks until something is found. Between two pages a look may fail, which is like finding nothing; the last failure is
 * the cause of the Error that is thrown in the end.
 */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    const { found, cause } = await look().then(
      (found) => ({ found, cause: undefined }),
      (cause: unknown) => ({ found: undefined, cause }),
    );
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Not within ${WITHIN_MS} ms: ${what}`, { cause });
    await setTimeout(50);
  }
}
