import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { openDatabase } from './database.js';
import { simulate, type Report } from './simulation.js';

/** What one process says of its share. */
export interface Share {
  runs: number;
  payments: number;
  captures: number;
  /** The first seed that broke something, with what it broke. */
  broken: { seed: number; violations: string[] } | null;
}

const options = new Command('npm run sim --')
  .description('Runs the payment core against model providers, in virtual time, with everything going wrong.')
  .option('--seeds <n>', 'how many runs', wholeNumber, 2_000)
  .option('--from <seed>', 'the first seed; SEED=<seed> runs that one and tells its story', wholeNumber, 1)
  .option('--until <ids>', 'go on until one of these is broken, such as I1,I3', (text) => text.split(','))
  .option('--step <n>', 'run every n-th seed alone, and report to the parent process', wholeNumber)
  .parse()
  .opts<{ seeds: number; from: number; until?: string[]; step?: number }>();

const replayed = process.env['SEED'];
if (options.step) process.send?.(await share(options.from, options.seeds, options.step));
else if (replayed !== undefined) await replay(wholeNumber(replayed));
else await all(options.from, options.seeds);

/** Runs its seeds one after the other, up to the first that breaks something. */
async function share(from: number, seeds: number, step: number): Promise<Share> {
  const database = await openDatabase();
  const total: Share = { runs: 0, payments: 0, captures: 0, broken: null };
  for (let seed = from; total.runs < seeds && !total.broken; seed += step) {
    const report = await simulate(seed, database);
    await database.clear();
    total.runs++;
    total.payments += report.payments;
    total.captures += report.captures;
    if (report.violations.some(isWanted)) total.broken = { seed, violations: report.violations };
  }
  await database.close();
  return total;
}

function isWanted(violation: string): boolean {
  return !options.until || options.until.some((invariant) => violation.startsWith(`${invariant} `));
}

/** As many processes as there are processors. The first to find something ends the others. */
async function all(from: number, seeds: number): Promise<void> {
  const processes = Math.min(availableParallelism(), seeds);
  const children = Array.from({ length: processes }, (_, number) => {
    const size = Math.floor(seeds / processes) + (number < seeds % processes ? 1 : 0);
    const given = [`--from=${from + number}`, `--seeds=${size}`, `--step=${processes}`];
    if (options.until) given.push(`--until=${options.until.join()}`);
    return fork(fileURLToPath(import.meta.url), given);
  });
  const total: Share = { runs: 0, payments: 0, captures: 0, broken: null };
  await Promise.all(
    children.map(async (child) => {
      const share = await reportOf(child);
      if (!share) return;
      total.runs += share.runs;
      total.payments += share.payments;
      total.captures += share.captures;
      if (!share.broken || total.broken) return;
      total.broken = share.broken;
      for (const other of children) if (other !== child) other.kill();
    }),
  );
  console.log(`${total.runs} runs, ${total.payments} payments, ${total.captures} captures`);
  if (!total.broken) return console.log('Every invariant held.');
  const { seed, violations } = total.broken;
  console.log(`Seed ${seed} broke:\n  ${violations.join('\n  ')}\nTo see it again: SEED=${seed} npm run sim`);
  process.exitCode = 1;
}

/** `undefined`: it was ended because another has found something. */
async function reportOf(child: ChildProcess): Promise<Share | undefined> {
  const report = new Promise<Share>((resolve) => child.once('message', (share) => resolve(share as Share)));
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const first = await Promise.race([report, ended]);
  if (!Array.isArray(first)) return first;
  if (child.killed) return undefined;
  throw new Error(`a share of the runs ended with ${first[0]}`);
}

async function replay(seed: number): Promise<void> {
  const database = await openDatabase();
  const { story, violations }: Report = await simulate(seed, database);
  await database.close();
  console.log(story.join('\n'));
  console.log(violations.length > 0 ? violations.join('\n') : 'every invariant held');
  if (violations.length > 0) process.exitCode = 1;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
