// `npm run test:browsers`: the element tests and the main journeys in every engine, and a table of them in README.md.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { needCommands } from '../tools/need-commands.mjs';
import { ENGINES, type Engine, type EngineName } from './engines.js';
import { tableOf, withTable, type Count, type Row } from './table.js';

const rows: Row[] = [];
for (const [name, engine] of Object.entries<Engine>(ENGINES))
  rows.push(await tried(name as EngineName, engine));

console.log(`\n${tableOf(rows)}`);
writeFileSync('README.md', await withTable(readFileSync('README.md', 'utf8'), rows));
const isRight = (row: Row) => row.version !== undefined && row.elements.failed + row.journeys.failed === 0;
process.exitCode = rows.every(isRight) ? 0 : 1;

async function tried(name: EngineName, engine: Engine): Promise<Row> {
  const { title, commands, without } = engine;
  let version;
  try {
    needCommands(commands);
    const browser = await engine.open();
    ({ version } = browser);
    await browser.close();
  } catch (error) {
    const missing = error instanceof Error ? error.message : String(error);
    console.error(`\n!! ${title}: ${missing}\n!! Its tests are not run.\n`);
    return { title, missing };
  }
  console.log(`\n==== ${title} ${version}`);
  const { elements, journeys } = await steps(name);
  return { title, version, elements, journeys, without };
}

/** The same steps of `npm test`, in this engine. */
async function steps(name: EngineName): Promise<{ elements: Count; journeys: Count }> {
  const child = spawn(process.execPath, ['test/tools/run-tests.mjs', 'browser', 'engines'], {
    env: { ...process.env, ENGINE: name },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    output += chunk;
    process.stdout.write(String(chunk));
  }
  const count = (step: string): Count => {
    const [, passed, failed] =
      new RegExp(`^== ${step}: (\\d+) passed, (\\d+) failed`, 'm').exec(output) ?? [];
    return passed === undefined
      ? { passed: 0, failed: 1 }
      : { passed: Number(passed), failed: Number(failed) };
  };
  return { elements: count('browser'), journeys: count('engines') };
}
