import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { temporaryDirectory } from './support/temporary.js';

/** Runs the server's own program, and on SIGUSR2 this statement inside it. Resolves to what it said, and its exit code. */
async function failing(statement: string) {
  const preload = `data:text/javascript,${encodeURIComponent(`process.on('SIGUSR2', () => { ${statement} })`)}`;
  const child = spawn(process.execPath, ['--import', preload, '--import', 'tsx', 'server-stub/main.ts'], {
    env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: temporaryDirectory(), LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors = text(child.stderr);
  let said = '';
  child.stdout.on('data', (chunk) => (said += String(chunk)));
  await once(child.stdout, 'data');
  child.kill('SIGUSR2');
  const [code] = (await once(child, 'close')) as [number];
  return { code, said, errors: await errors };
}

const THROWN = `Object.assign(new RangeError('canary'), { canary: 1, cause: new Error('canary') })`;

for (const [name, statement] of Object.entries({
  'an exception that nobody catches': `throw ${THROWN}`,
  'a rejection that nobody handles': `Promise.reject(${THROWN})`,
  'a rejection with no error': `Promise.reject({ canary: 'canary' })`,
}))
  test(`${name} ends the process with one line, without what the error says`, async () => {
    const { code, said, errors } = await failing(statement);
    assert.equal(code, 1);
    assert.equal(errors, '');
    const [, line, ...rest] = said.trimEnd().split('\n');
    const { msg, why } = JSON.parse(line ?? '') as { msg: string; why: string };
    assert.equal(msg, 'server failed');
    assert.match(why, /^RangeError at .*, because of Error$|^something that is not an error/);
    assert.deepEqual(rest, []);
    assert.doesNotMatch(said, /canary/);
  });
