import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { createHttpServer, endConnections } from '../../../server-stub/http-server.js';
import { openWire, request } from './wire.js';

/** The limits themselves, shortened: that the server has them in full length is in `server.test.ts`. */
const SHORT = { headers: 200, request: 300, check: 50, silence: 500 };

async function listen(listener: RequestListener, limits = SHORT): Promise<{ server: Server; port: number }> {
  const server = createHttpServer(limits).on('request', listener);
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

test('E6 who sends headers or a body byte by byte is cut off, and others are served meanwhile', async () => {
  const { port } = await listen(polite);
  const begun = [
    'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ',
    request('POST /', { 'Content-Length': '100' }, 'a'),
  ];
  const slow = await Promise.all(begun.map((bytes) => openWire(port, bytes)));
  const drips = slow.map(({ socket }) => setInterval(() => socket.write('a'), 40));
  const quick = await openWire(port, request('GET /', { Connection: 'close' }));
  assert.match(await quick.closed(), /thanks$/);
  for (const wire of slow) assert.match(await wire.closed(), /^HTTP\/1\.1 408 /);
  for (const drip of drips) clearInterval(drip);
});

test('E6 a thousand that send slowly do not keep another waiting', { timeout: 30_000 }, async () => {
  const { port } = await listen(polite, { ...SHORT, headers: 2_000, request: 2_000 });
  const slow = await Promise.all(Array.from({ length: 1_000 }, () => openWire(port, 'GET / HTTP/1.1\r\nHo')));
  const quick = await openWire(port, request('GET /', { Connection: 'close' }));
  assert.match(await quick.closed(), /thanks$/);
  assert.ok(slow.some(({ socket }) => !socket.destroyed));
  await Promise.all(slow.map((wire) => wire.closed()));
});

test('E102 who does not read the answer is cut off', async () => {
  const endless = Buffer.alloc(65_536, 'x');
  const { server, port } = await listen((_request, response) => {
    const feed = () => {
      while (response.write(endless));
    };
    response.on('drain', feed);
    feed();
  });
  const cut = firstConnectionClosed(server);
  const { socket } = await openWire(port, request('GET /'));
  socket.pause();
  await cut;
  socket.destroy();
});

test('E102 who sends requests and reads no answer is not read any further', async () => {
  let asked = 0;
  const { server, port } = await listen((_request, response) => {
    asked += 1;
    response.end(Buffer.alloc(16_384, 'x'));
  });
  const cut = firstConnectionClosed(server);
  const { socket } = await openWire(port);
  socket.pause();
  const bytes = request('GET /').repeat(1_000);
  const feed = () => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on('drain', feed);
  feed();
  await cut;
  socket.destroy();
  assert.ok(asked > 0 && asked < 5_000, `answered ${asked} requests`);
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
    server.keepAliveTimeout = 3_600_000;
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
