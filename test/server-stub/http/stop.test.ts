import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { PaymentView } from '../../../src/contract/index.js';
import { CREDENTIALS } from '../../../demo/sandbox/settings.js';
import { startServer } from '../../../server-stub/server.js';
import { startWire } from '../providers/wire-server.js';
import { ManualPorts } from '../support/manual-ports.js';
import { BODY } from '../support/stage.js';
import { temporaryDirectory } from '../support/temporary.js';
import { openWire, request } from './wire.js';

/** A stop with somebody still there. Time passes only when a test says so. */
const STOP_WITHIN_MS = 20_000;

/** The server before a provider that answers as the test says, and what was asked of it. */
async function stage(t: TestContext, answer: () => string | undefined) {
  let asked = () => {};
  const provider = await startWire(t, () => {
    asked();
    return answer();
  });
  const ports = new ManualPorts();
  const server = await startServer({
    env: {
      PORT: '0',
      DATA_DIR: temporaryDirectory(),
      LOG_LEVEL: 'silent',
      ALLOWED_ORIGINS: 'https://shop.example',
      PROCARD_API_URL: `${provider.url}/api/`,
      PROCARD_MERCHANT_ID: CREDENTIALS.procardMerchantId,
      PROCARD_SECRET_KEY: CREDENTIALS.procardSecret,
      GOOGLE_PAY_GATEWAY_MERCHANT_ID: CREDENTIALS.gatewayMerchantId,
    },
    ports,
  });
  const port = Number(new URL(server.url).port);
  return {
    ports,
    server,
    port,
    /** Resolves at the provider's next request. */
    nextCall: () => new Promise<void>((resolve) => (asked = resolve)),
    create: () =>
      fetch(`${server.url}/pay/payments`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'idempotency-key-1' },
        body: JSON.stringify({ ...BODY, expected: { minor: 12_500, currency: 'UAH' } }),
      }),
  };
}

test('a stop cuts off who is still sending after 20 s, and not before', { timeout: 30_000 }, async (t) => {
  const { ports, server, port } = await stage(t, () => '{}');
  const headers = await openWire(port, 'GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  const body = await openWire(port, request('POST /pay/callbacks/x', { 'Content-Length': '100' }, 'a'));
  const idle = await openWire(port, request('GET /health'));
  await idle.hears('"ok"');
  let over = false;
  const closed = server.close().then(() => (over = true));
  await idle.closed();
  await ports.advance(STOP_WITHIN_MS - 1);
  assert.deepEqual([over, headers.socket.destroyed, body.socket.destroyed], [false, false, false]);
  await ports.advance(1);
  await Promise.all([closed, headers.closed(), body.closed()]);
});

test('a stop answers who waits for a payment’s end at once', { timeout: 30_000 }, async (t) => {
  const { server, port, create } = await stage(t, () => 'no JSON');
  const { id, version, status } = PaymentView.parse(await (await create()).json());
  assert.equal(status, 'processing');
  const poll = await openWire(port, request(`GET /pay/payments/${id}?wait=25&after=${version}`));
  // What was sent later has been answered, so the server has read this.
  assert.equal((await fetch(`${server.url}/health`)).status, 200);
  assert.equal(poll.heard(), '');
  await server.close();
  assert.match(await poll.closed(), /^HTTP\/1\.1 200 [^]*"status":"processing"/);
});

test('a stop does not wait longer than 20 s for a provider', { timeout: 30_000 }, async (t) => {
  const { ports, server, create, nextCall } = await stage(t, () => undefined);
  const called = nextCall();
  const cut = assert.rejects(create());
  await called;
  const closed = server.close();
  await ports.advance(STOP_WITHIN_MS);
  await Promise.all([closed, cut]);
});

test('a stopping server takes no new connection', async (t) => {
  const { server, port } = await stage(t, () => '{}');
  await server.close();
  await assert.rejects(openWire(port), { code: 'ECONNREFUSED' });
});
