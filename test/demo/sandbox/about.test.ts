import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardRows, CERTAINTY, exampleOf, LOOK_INSIDE } from '../../../demo/sandbox/about.js';
import { FAULTS, type FaultName } from '../../../demo/sandbox/faults/fault.js';
import { SCENARIOS } from '../../../demo/sandbox/scenarios.js';
import { startSandbox } from '../../../demo/sandbox/sandbox.js';

test('the example of every fault is an order that the sandbox takes', async () => {
  const sandbox = await startSandbox({ port: 0 });
  try {
    for (const name of Object.keys(FAULTS) as FaultName[]) {
      const body = JSON.stringify(exampleOf(name));
      const answer = await fetch(`${sandbox.url}/control/faults`, { method: 'POST', body });
      assert.equal(answer.status, 200, `${name}: ${await answer.text()}`);
    }
  } finally {
    await sandbox.close();
  }
});

test('every address for a look inside answers', async () => {
  const sandbox = await startSandbox({ port: 0 });
  try {
    for (const [path] of LOOK_INSIDE) assert.equal((await fetch(sandbox.url + path)).status, 200, path);
    const certainty = await fetch(`${sandbox.url}/control/certainty`);
    assert.deepEqual(await certainty.json(), CERTAINTY);
  } finally {
    await sandbox.close();
  }
});

test('each card of the scenario table is told once, to the provider that it belongs to', () => {
  const told = [...cardRows('procard'), ...cardRows('globalpay')].map(([card]) => card.split(' ')[1]);
  assert.deepEqual(told.sort(), [...new Set(SCENARIOS.map((row) => row.card.pan))].sort());
});

test('every party says what is assumed', () => {
  for (const { party, rows } of CERTAINTY)
    assert.ok(
      rows.some(({ certainty }) => certainty === 'assumed'),
      party,
    );
});
