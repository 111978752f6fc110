import { setImmediate } from 'node:timers/promises';

/** Far below what a statement may have of parameters, in either database. */
const MOST = 1_000;

interface Waiting<Thing> {
  thing: Thing;
  resolve: (done: boolean) => void;
  reject: (error: unknown) => void;
}

/**
 * Writes with one statement what comes at one time: a flood of single commits would be slower than the disk. What comes
 * while a statement is under way waits for the next. `write` resolves to what it did with each of its things.
 */
export function together<Thing>(
  write: (things: Thing[]) => Promise<boolean[]>,
): (thing: Thing) => Promise<boolean> {
  const waiting: Waiting<Thing>[] = [];
  let busy = false;
  return (thing) =>
    new Promise((resolve, reject) => {
      waiting.push({ thing, resolve, reject });
      if (!busy) void writeAll();
    });

  async function writeAll(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const now = waiting.splice(0, MOST);
      try {
        const done = await write(now.map(({ thing }) => thing));
        now.forEach(({ resolve }, index) => resolve(done[index] === true));
      } catch (error) {
        for (const { reject } of now) reject(error);
      }
      // An embedded database blocks the process: whatever came meanwhile is read now.
      await setImmediate();
    }
    busy = false;
  }
}
