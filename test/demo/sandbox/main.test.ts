import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { CREDENTIALS } from '../../../demo/sandbox/settings.js';
import { sign } from './merchant.js';
import { failToStart, runSandbox } from './walk/run-sandbox.js';

test('it prints what a merchant needs in lines of at most 100 characters, and ends at a signal', async () => {
  const sandbox = await runSandbox();
  const { origin, printed } = sandbox;
  try {
    assert.equal((await fetch(origin)).status, 200);
    for (const value of [
      `${origin}/procard/api/`,
      `${origin}/globalpay/checkout`,
      ...Object.values(CREDENTIALS),
    ])
      assert.ok(printed.includes(` ${value}\n`), value);
    for (const line of printed.split('\n')) assert.ok(line.length <= 100, line);
  } finally {
    assert.equal(await sandbox.close(), 0);
  }
});

test('a merchant brings its own credentials', async () => {
  const sandbox = await runSandbox({ SANDBOX_PROCARD_MERCHANT_ID: 'BO_own' });
  const codeFor = async (merchant_id: string) => {
    const fields = { merchant_id, order_id: 'none', signature: sign([merchant_id, 'none']) };
    const body = new URLSearchParams(fields);
    const answer = await fetch(`${sandbox.origin}/procard/api/check`, { method: 'POST', body });
    return ((await answer.json()) as { code: number }).code;
  };
  try {
    assert.match(sandbox.printed, /^ {2}PROCARD_MERCHANT_ID +BO_own$/m);
    assert.equal(await codeFor('BO_own'), -10);
    assert.equal(await codeFor(CREDENTIALS.procardMerchantId), -3);
  } finally {
    await sandbox.close();
  }
});

test('a wrong setting stops the start with one sentence', async () => {
  const { code, complaint } = await failToStart({ SANDBOX_PROCARD_CALLBACK_ALGORITHM: 'sha1' });
  const expected = 'The sandbox does not start: SANDBOX_PROCARD_CALLBACK_ALGORITHM must be sha512 or md5.\n';
  assert.equal(complaint, expected);
  assert.equal(code, 1);
});

test('a taken port is named', async () => {
  const stranger = createServer().listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  const { port } = stranger.address() as AddressInfo;
  const { code, complaint } = await failToStart({ SANDBOX_PORT: String(port) });
  stranger.close();
  assert.match(complaint, new RegExp(`^The sandbox does not start: SANDBOX_PORT ${port} .*\\.\\n$`));
  assert.equal(code, 1);
});
