import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { HttpStage, problemOf } from './support/http-stage.js';
import { BODY } from './support/stage.js';
import { temporaryDirectory } from './support/temporary.js';

const SHOP = 'https://shop.example';

test('E13 a method that an address does not take is 405, with those that it takes', async () => {
  const http = await HttpStage.open();
  const routes: Record<string, string[]> = {
    '/pay/offers/A-1001': ['GET', 'HEAD'],
    '/pay/payments': ['POST', 'GET', 'HEAD'],
    '/pay/payments/some-id': ['GET', 'HEAD'],
    '/pay/payments/some-id/cancel': ['POST'],
    '/pay/3ds/token00000000000000001': ['GET', 'HEAD'],
    '/pay/3ds/token00000000000000001/return': ['GET', 'HEAD', 'POST'],
    '/pay/callbacks/scripted': ['POST'],
    '/health': ['GET', 'HEAD'],
  };
  for (const [path, allowed] of Object.entries(routes)) {
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const response = await http.request(path, { method });
      assert.equal(response.status, 405, `${method} ${path}`);
      assert.deepEqual(response.headers.get('allow')?.split(', ').sort(), allowed.sort());
      assert.equal((await problemOf(response)).code, 'method_not_allowed');
    }
  }
});

test('E8 tricks with paths lead nowhere', async () => {
  const http = await HttpStage.open();
  const { token } = await http.stage.challenged();
  const paths = [
    '/pay/3ds/%2e%2e%2f',
    '/pay/3ds/..%2f..%2fhealth',
    `/pay/3ds/${token}%2freturn`,
    `/pay/3ds/${token}%252freturn`,
    `/pay/3ds/${token}%00`,
    `/pay/3ds/${token}x`,
    '/pay/3ds/short',
    '/pay',
    '/control/ledger',
    '/constructor',
    '/__proto__',
  ];
  for (const path of paths) assert.equal((await problemOf(await http.request(path))).code, 'not_found', path);
});

