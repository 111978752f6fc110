import { rounded, scaled, type Bench } from './bench.js';
import type { Memory } from './processes/many-payments.js';
import { start } from './processes/start.js';

const PAYMENTS = 100_000;
const STEPS = 5;

/** Whether anything of a payment stays behind in the process when it is over. */
export const bench: Bench = {
  title: `memory over ${PAYMENTS.toLocaleString('en')} payments, each created, waited for and approved`,
  async run(scale) {
    const step = scaled(PAYMENTS / STEPS, scale);
    const core = await start('many-payments');
    const seen: Memory[] = [];
    while (seen.length < STEPS) seen.push(await core.ask<Memory>(String(step)));
    await core.end();

    const [first, last] = [seen[0], seen.at(-1)];
    if (!first || !last) throw new Error('nothing was measured');
    const slope = (part: keyof Memory) => rounded((last[part] - first[part]) / (step * (STEPS - 1)), 1);
    const growth = (part: keyof Memory) => rounded(last[part] / first[part], 3);
    return {
      rows: seen.map(({ heap, rss }, number) => ({
        payments: step * (number + 1),
        'heap, MiB': rounded(heap / 2 ** 20),
        'process memory, MiB': rounded(rss / 2 ** 20),
      })),
      figures: [
        { name: 'heap at the end: times that of the first step', value: growth('heap'), limit: 1.1 },
        { name: 'process memory at the end: times that of the first step', value: growth('rss'), limit: 1.1 },
        { name: 'heap, bytes for each further payment', value: slope('heap') },
        { name: 'process memory, bytes for each further payment', value: slope('rss') },
      ],
    };
  },
};
