/** One line of a benchmark's table. */
export type Row = Readonly<Record<string, string | number>>;

/** What `test/bench/<name>.bench.ts` exports. Ratios say more than times: those are this machine's, at this moment. */
export interface Bench {
  /** One sentence over the table. */
  title: string;
  run(): Promise<readonly Row[]>;
}

const ROUNDS = 7;

/**
 * Milliseconds for one call of each work, the median of several rounds. The works take turns, so that whatever else
 * the machine does meets them all; a round before the first is not counted.
 */
export function measure<Name extends string>(
  times: number,
  works: Record<Name, (number: number) => unknown>,
): Record<Name, number> {
  const names = Object.keys(works) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of names) {
      const start = performance.now();
      for (let number = 0; number < times; number += 1) works[name](number);
      if (round > 0) measured[name].push((performance.now() - start) / times);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(measured[name])])) as Record<Name, number>;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