test('every answer forbids guessing its type and sending its address on', async () => {
  const http = await HttpStage.open();
  for (const path of ['/pay/offers/A-1001', '/pay/payments/other', '/nowhere', '/health']) {
    const { headers } = await http.request(path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.match(headers.get('x-trace-id') ?? '', /^[0-9a-f]{16}$/);
    assert.equal(headers.has('x-frame-options'), false);
    assert.equal(headers.has('set-cookie'), false);
  }
});

describe('E11 a page of another origin', () => {
  test('that is allowed may read answers and refusals, without credentials', async () => {
    const http = await HttpStage.open();
    for (const path of ['/pay/offers/A-1001', '/pay/offers/other', '/pay/payments/other']) {
      const { headers } = await http.request(path, { headers: { Origin: SHOP } });
      assert.equal(headers.get('access-control-allow-origin'), SHOP, path);
      assert.equal(headers.has('access-control-allow-credentials'), false);
      assert.match(headers.get('vary') ?? '', /Origin/);
    }
    const created = await http.post(BODY, { Origin: SHOP });
    assert.equal(created.headers.get('access-control-allow-origin'), SHOP);
  });

  test('that is allowed may ask beforehand', async () => {
    const http = await HttpStage.open();
    const { status, headers } = await http.request('/pay/payments', {
      method: 'OPTIONS',
      headers: { Origin: SHOP, 'Access-Control-Request-Method': 'POST' },
    });
    assert.equal(status, 204);
    assert.equal(headers.get('access-control-allow-origin'), SHOP);
    assert.equal(headers.get('access-control-allow-headers'), 'Content-Type,Idempotency-Key');
  });

  test('that is not allowed is told nothing', async () => {
    const http = await HttpStage.open();
    for (const origin of [
      'https://evil.example',
      'null',
      'https://shop.example.evil.example',
      'HTTPS://SHOP.EXAMPLE',
    ])
      // prettier-ignore
      for (const method of ['GET', 'OPTIONS']) {
        const { headers } = await http.request('/pay/offers/A-1001', { method, headers: { Origin: origin } });
        assert.equal(headers.has('access-control-allow-origin'), false, `${method} ${origin}`);
        assert.equal(headers.has('access-control-allow-credentials'), false);
      }
  });

  test('may not read callbacks or pages of challenges', async () => {
    const http = await HttpStage.open();
    for (const path of ['/pay/callbacks/scripted', '/pay/3ds/token00000000000000001']) {
      const { headers } = await http.request(path, { headers: { Origin: SHOP } });
      assert.equal(headers.has('access-control-allow-origin'), false);
    }
  });
});

describe('GET /health', () => {
  test('answers while the store does', async () => {
    const http = await HttpStage.open();
    assert.equal((await http.request('/health')).status, 200);
  });

  test('an error of ours is a constant sentence, and the log finds it by the trace', async () => {
    const ping = () => Promise.reject(new RangeError('canary-secret'));
    const http = await HttpStage.open({ ping });
    const response = await http.request('/health');
    const problem = await problemOf(response);
    assert.deepEqual([problem.code, problem.detail], ['internal', undefined]);
    const logged = http.stage.logged.find(({ event }) => event === 'request failed');
    assert.equal(logged?.fields?.trace, problem.trace);
    assert.match(logged.fields.why ?? '', /^RangeError at /);
    assert.doesNotMatch(JSON.stringify([problem, http.stage.logged]), /canary/);
  });

  test('says unavailable when the store is closed', async () => {
    const http = await HttpStage.open({
      ping: async () => {
        const { StoreUnavailableError } = await import('../../server-stub/store-unavailable-error.js');
        throw new StoreUnavailableError('closed');
      },
    });
    const response = await http.request('/health');
    assert.equal(response.status, 503);
    assert.equal((await problemOf(response)).code, 'unavailable');
  });
});

describe('GET /pay-elements.js', () => {
  test('serves the widget and its map to any origin, and says when nothing has changed', async () => {
    const widgetFile = join(temporaryDirectory(), 'pay-elements.js');
    writeFileSync(widgetFile, 'customElements;');
    writeFileSync(`${widgetFile}.map`, '{}');
    const http = await HttpStage.open({ widgetFile });
    const response = await http.request('/pay-elements.js');
    assert.equal(await response.text(), 'customElements;');
    assert.equal(response.headers.get('content-type'), 'text/javascript; charset=utf-8');
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.equal(response.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(response.headers.get('cache-control'), 'no-cache');
    assert.equal((await http.request('/pay-elements.js.map')).status, 200);

    const etag = response.headers.get('etag') ?? '';
    const unchanged = await http.request('/pay-elements.js', { headers: { 'If-None-Match': etag } });
    assert.equal(unchanged.status, 304);
    writeFileSync(widgetFile, 'changed');
    assert.equal((await http.request('/pay-elements.js', { headers: { 'If-None-Match': etag } })).status, 200); // prettier-ignore
  });

  test('is not found before it was built', async () => {
    const http = await HttpStage.open({ widgetFile: join(temporaryDirectory(), 'pay-elements.js') });
    assert.equal((await problemOf(await http.request('/pay-elements.js'))).code, 'not_found');
  });
});

test('a log line of a request names the route, never the address', async () => {
  const http = await HttpStage.open();
  const view = await http.created();
  await http.request(`/pay/payments/${view.id}?wait=0`);
  const last = http.stage.logged.findLast(({ event }) => event === 'request');
  assert.equal(last?.fields?.path, '/pay/payments/:id');
  assert.equal(last.fields.status, 200);
});

test('no log line of a payment holds a token, a challenge or the provider’s key', async () => {
  const http = await HttpStage.open();
  const { token, view } = await http.stage.challenged();
  assert.ok(view.action?.type === 'threeds' && 'creq' in view.action.fields);
  await http.request(`/pay/3ds/${token}`);
  await http.request(`/pay/3ds/${token}/return`, { method: 'POST', body: 'cres=canary-cres' });
  const logged = JSON.stringify(http.stage.logged);
  for (const secret of ['canary', view.action.fields.creq, token, 'key-1']) assert.doesNotMatch(logged, new RegExp(secret)); // prettier-ignore
});
