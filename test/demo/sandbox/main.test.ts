import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, test } from 'node:test';
import { text } from 'node:stream/consumers';
import { CREDENTIALS } from '../../../demo/sandbox/settings.js';
import { sign } from './merchant.js';

const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
  }
});

function run(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/sandbox/main.ts'], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

/** All that it prints while it starts. */
async function introductionOf({ stdout }: ReturnType<typeof run>): Promise<string> {
  let printed = '';
  for await (const chunk of stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    printed += chunk;
    if (printed.endsWith('SANDBOX.md\n')) break;
  }
  return printed;
}

async function ending(child: ReturnType<typeof run>): Promise<{ code: number; complaint: string }> {
  const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code: code as number, complaint };
}

test('it prints what a merchant needs in lines of at most 100 characters, and ends at a signal', async () => {
  const child = run({ SANDBOX_PORT: '0' });
  const printed = await introductionOf(child);
  const [origin] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [''];
  assert.equal((await fetch(origin)).status, 200);
  for (const value of [
    `${origin}/procard/api/`,
    `${origin}/globalpay/checkout`,
    ...Object.values(CREDENTIALS),
  ])
    assert.ok(printed.includes(` ${value}\n`), value);
  for (const line of printed.split('\n')) assert.ok(line.length <= 100, line);
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('a merchant brings its own credentials', async () => {
  const child = run({ SANDBOX_PORT: '0', SANDBOX_PROCARD_MERCHANT_ID: 'BO_own' });
  const printed = await introductionOf(child);
  const api = /http\S+\/procard\/api\//.exec(printed)?.[0] ?? '';
  assert.match(printed, /^ {2}PROCARD_MERCHANT_ID +BO_own$/m);
  const codeFor = async (merchant_id: string) => {
    const fields = { merchant_id, order_id: 'none', signature: sign([merchant_id, 'none']) };
    const answer = await fetch(`${api}check`, { method: 'POST', body: new URLSearchParams(fields) });
    return ((await answer.json()) as { code: number }).code;
  };
  assert.equal(await codeFor('BO_own'), -10);
  assert.equal(await codeFor(CREDENTIALS.procardMerchantId), -3);
});

test('a wrong setting stops the start with one sentence', async () => {
  const { code, complaint } = await ending(run({ SANDBOX_PROCARD_CALLBACK_ALGORITHM: 'sha1' }));
  assert.equal(
    complaint,
    'The sandbox does not start: SANDBOX_PROCARD_CALLBACK_ALGORITHM must be sha512 or md5.\n',
  );
  assert.equal(code, 1);
});

test('a taken port is named', async () => {
  const stranger = createServer().listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  const { port } = stranger.address() as AddressInfo;
  const { code, complaint } = await ending(run({ SANDBOX_PORT: String(port) }));
  stranger.close();
  assert.match(complaint, new RegExp(`^The sandbox does not start: SANDBOX_PORT ${port} .*\\.\\n$`));
  assert.equal(code, 1);
});
