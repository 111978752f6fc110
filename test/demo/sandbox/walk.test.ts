import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { BLOCKS, STEPS } from './walk/document.js';
import { runSandbox } from './walk/run-sandbox.js';
import { freePort } from '../../support/free-port.mjs';

/** Printed between two blocks, to tell their outputs apart. */
const BORDER = '\u001e';

interface Capture {
  provider: string;
  amountMinor: number;
  currency: string;
}

/** Runs the walk as it stands in SANDBOX.md, the port aside, in one shell; answers with what each block printed. */
async function walk(shell: string, origin: string): Promise<string[]> {
  const blocks = STEPS.map(({ code }) => at(origin, code));
  const child = spawn(shell, ['-s'], { env: { PATH: process.env['PATH'] }, stdio: 'pipe' });
  child.stdin.end(blocks.join(`printf '\\036'\n`));
  const [printed, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.equal(complaints, '');
  return printed.split(BORDER);
}

function at(origin: string, code: string): string {
  return code.replaceAll('8090', new URL(origin).port);
}

/** `…` stands for what differs every time. */
function pattern(expected: string): RegExp {
  const literal = expected.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('…', '[^",]+')}$`);
}

async function captures(origin: string): Promise<[string, number, string][]> {
  const ledger = (await (await fetch(`${origin}/control/ledger`)).json()) as { captures: Capture[] };
  return ledger.captures.map(({ provider, amountMinor, currency }) => [provider, amountMinor, currency]);
}

const THREE_PAYMENTS = [
  ['procard', 125_050, 'UAH'],
  ['procard', 9_900, 'UAH'],
  ['globalpay', 4_500_000, 'UZS'],
];

for (const shell of ['sh', 'bash']) {
  test(`the walk of SANDBOX.md prints in ${shell} what stands beside it, and charges three times`, async (t) => {
    if (spawnSync(shell, ['-c', 'exit']).status !== 0) return t.skip(`there is no ${shell} here`);
    const sandbox = await runSandbox();
    try {
      const printed = await walk(shell, sandbox.origin);
      for (const [index, { code, expected }] of STEPS.entries())
        assert.match(printed[index] ?? '', pattern(at(sandbox.origin, expected)), code);
      assert.deepEqual(await captures(sandbox.origin), THREE_PAYMENTS);
      const all = printed.join('');
      assert.match(all, /"code":-4,/);
      assert.equal(all.match(/"(transactionStatus|status)":"APPROVED"/g)?.length, 3);
    } finally {
      await sandbox.close();
    }
  });
}

test('a merchant in Python pays in three ways, and finds every callback right', async (t) => {
  if (spawnSync('python3', ['--version']).status !== 0) return t.skip('there is no python3 here');
  const port = await freePort();
  const sandbox = await runSandbox({ SANDBOX_GLOBALPAY_CALLBACK_URL: `http://127.0.0.1:${port}/globalpay` });
  try {
    const script = fileURLToPath(new URL('walk/merchant.py', import.meta.url));
    const child = spawn('python3', ['-B', script, sandbox.origin, String(port)], { stdio: 'pipe' });
    const [printed, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
    assert.equal(complaints, '');
    assert.deepEqual(printed.trim().split('\n'), [
      'google_pay_with_3ds 2002 APPROVED APPROVED Approved',
      'procard_page approve APPROVED Approved',
      'globalpay_page thanks APPROVED receipt',
    ]);
    assert.deepEqual(await captures(sandbox.origin), THREE_PAYMENTS);
  } finally {
    await sandbox.close();
  }
});

test('the lines for a test run start a sandbox, wait for it and reset it', async () => {
  const block = BLOCKS.find(({ code }) => code.startsWith('SANDBOX_PORT=8090 npm run sandbox'));
  assert(block);
  const origin = `http://127.0.0.1:${await freePort()}`;
  const shell = spawn('sh', ['-c', at(origin, block.code)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  assert(shell.pid);
  const printed = text(shell.stdout);
  try {
    assert.deepEqual(await once(shell, 'exit'), [0, null]);
    assert.deepEqual(await captures(origin), []);
  } finally {
    // The sandbox stays behind in the shell's process group, as it would in a test run.
    process.kill(-shell.pid);
  }
  assert.ok((await printed).includes('{"reset":true}'));
});
