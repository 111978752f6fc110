import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { openDatabase } from './database.js';
import { simulate } from './simulation.js';

test('in 2,000 runs with everything going wrong, every invariant holds', () => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'test/simulation/run.ts', '--seeds=2000'],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, `${stdout}${stderr}`);
  const [, runs, payments, captures] = /(\d+) runs, (\d+) payments, (\d+) captures/.exec(stdout) ?? [];
  assert.equal(runs, '2000');
  assert.ok(Number(payments) > 4_000 && Number(captures) > 1_000, stdout);
});

test('a seed repeats its run to the last log line', async () => {
  const database = await openDatabase();
  const first = await simulate(17, database);
  await database.clear();
  const second = await simulate(17, database);
  await database.close();
  assert.ok(first.story.length > 20);
  assert.deepEqual(second, first);
});
