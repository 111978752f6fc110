import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { createHttpServer } from '../../../server-stub/http-server.js';
import { HttpStage } from '../support/http-stage.js';
import { openWire, request } from './wire.js';

test('who hangs up in the middle of a body is no error of ours', async (t) => {
  const http = await HttpStage.open();
  const answer = getRequestListener(http.app.fetch);
  const server = createHttpServer().on('request', (incoming, response) => void answer(incoming, response));
  server.listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const arrived = once(server, 'request');
  const headers = { 'Content-Type': 'application/json', 'Content-Length': '100' };
  const { port } = server.address() as AddressInfo;
  const wire = await openWire(port, request('POST /pay/payments', headers, '{'));
  await arrived;
  wire.socket.destroy();
  const logged = () => http.stage.logged.find(({ event }) => event.startsWith('request'));
  while (!logged()) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([logged()?.event, logged()?.fields?.status], ['request', 400]);
});
