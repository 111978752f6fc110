import type { Time } from './time.js';

/** Longer than the server's whole schedule of questions, and than the merchant may be unreachable. */
const QUIET_MS = 100 * 3_600_000;

/** When something is to be done next, by the tables themselves; `undefined`: nothing any more. */
export type NextDue = () => Promise<number | undefined>;

/** Lets time pass, with a server's round whenever something is due, until nothing is to be done any more. */
export async function quieten(deps: { time: Time; nextDue: NextDue; round: () => void }): Promise<void> {
  const { time, nextDue, round } = deps;
  const end = time.now() + QUIET_MS;
  for (;;) {
    const due = Math.min(time.next ?? Infinity, (await nextDue()) ?? Infinity);
    if (due > end) return;
    await time.runUntil(Math.max(due, time.now() + 500));
    round();
    await time.runUntil(time.now() + 10);
  }
}
