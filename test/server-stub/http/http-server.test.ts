import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { createHttpServer, endConnections, type HttpLimits } from '../../../server-stub/http-server.js';
import { openWire, request } from './wire.js';

const FOREVER = 3_600_000;

/** Has each test shorten the limit that it is about: that the server has them in full length is in `server.test.ts`. */
async function listen(
  listener: RequestListener,
  limits: Partial<HttpLimits> = {},
): Promise<{ server: Server; port: number }> {
  const patient = { headers: FOREVER, request: FOREVER, check: 50, silence: FOREVER, idle: FOREVER };
  const server = createHttpServer({ ...patient, ...limits }).on('request', listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => server.closeAllConnections());
  after(() => server.close());
  return { server, port: (server.address() as AddressInfo).port };
}

/** Reads the body, then says so. */
const polite: RequestListener = (incoming, response) => {
  incoming.resume().on('end', () => response.end('thanks'));
};

/** `once` would take the error that tells of the cut for its own. */
function firstConnectionClosed(server: Server): Promise<void> {
  return new Promise((resolve) =>
    server.once('connection', (socket) => socket.once('close', () => resolve())),
  );
}

for (const [what, limit, bytes] of [
  ['headers', { headers: 200 }, 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '],
  ['a body', { headers: 300, request: 300 }, request('POST /', { 'Content-Length': '100' }, 'a')],
] as const)
  test(`E6 who sends ${what} byte by byte is cut off`, async () => {
    const { port } = await listen(polite, limit);
    const slow = await openWire(port, bytes);
    const drip = setInterval(() => slow.socket.write('a'), 40);
    assert.match(await slow.closed(), /^HTTP\/1\.1 408 /);
    clearInterval(drip);
  });

test('E6 a thousand that send slowly do not keep another waiting', { timeout: 30_000 }, async () => {
  const { port } = await listen(polite);
  const slow = await Promise.all(Array.from({ length: 1_000 }, () => openWire(port, 'GET / HTTP/1.1\r\nHo')));
  const quick = await openWire(port, request('GET /', { Connection: 'close' }));
  assert.match(await quick.closed(), /thanks$/);
  assert.ok(slow.every(({ socket }) => !socket.destroyed));
});

test('E102 who does not read the answer is cut off', async () => {
  const endless = Buffer.alloc(65_536, 'x');
  let asked = 0;
  const answer: RequestListener = (_request, response) => {
    asked += 1;
    const feed = () => {
      while (response.write(endless));
    };
    response.on('drain', feed);
    feed();
  };
  const { server, port } = await listen(answer, { silence: 500 });
  // Once more where this machine stood still for so long that the silence was over before the request was read.
  while (asked === 0) {
    const cut = firstConnectionClosed(server);
    const { socket } = await openWire(port, request('GET /'));
    socket.pause();
    await cut;
    socket.destroy();
  }
});

test('E102 who sends requests and reads no answer is not read any further', async () => {
  let asked = 0;
  const answer: RequestListener = (_request, response) => {
    asked += 1;
    response.end(Buffer.alloc(16_384, 'x'));
  };
  const { server, port } = await listen(answer, { silence: 500 });
  const bytes = request('GET /').repeat(1_000);
  while (asked === 0) {
    const cut = firstConnectionClosed(server);
    const { socket } = await openWire(port);
    socket.pause();
    const feed = () => {
      while (!socket.destroyed && socket.write(bytes));
    };
    socket.on('drain', feed);
    feed();
    await cut;
    socket.destroy();
  }
  assert.ok(asked < 5_000, `answered ${asked} requests`);
});

test(
  'a stop ends idle connections at once, and one under way with its answer',
  { timeout: 20_000 },
  async () => {
    let finish = () => {};
    const { server, port } = await listen(({ url }, response) => {
      if (url === '/slow') finish = () => response.end('finished');
      else response.end('thanks');
    });
    const idle = await openWire(port, request('GET /'));
    await idle.hears('thanks');
    const busy = await openWire(port);
    const asked = once(server, 'request');
    busy.socket.write(request('GET /slow'));
    await asked;

    let over = false;
    const ended = endConnections(server).then(() => (over = true));
    await idle.closed();
    assert.equal(over, false);
    assert.equal(busy.heard(), '');
    finish();
    assert.match(await busy.closed(), /finished$/);
    await ended;
  },
);
