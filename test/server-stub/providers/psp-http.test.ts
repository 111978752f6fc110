import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { test, type TestContext } from 'node:test';
import tls from 'node:tls';
import { gzipSync } from 'node:zlib';
import { PspHttp, undecided } from '../../../server-stub/providers/psp-http.js';
import { deadAddress, startWire } from './wire-server.js';
import { selfSigned } from './self-signed.js';

const http = new PspHttp({ body: 1_000 });
const NOT_SENT = { kind: 'none', sent: false, why: 'No connection to the provider.' };

async function listen(t: TestContext, server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

test('an answer is its status and its one object, whatever the status and the content type', async (t) => {
  const { url } = await startWire(t, ({ path }, response) => {
    response.writeHead(Number(path.slice(1)), { 'content-type': 'text/html' }).end('{"a":1}');
  });
  for (const status of [200, 201, 400, 404, 500])
    assert.deepEqual(await http.get(`${url}/${status}`), { kind: 'answer', status, json: { a: '1' } });
});

test('an answer may be kept for its max-age, less its age, and not at all where it says so', async (t) => {
  const kept: [control: string | undefined, age: string | undefined, seconds: number][] = [
    ['max-age=60', undefined, 60],
    ['public, Max-Age="60", must-revalidate', '45', 15],
    ['private,max-age=60', '61', 0],
    ['s-maxage=60', undefined, 0],
    ['no-store, max-age=60', undefined, 0],
    ['max-age=60,no-cache', undefined, 0],
    ['max-age=-1', undefined, 0],
    ['max-age=60', 'soon', 60],
    [undefined, undefined, 0],
  ];
  const { url } = await startWire(t, ({ path }, response) => {
    const [control, age] = kept[Number(path.slice(1))] ?? [];
    if (control !== undefined) response.setHeader('cache-control', control);
    if (age !== undefined) response.setHeader('age', age);
    return '{}';
  });
  for (const [index, [control, age, seconds]] of kept.entries()) {
    const reply = await http.get(`${url}/${index}`);
    assert.equal(reply.kind === 'answer' && (reply.freshFor ?? 0), seconds, `${control} ${age}`);
  }
});

test('a text is posted as JSON, and asks for nothing compressed', async (t) => {
  const { url, received } = await startWire(t, () => '{}');
  await http.post(`${url}/x`, '{"ї":1}', { authorization: 'Bearer t' });
  const [request] = received;
  assert.equal(request?.body.toString(), '{"ї":1}');
  const { 'content-type': type, authorization, 'accept-encoding': encoding } = request?.headers ?? {};
  assert.deepEqual(
    [request?.method, type, authorization, encoding],
    ['POST', 'application/json', 'Bearer t', undefined],
  );
});

test('every call has a connection of its own', async (t) => {
  const ports = new Set<number | undefined>();
  const { url } = await startWire(t, (_request, response) => {
    ports.add(response.socket?.remotePort);
    return '{}';
  });
  for (let call = 0; call < 3; call++) await http.post(url, '{}');
  assert.equal(ports.size, 3);
});

test('C3 a refused connection and a name that does not exist are known to have sent nothing', async () => {
  assert.deepEqual(await http.post(await deadAddress(), '{}'), NOT_SENT);
  assert.deepEqual(await http.post('http://no-such-host.invalid/', '{}'), NOT_SENT);
});

test('C3 a TLS handshake that never ends, or is answered in another protocol, has sent nothing', async (t) => {
  const silent = await listen(
    t,
    createTcpServer((socket) => t.after(() => socket.destroy())),
  );
  const impatient = new PspHttp({ connect: 300 });
  assert.deepEqual(await impatient.post(`https://127.0.0.1:${silent}/`, '{}'), NOT_SENT);
  const rude = await listen(
    t,
    createTcpServer((socket) => socket.end('220 ready\r\n')),
  );
  assert.deepEqual(await http.post(`https://127.0.0.1:${rude}/`, '{}'), NOT_SENT);
});

test('C21 a certificate that nobody vouches for is refused before a byte of the request is sent', async (t) => {
  let requests = 0;
  const server = createTlsServer(selfSigned(), (_request, response) => {
    requests++;
    response.end('{}');
  });
  const port = await listen(t, server);
  assert.deepEqual(await http.post(`https://localhost:${port}/`, '{}'), NOT_SENT);
  assert.equal(requests, 0);
});

test('C21 TLS before 1.2 is refused, also where Node was told to take it', async (t) => {
  const usual = tls.DEFAULT_MIN_VERSION;
  t.after(() => (tls.DEFAULT_MIN_VERSION = usual));
  tls.DEFAULT_MIN_VERSION = 'TLSv1';
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  const server = createTlsServer({ ...selfSigned(), ...old });
  const failed = once(server, 'tlsClientError') as Promise<[NodeJS.ErrnoException]>;
  const port = await listen(t, server);
  assert.deepEqual(await new PspHttp().post(`https://localhost:${port}/`, '{}'), NOT_SENT);
  assert.equal((await failed)[0].code, 'ERR_SSL_UNSUPPORTED_PROTOCOL');
});

test('C21 certificates are verified, also where Node was told not to', async (t) => {
  const usual = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  t.after(() => {
    if (usual === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = usual;
  });
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  const server = createTlsServer(selfSigned(), (_request, response) => response.end('{}'));
  const port = await listen(t, server);
  assert.deepEqual(await http.post(`https://localhost:${port}/`, '{}'), NOT_SENT);
});

test('C14 a slow drip ends with the time for the whole call', { timeout: 20_000 }, async (t) => {
  const { url } = await startWire(t, (_request, response) => {
    const drip = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(drip));
  });
  const reply = await new PspHttp({ headers: 3_600_000, total: 300 }).get(url);
  assert.ok(reply.kind === 'none' && reply.sent);
  // As soon as its head has been read, and not before.
  assert.match(reply.why, /^(The provider did not answer|The provider's answer was cut off)\.$/);
});

test('a compressed answer is odd: it may be a bomb, and nobody asked for it', async (t) => {
  const { url } = await startWire(t, (_request, response) => {
    response.setHeader('content-encoding', 'gzip').end(gzipSync('{}'));
  });
  assert.deepEqual(await http.get(url), {
    kind: 'odd',
    status: 200,
    why: 'The answer was compressed, which was not asked for.',
  });
});

test('C16 a redirect is an answer like any other', async (t) => {
  const { url, received } = await startWire(t, (_request, response) => {
    response.writeHead(307, { location: '/elsewhere' }).end('{}');
  });
  assert.deepEqual(await http.post(url, '{}'), { kind: 'answer', status: 307, json: {} });
  assert.equal(received.length, 1);
});

test('C2 a connection that ends before the answer was sent to, and one that ends within it too', async (t) => {
  const { url } = await startWire(t, ({ path }, response) => {
    if (path === '/early') response.destroy();
    else response.writeHead(200, { 'content-length': 10 }).write('{', () => response.destroy());
  });
  assert.deepEqual(await http.get(`${url}/early`), {
    kind: 'none',
    sent: true,
    why: 'The provider did not answer.',
  });
  assert.deepEqual(await http.get(`${url}/late`), {
    kind: 'none',
    sent: true,
    why: "The provider's answer was cut off.",
  });
});

test('C1 an answer that does not begin is not waited for until the end', { timeout: 20_000 }, async (t) => {
  const { url } = await startWire(t, () => undefined);
  const patient = new PspHttp({ headers: 200, total: 3_600_000 });
  assert.deepEqual(await patient.get(url), { kind: 'none', sent: true, why: 'The provider did not answer.' });
});

test('an answer above the limit is odd, also where its length is not announced', async (t) => {
  const { url } = await startWire(t, ({ path }, response) => {
    if (path === '/chunked') response.write(' ');
    response.end(`{"x":"${'x'.repeat(2_000)}"}`);
  });
  for (const path of ['/announced', '/chunked'])
    assert.deepEqual(await http.get(`${url}${path}`), {
      kind: 'odd',
      status: 200,
      why: 'The answer was too large.',
    });
});

test('a bug of ours is thrown, not taken for a failing network', async () => {
  await assert.rejects(http.get('http://127.0.0.1:1/', { 'bad header': 'x' }));
  await assert.rejects(http.get('no address'));
});

test('an HTTP error decides nothing, and was sent', () => {
  assert.deepEqual(undecided({ kind: 'answer', status: 500, json: { transactionStatus: 'APPROVED' } }), {
    kind: 'unknown',
    why: 'The provider answered with an HTTP error.',
    sent: true,
  });
});
