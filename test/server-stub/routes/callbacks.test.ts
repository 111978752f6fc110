import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreUnavailableError } from '../../../server-stub/store-unavailable-error.js';
import { HttpStage, problemOf } from '../support/http-stage.js';
import { settled } from '../support/manual-ports.js';

const post = (http: HttpStage, body: BodyInit, headers: Record<string, string> = {}, provider = 'scripted') =>
  http.request(`/pay/callbacks/${provider}`, { method: 'POST', body, headers });

test('a callback is read whatever its content type says, and answered as the provider expects', async () => {
  const http = await HttpStage.open();
  const { view } = await http.stage.challenged();
  http.stage.provider.usual.query = { kind: 'approved' };
  const { reference } = await http.stage.stored(view.id);
  for (const type of ['application/json', 'text/plain', 'application/octet-stream']) {
    const response = await post(http, `hint ${reference}`, { 'Content-Type': type });
    assert.deepEqual([response.status, await response.text()], [200, 'OK']);
  }
  await settled();
  assert.equal((await http.stage.look(view.id)).status, 'approved');
});

test('a badly signed callback is 403', async () => {
  const http = await HttpStage.open();
  const response = await post(http, 'forged');
  assert.deepEqual([response.status, await response.text()], [403, 'ERROR']);
});

test('a callback of a provider that there is not is 404', async () => {
  const http = await HttpStage.open();
  for (const provider of ['other', '__proto__', 'constructor'])
    assert.equal((await problemOf(await post(http, 'hint x', {}, provider))).code, 'not_found');
});

test('E5 a callback is 64 KiB at most', async () => {
  const http = await HttpStage.open();
  assert.equal((await post(http, 'x'.repeat(64 * 1024))).status, 403);
  const response = await post(http, 'x'.repeat(64 * 1024 + 1));
  assert.equal((await problemOf(response)).code, 'payload_too_large');
});

test('a callback that cannot be stored is 503, so that it comes again', async () => {
  const http = await HttpStage.open();
  http.stage.service.callback = () => Promise.reject(new StoreUnavailableError('the disk is full'));
  assert.equal((await post(http, 'hint x')).status, 503);
});
