import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer, type RunningServer } from '../../../server-stub/server.js';
import { temporaryDirectory } from '../support/temporary.js';
import { openWire, request } from './wire.js';

/** What comes over a socket and is no proper request, or one that only a socket can show. */
let server: RunningServer;
let port: number;
before(async () => {
  server = await startServer({ env: { PORT: '0', DATA_DIR: temporaryDirectory(), LOG_LEVEL: 'silent' } });
  port = Number(new URL(server.url).port);
});
after(() => server.close());

const closing = { Connection: 'close' };

const REFUSED: Record<string, [bytes: string, status: number]> = {
  'no HTTP at all': ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
  'an old version without a host': ['GET /health HTTP/1.1\r\n\r\n', 400],
  'two lengths': [request('POST /pay/payments', { 'Content-Length': '1', 'content-length': '2' }, 'ab'), 400],
  'E101 a length beside chunks (smuggling, CL.TE)': [
    request('POST /pay/payments', { 'Content-Length': '6', 'Transfer-Encoding': 'chunked' }, '0\r\n\r\nG'),
    400,
  ],
  'E101 chunks hidden from a proxy (smuggling, TE.TE)': [
    request('POST /pay/payments', { 'Transfer-Encoding': 'xchunked' }, '0\r\n\r\n'),
    400,
  ],
  'E101 a length with a sign': [request('POST /pay/payments', { 'Content-Length': '+1' }, 'a'), 400],
  'E101 a space before the colon': [
    'POST /pay/payments HTTP/1.1\r\nHost: x\r\nContent-Length : 1\r\n\r\na',
    400,
  ],
  'E101 a folded header': ['GET /health HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\n\r\n', 400],
  'a chunk size that is no number': [
    request('POST /pay/payments', { 'Transfer-Encoding': 'chunked' }, 'zz\r\n'),
    400,
  ],
  'an address above 16 KiB': [request(`GET /${'a'.repeat(20_000)}`), 431],
  'headers above 16 KiB': [request('GET /health', { 'X-Long': 'a'.repeat(20_000) }), 431],
  'an expectation that nobody meets': [request('GET /health', { ...closing, Expect: 'a miracle' }), 417],
  'a host that is none': [request('GET /health', { ...closing, Host: 'a b' }), 400],
  'a backslash in the path': [request('GET /pay\\payments', closing), 400],
};

for (const [name, [bytes, status]] of Object.entries(REFUSED))
  test(`${name}: ${status}, closed, and nothing is told`, async () => {
    const wire = await openWire(port, bytes);
    const answer = await wire.closed();
    assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `));
    assert.doesNotMatch(answer, /node:|\.[jt]s\b|Error|aaaa/);
    assert.equal(answer.match(/HTTP\/1\.1/g)?.length, 1);
  });

test('E13 TRACE is 405 on every route, and echoes nothing', async () => {
  const id = 'AAAAAAAAAAAAAAAAAAAAAA';
  const payments = ['/pay/payments', `/pay/payments/${id}`, `/pay/payments/${id}/cancel`];
  const others = [
    '/pay/offers/A-1001',
    `/pay/3ds/${id}`,
    `/pay/3ds/${id}/return`,
    '/pay/callbacks/x',
    '/health',
  ];
  for (const path of [...payments, ...others]) {
    const wire = await openWire(port, request(`TRACE ${path}`, { ...closing, 'X-Secret': 'canary' }));
    const answer = await wire.closed();
    assert.match(answer, /^HTTP\/1\.1 405 /, path);
    assert.doesNotMatch(answer, /canary/);
  }
});

test('a tunnel is not dug', async () => {
  const wire = await openWire(port, request('CONNECT example.com:443'));
  assert.equal(await wire.closed(), '');
});

test('an upgrade is answered as if it had not been asked for', async () => {
  const upgrade = { Connection: 'Upgrade, close', Upgrade: 'websocket' };
  const answer = await (await openWire(port, request('GET /health', upgrade))).closed();
  assert.match(answer, /^HTTP\/1\.1 200 /);
  assert.doesNotMatch(answer, /101 Switching/);
});

test('an absolute address is routed by its path; the host that it names is not believed', async () => {
  const answer = await (await openWire(port, request('GET http://evil.example/health', closing))).closed();
  assert.match(answer, /^HTTP\/1\.1 200 /);
  assert.doesNotMatch(answer, /evil/);
});

test('who waits to be asked for a body that is too large is told so', async () => {
  const headers = {
    ...closing,
    'Content-Type': 'application/json',
    'Content-Length': '10000000',
    Expect: '100-continue',
  };
  const answer = await (await openWire(port, request('POST /pay/payments', headers))).closed();
  assert.match(answer, /HTTP\/1\.1 413 /);
});

test('requests that are sent together are answered one after the other', async () => {
  const wire = await openWire(
    port,
    request('GET /pay/offers/A-1001') + request('GET /nowhere') + request('GET /health', closing),
  );
  const statuses = [...(await wire.closed()).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
  assert.deepEqual(statuses, ['200', '404', '200']);
});

test('no answer names the software, nor is any compressed', async () => {
  const headers = { ...closing, 'Accept-Encoding': 'gzip, br' };
  for (const path of ['/health', '/pay/offers/A-1001', '/nowhere']) {
    const answer = await (await openWire(port, request(`GET ${path}`, headers))).closed();
    assert.doesNotMatch(answer, /^(server|x-powered-by|content-encoding|set-cookie):/im);
  }
});
