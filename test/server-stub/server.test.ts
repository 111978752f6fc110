import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, describe, test } from 'node:test';
import { startServer, type ServerOptions } from '../../server-stub/server.js';
import { temporaryDirectory } from './support/temporary.js';

const quiet = (parts: Record<string, string> = {}) => ({
  PORT: '0',
  DATA_DIR: temporaryDirectory(),
  LOG_LEVEL: 'silent',
  ...parts,
});

async function start(parts: Partial<ServerOptions> = {}) {
  const server = await startServer({ env: quiet(), ...parts });
  after(() => server.close());
  return server;
}

describe('a running server', () => {
  test('knows its own address when it was given any port', async () => {
    const { url } = await start();
    assert.match(url, /^http:\/\/localhost:\d+$/);
    const response = await fetch(`${url}/health`);
    assert.deepEqual([response.status, await response.json()], [200, { status: 'ok' }]);
  });

  test('keeps the public address that it was given', async () => {
    const { url } = await start({ env: quiet({ PUBLIC_URL: 'https://pay.example' }) });
    assert.equal(url, 'https://pay.example');
  });

  test('serves the shop that lives in the same process, with its orders', async () => {
    const order = {
      id: 'X-1',
      description: 'Tea',
      money: { minor: 1, currency: 'UAH' },
      country: 'UA',
    } as const;
    const { url } = await start({
      orders: { find: async (id) => (id === 'X-1' ? order : undefined) },
      extra: (app) => app.get('/shop', (c) => c.text('tea')),
    });
    assert.equal(await (await fetch(`${url}/shop`)).text(), 'tea');
    assert.equal((await fetch(`${url}/pay/offers/X-1`)).status, 200);
    assert.equal((await fetch(`${url}/pay/offers/A-1001`)).status, 404);
  });

  test('E5 closes the connection of a body that does not end', async () => {
    const { url } = await start();
    const socket = connect(Number(new URL(url).port), 'localhost');
    await once(socket, 'connect');
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk)));
    socket.on('error', () => undefined); // Reset, while there was still something to send.
    socket.write('POST /pay/payments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'); // prettier-ignore
    const chunk = `1000\r\n${'x'.repeat(4_096)}\r\n`;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const feed = () => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on('drain', feed);
    feed();
    await closed;
    assert.match(answer, /^HTTP\/1\.1 413 /);
    assert.match(answer, /"code":"payload_too_large"/);
  });

  test('E6 cuts those who send slowly within 13 seconds, and serves others meanwhile', async () => {
    const { url } = await start();
    const cuts = Array.from({ length: 50 }, async () => {
      const socket = connect(Number(new URL(url).port), 'localhost');
      socket.write('POST /pay/payments HTTP/1.1\r\nHost: x\r\nX-Slow: ');
      socket.resume();
      await new Promise((resolve) => socket.once('close', resolve));
    });
    // Counted by a timer, which does not make up for what it missed while this machine stood still.
    let tenths = 0;
    const count = setInterval(() => (tenths += 1), 100);
    assert.equal((await fetch(`${url}/health`)).status, 200);
    await Promise.all(cuts);
    clearInterval(count);
    assert.ok(tenths < 130, `${tenths} tenths of a second`);
  });

  test('keeps a connection for longer than a proxy does', async () => {
    const { url } = await start();
    assert.equal((await fetch(`${url}/health`)).headers.get('keep-alive'), 'timeout=75');
  });

  test('lets nobody hold the port twice', async () => {
    const { url } = await start();
    await assert.rejects(startServer({ env: quiet({ PORT: new URL(url).port }) }), { code: 'EADDRINUSE' });
  });
});

describe('the command', () => {
  const run = (env: Record<string, string>) =>
    spawn(process.execPath, ['--import', 'tsx', 'server-stub/main.ts'], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  test('stops with one sentence about a bad setting, without its value', async () => {
    const child = run({ PORT: 'canary' });
    let said = '';
    child.stderr.on('data', (chunk) => (said += String(chunk)));
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 1);
    assert.equal(said, 'PORT must be a whole number from 0 to 65535.\n');
  });

  test('H11 says where it is, and ends when it is told to', async () => {
    const child = run(quiet());
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    assert.match(String(said), /^pay-elements server at http:\/\/localhost:\d+\n$/);
    child.kill('SIGTERM');
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 0);
  });
});
