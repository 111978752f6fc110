import type { Answer } from './merchant-client.js';
import type { Wake } from './wake.js';

export type Settled<T> = Exclude<Answer<T>, { kind: 'unknown' }>;

/** Who waits, and until when. */
export interface Waiting {
  readonly signal: AbortSignal;
  readonly wake: Wake;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Asks until an answer settles the question: ever more slowly, and at once when the page wakes up. `undefined` once
 * nobody wants to know any more.
 */
export async function insist<T>(
  { signal, wake }: Waiting,
  ask: (woken: AbortSignal) => Promise<Answer<T>>,
  onUnknown: () => void,
): Promise<Settled<T> | undefined> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    const woken = AbortSignal.any([signal, wake.signal]);
    const answer = await ask(woken);
    if (signal.aborted) return undefined;
    if (answer.kind !== 'unknown') return answer;
    if (!woken.aborted) {
      onUnknown();
      await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures), woken);
    }
    if (woken.aborted) failures = -1;
  }
  return undefined;
}

/** Ends early when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
  });
}
