import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HttpStage, problemOf } from '../support/http-stage.js';

/** What every route answers with: one line each, for a request that works and one that does not. */

const SHOP = 'https://shop.example';
const API = "default-src 'none'; frame-ancestors 'none'";
const PAGE =
  /^default-src 'none'; script-src 'nonce-[^']+'; .*frame-ancestors 'self' https:\/\/shop\.example$/;
const JSON_TYPE = 'application/json';
const PROBLEM = 'application/problem+json';
const HTML = 'text/html; charset=UTF-8';

interface Row {
  method?: string;
  path: string;
  status: number;
  type: string | null;
  policy: string | RegExp | null;
  /** Whether a shop on another origin may read it. */
  shared: boolean;
  /** Bodies of the bank and of providers are forms, whatever their form. */
  body?: string;
}

test('E13 E18 E23 E26 what every route answers with', async () => {
  const http = await HttpStage.open();
  const { token, view } = await http.stage.challenged();
  const unknown = 'AAAAAAAAAAAAAAAAAAAAAA';
  const api = { policy: API, shared: true };
  const page = { policy: PAGE, shared: false, type: HTML };
  const rows: Row[] = [
    { path: '/pay/offers/A-1001', status: 200, type: JSON_TYPE, ...api },
    { path: '/pay/offers/other', status: 404, type: PROBLEM, ...api },
    { path: `/pay/payments/${view.id}`, status: 200, type: JSON_TYPE, ...api },
    { path: `/pay/payments/${unknown}`, status: 404, type: PROBLEM, ...api },
    { path: `/pay/payments/${view.id}/receipt.svg`, status: 404, type: PROBLEM, ...api },
    { path: '/pay/payments', status: 400, type: PROBLEM, ...api },
    { method: 'POST', path: '/pay/payments', status: 415, type: PROBLEM, ...api },
    { method: 'POST', path: `/pay/payments/${unknown}/cancel`, status: 404, type: PROBLEM, ...api },
    { method: 'PUT', path: '/pay/payments', status: 405, type: PROBLEM, ...api },
    { path: `/pay/3ds/${token}`, status: 200, ...page },
    { path: `/pay/3ds/${unknown}`, status: 404, ...page },
    { path: `/pay/3ds/${token}/return`, status: 200, ...page },
    { method: 'POST', path: `/pay/3ds/${token}/return`, status: 200, body: 'cres=reflected', ...page },
    { method: 'POST', path: `/pay/3ds/${unknown}/return`, status: 200, body: 'cres=reflected', ...page },
    { path: '/pay/3ds/short', status: 404, type: PROBLEM, policy: API, shared: false },
    { method: 'POST', path: '/pay/callbacks/scripted', status: 403, type: 'text/plain; charset=UTF-8', policy: API, shared: false, body: 'reflected' }, // prettier-ignore
    { method: 'POST', path: '/pay/callbacks/other', status: 404, type: PROBLEM, policy: API, shared: false },
    { path: '/pay/nowhere', status: 404, type: PROBLEM, policy: API, shared: false },
    { path: '/health', status: 200, type: JSON_TYPE, policy: null, shared: false },
    { path: '/nowhere', status: 404, type: PROBLEM, policy: null, shared: false },
  ];
  for (const { method = 'GET', path, status, type, policy, shared, body } of rows) {
    const name = `${method} ${path}`;
    const init = { method, headers: { Origin: SHOP, 'Accept-Encoding': 'gzip' }, ...(body && { body }) };
    const response = await http.request(path, init);
    const { headers } = response;
    assert.deepEqual([response.status, headers.get('content-type')], [status, type], name);
    if (policy instanceof RegExp) assert.match(headers.get('content-security-policy') ?? '', policy, name);
    else assert.equal(headers.get('content-security-policy'), policy, name);
    assert.equal(headers.get('access-control-allow-origin'), shared ? SHOP : null, name);
    const resource = policy === PAGE ? 'cross-origin' : path.startsWith('/pay/') ? 'same-origin' : null;
    assert.equal(headers.get('cross-origin-resource-policy'), resource, name);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', name);
    assert.equal(headers.get('cache-control'), 'no-store', name);
    assert.match(headers.get('x-trace-id') ?? '', /^[0-9a-f]{16}$/, name);
    const referrer = policy === PAGE ? 'strict-origin-when-cross-origin' : 'no-referrer';
    assert.equal(headers.get('referrer-policy'), referrer, name);
    for (const absent of ['set-cookie', 'server', 'x-powered-by', 'x-frame-options', 'content-encoding', 'access-control-allow-credentials']) assert.equal(headers.get(absent), null, `${name} ${absent}`); // prettier-ignore
    assert.doesNotMatch(await response.text(), /reflected/, name);
  }
});

test('E12 what another site can send without asking creates and cancels nothing', async () => {
  const http = await HttpStage.open();
  const { view } = await http.stage.challenged();
  const body = JSON.stringify({ orderId: 'A-1001' });
  const simple = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''];
  for (const type of simple) {
    const headers = {
      Origin: 'https://evil.example',
      'Sec-Fetch-Site': 'cross-site',
      'Content-Type': type,
    };
    const answer = await http.request('/pay/payments', { method: 'POST', headers, body });
    assert.equal((await problemOf(answer)).code, 'unsupported_media_type', type);
  }
  const preflight = await http.request('/pay/payments', {
    method: 'OPTIONS',
    headers: { Origin: 'https://evil.example', 'Access-Control-Request-Headers': 'content-type' },
  });
  assert.equal(preflight.headers.get('access-control-allow-origin'), null);
  assert.equal(http.stage.provider.begun.length, 1);
  assert.equal((await http.stage.look(view.id)).status, 'requires_action');
});
