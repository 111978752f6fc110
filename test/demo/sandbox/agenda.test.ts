import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Agenda } from '../../../demo/sandbox/agenda.js';

let now: number;
let agenda: Agenda;
let done: string[];

beforeEach(() => {
  now = 1_000;
  agenda = new Agenda(() => now);
  done = [];
});
afterEach(() => agenda.clear());

function note(moment: number, name: string): void {
  agenda.at(moment, () => done.push(name));
}

describe('Agenda', () => {
  it('does what is due in the order of its moments, and of asking where they are the same', () => {
    note(1_003, 'third');
    note(1_001, 'first');
    note(1_001, 'second');
    note(1_004, 'later');
    now = 1_003;
    agenda.catchUp();
    assert.deepEqual(done, ['first', 'second', 'third']);
  });

  it('does nothing twice, and nothing before its moment', () => {
    note(2_000, 'once');
    now = 1_999;
    agenda.catchUp();
    assert.deepEqual(done, []);
    now = 2_000;
    agenda.catchUp();
    agenda.catchUp();
    assert.deepEqual(done, ['once']);
  });

  it('does in the same round what a task adds, if it is due', () => {
    agenda.at(1_001, () => note(1_002, 'added'));
    now = 1_002;
    agenda.catchUp();
    assert.deepEqual(done, ['added']);
  });

  it('wakes by itself, and goes on waiting where the clock is late', async () => {
    let looks = 0;
    agenda = new Agenda(() => {
      looks += 1;
      return looks > 6 ? 1_005 : 1_000;
    });
    // Something else has to, for the agenda does not keep this process alive.
    const life = setInterval(() => undefined, 1_000);
    await new Promise<void>((resolve) => agenda.at(1_005, resolve));
    clearInterval(life);
    assert(looks > 6);
  });

  it('keeps no process alive', { timeout: 60_000 }, async () => {
    const url = new URL('../../../demo/sandbox/agenda.ts', import.meta.url).href;
    const script = `const { Agenda } = await import('${url}');
      new Agenda(Date.now).at(Date.now() + 3_600_000, () => undefined);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  it('forgets everything when it is cleared', () => {
    note(1_001, 'forgotten');
    agenda.clear();
    now = 1_001;
    agenda.catchUp();
    assert.deepEqual(done, []);
  });
});
