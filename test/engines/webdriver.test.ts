import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { command } from './webdriver.mjs';

const VALUE = { error: 'no such element', message: 'there is no #tab' };

/** A driver that has lost the page that it waits for; any other command it answers or refuses. */
let driver: Server;
let url: string;
before(async () => {
  driver = createServer((request, response) => {
    if (request.url === '/session/1/back') return;
    response.writeHead(request.url === '/session' ? 200 : 404).end(JSON.stringify({ value: VALUE }));
  }).listen(0, '127.0.0.1');
  await once(driver, 'listening');
  url = `http://127.0.0.1:${(driver.address() as AddressInfo).port}`;
});
after(() => {
  driver.closeAllConnections();
  driver.close();
});

test('a command has the value that the driver answers', async () => {
  const value: unknown = await command(`${url}/session`, 'POST', {});
  assert.deepEqual(value, VALUE);
});

test('a command that the driver refuses is named, with the reason', async () => {
  await assert.rejects(command(`${url}/session/1/element`, 'POST', {}), {
    message: 'WebKit’s driver, POST /session/1/element: no such element: there is no #tab',
  });
});

test('a command that the driver does not answer ends, and is named', async (t) => {
  const patience = new AbortController();
  t.mock.method(AbortSignal, 'timeout', () => patience.signal);
  const asked = once(driver, 'request');
  const answer = command(`${url}/session/1/back`, 'POST', {});
  await asked;
  patience.abort();
  await assert.rejects(answer, { message: 'WebKit’s driver, POST /session/1/back: no answer' });
});
