import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { startPostgres } from '../tools/postgres.mjs';
import type { Bench, Figure } from './bench.js';

/**
 * `npm run bench`: every benchmark of this folder, or only those named: `npm run bench -- ecv2`. What they measure is
 * kept in results.json, each with its day and machine. Ends with 1 where a limit is broken.
 */

interface Result {
  name: string;
  title: string;
  date: string;
  machine: object;
  rows: readonly object[];
  figures: readonly object[];
}

const names = readdirSync(import.meta.dirname)
  .flatMap((file) => /^(.+)\.bench\.ts$/.exec(file)?.[1] ?? [])
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));

if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  process.exitCode = 1;
} else {
  const postgres = await databaseServer();
  try {
    const results = await runAll(wanted.length > 0 ? wanted : names);
    await keep(results);
  } finally {
    await postgres?.stop();
    // Where a benchmark failed, its processes are waiting for more.
    setImmediate(() => process.exit());
  }
}

async function runAll(chosen: readonly string[]): Promise<Result[]> {
  const machine = { node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length };
  const date = new Date().toISOString().slice(0, 10);
  const results: Result[] = [];
  for (const name of chosen) {
    const { bench } = (await import(`./${name}.bench.js`)) as { bench: Bench };
    console.log(`\n${name}: ${bench.title}`);
    bench.setUp?.();
    const { rows, figures } = await bench.run(1);
    console.table(rows);
    for (const figure of figures) console.log(sentence(figure));
    if (!figures.every(holds)) process.exitCode = 1;
    results.push({
      name,
      title: bench.title,
      date,
      machine,
      rows,
      figures: figures.map((figure) => ({ ...figure, holds: holds(figure) })),
    });
  }
  return results;
}

/** The one that is named in TEST_DATABASE_URL, or one for as long as the benchmarks run. */
async function databaseServer(): Promise<{ stop(): Promise<void> } | undefined> {
  if (process.env['TEST_DATABASE_URL']) return undefined;
  try {
    const postgres = await startPostgres();
    process.env['TEST_DATABASE_URL'] = postgres.url;
    return postgres;
  } catch (error) {
    console.error(`PostgreSQL is left out: ${String(error)}`);
    return undefined;
  }
}

function holds({ value, limit }: Figure): boolean {
  return limit === undefined || value <= limit;
}

function sentence(figure: Figure): string {
  const { name, value, limit } = figure;
  if (limit === undefined) return `  ${name}: ${value}`;
  return `  ${name}: ${value}, at most ${limit}${holds(figure) ? '' : ' IS BROKEN'}`;
}

/** Those that did not run stay as they are. */
async function keep(results: readonly Result[]): Promise<void> {
  const file = join(import.meta.dirname, 'results.json');
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Result[]) : [];
  const newest = new Map([...before, ...results].map((result) => [result.name, result]));
  const kept = names.flatMap((name) => newest.get(name) ?? []);
  writeFileSync(file, await format(JSON.stringify(kept), { parser: 'json' }));
}
