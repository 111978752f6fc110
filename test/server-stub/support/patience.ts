import type { mock } from 'node:test';

/** How long a server waits for a whole answer of a provider, in a test that ends the waiting itself. Nothing else lasts as long. */
export const PATIENCE_MS = 29_999;

/** Has that time pass no more by itself, however long it takes. Returns what ends it for every call under way. */
export function holdPatience(tracker: typeof mock): () => void {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const calls: AbortController[] = [];
  tracker.method(AbortSignal, 'timeout', (ms: number) => {
    if (ms !== PATIENCE_MS) return timeout(ms);
    const call = new AbortController();
    calls.push(call);
    return call.signal;
  });
  return () => {
    for (const call of calls.splice(0)) call.abort(new DOMException('It took too long.', 'TimeoutError'));
  };
}
