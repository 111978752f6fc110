/** One line of a benchmark's table. */
export type Row = Readonly<Record<string, string | number>>;

/** One number that a benchmark is about. */
export interface Figure {
  /** What is counted, in which unit. */
  name: string;
  value: number;
  /** The most that it may be. Left out: it is told, and nothing is asked of it. */
  limit?: number;
}

export interface Outcome {
  rows: readonly Row[];
  figures: readonly Figure[];
}

/** What `test/bench/<name>.bench.ts` exports. Ratios say more than times: those are this machine's, at this moment. */
export interface Bench {
  /** One sentence over the table. */
  title: string;
  /** What only `npm run bench` makes ready. Without it the bench runs, too, and tells less. */
  setUp?(): void;
  /** `scale`: 1, or the fraction of its usual size that is enough to see that it works. */
  run(scale: number): Promise<Outcome>;
}

const ROUNDS = 7;

/**
 * Milliseconds for one call of each work, the median of several rounds. The works take turns, so that whatever else
 * the machine does meets them all; a round before the first is not counted.
 */
export async function measure<Name extends string>(
  times: number,
  works: Record<Name, (number: number) => unknown>,
): Promise<Record<Name, number>> {
  const names = Object.keys(works) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of names) {
      const start = performance.now();
      for (let number = 0; number < times; number += 1) await works[name](number);
      if (round > 0) measured[name].push((performance.now() - start) / times);
    }
  }
  return Object.fromEntries(names.map((name) => [name, percentile(measured[name], 0.5)])) as Record<
    Name,
    number
  >;
}

/** The value below which a share of them lies; `percentile(values, 0.5)` is the median. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** That share of a benchmark's usual size, and at least one. */
export function scaled(usual: number, scale: number): number {
  return Math.max(1, Math.round(usual * scale));
}

export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
