/** More than any delivery takes. A browser that is further off has another clock. */
const TRUSTED_DELAY_MS = 10_000;

/**
 * When something began in a browser that tells of it afterwards, in the sandbox's time. A browser on this machine has
 * the same clock, so what it says of the past holds; otherwise it ended when it was told.
 */
export function browserTime(
  { startedAt, tookMs }: { startedAt: number; tookMs: number },
  now: () => number,
): number {
  const [here, inSandbox] = bothClocks(now);
  const delay = here - startedAt - tookMs;
  const isTrusted = delay >= 0 && delay <= TRUSTED_DELAY_MS;
  return inSandbox - tookMs - (isTrusted ? delay : 0);
}

/** Both at the same millisecond: what passes between two looks would count as a difference of the clocks. */
function bothClocks(now: () => number): [here: number, inSandbox: number] {
  for (;;) {
    const here = Date.now();
    const inSandbox = now();
    if (Date.now() === here) return [here, inSandbox];
  }
}
