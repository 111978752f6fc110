import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test, type TestContext } from 'node:test';
import { AccessToken } from '../../../../server-stub/providers/globalpay/access-token.js';
import { PspHttp } from '../../../../server-stub/providers/psp-http.js';
import requests from '../../../fixtures/globalpay/requests.json' with { type: 'json' };
import { holdPatience, PATIENCE_MS } from '../../support/patience.js';
import { startWire, type Received } from '../wire-server.js';
import { SETTINGS } from './globalpay-settings.js';

const AUTH = '/checkout/v1/merchant/auth';
const REFRESH = '/checkout/v1/merchant/auth/refresh';

type Script = (request: Received, response: ServerResponse, count: number) => object | void;

/** A token holder, its clock, and the operator behind it. By default every request gets new tokens for 300 s. */
async function holder(t: TestContext, script: Script = (_request, _response, count) => tokens(count)) {
  const clock = { now: 0 };
  const { url, received } = await startWire(t, (request, response) => {
    const answer = script(request, response, received.length);
    return answer && JSON.stringify(answer);
  });
  const settings = { ...SETTINGS, apiUrl: `${url}/checkout` };
  const http = new PspHttp({ total: PATIENCE_MS });
  const paths = () => received.map(({ path }) => path);
  return { token: new AccessToken(settings, http, () => clock.now), clock, received, paths };
}

function tokens(count: number, life: unknown = 300, refreshLife: unknown = 1_800): object {
  return {
    access_token: `access-${count}`,
    expires_in: life,
    refresh_token: `refresh-${count}`,
    refresh_expires_in: refreshLife,
  };
}

function refuse(response: ServerResponse): void {
  response.writeHead(401).end('{"code":"UNAUTHORIZED"}');
}

const many = (token: AccessToken) => Promise.all(Array.from({ length: 100 }, () => token.get()));

test('H1 a hundred calls without a token cause one login, with the documented body and no token', async (t) => {
  const { token, received, paths } = await holder(t);
  for (const outcome of await many(token)) assert.deepEqual(outcome, { kind: 'token', token: 'access-1' });
  assert.deepEqual(paths(), [AUTH]);
  assert.deepEqual(JSON.parse(received[0]?.body.toString() ?? ''), requests.auth);
  assert.equal(received[0]?.headers.authorization, undefined);
});

test('H1 a hundred calls with an old token cause one refresh, with the refresh token in the body', async (t) => {
  const { token, clock, received, paths } = await holder(t);
  await token.get();
  clock.now = 299_000;
  for (const outcome of await many(token)) assert.deepEqual(outcome, { kind: 'token', token: 'access-2' });
  assert.deepEqual(paths(), [AUTH, REFRESH]);
  assert.deepEqual(JSON.parse(received[1]?.body.toString() ?? ''), { refresh_token: 'refresh-1' });
  assert.equal(received[1]?.headers.authorization, undefined);
});

for (const [life, renewedAt] of [
  [300, 270],
  ['300', 270],
  [1_000, 900],
  [61, 31],
  [60, 30],
  [40, 20],
  [0, 30],
  [-5, 30],
  ['soon', 30],
  [null, 30],
  [1e21, 30],
] as const) {
  test(`a token whose life is given as ${life} is used until second ${renewedAt} and then renewed`, async (t) => {
    const { token, clock, received } = await holder(t, (_request, _response, count) => tokens(count, life));
    await token.get();
    clock.now = renewedAt * 1_000 - 1;
    await token.get();
    assert.equal(received.length, 1);
    clock.now = renewedAt * 1_000;
    await token.get();
    assert.equal(received.length, 2);
  });
}

test('a refresh token whose life is over is not tried', async (t) => {
  const { token, clock, paths } = await holder(t);
  await token.get();
  clock.now = 1_800_000;
  await token.get();
  assert.deepEqual(paths(), [AUTH, AUTH]);
});

test('H2 a refused refresh leads to one login', async (t) => {
  const { token, clock, paths } = await holder(t, ({ path }, response, count) =>
    path === REFRESH ? refuse(response) : tokens(count),
  );
  await token.get();
  clock.now = 299_000;
  for (const outcome of await many(token)) assert.deepEqual(outcome, { kind: 'token', token: 'access-3' });
  assert.deepEqual(paths(), [AUTH, REFRESH, AUTH]);
});

test('H2 a login that is refused fails for everybody who waited, without another try', async (t) => {
  const { token, paths } = await holder(t, (_request, response) => refuse(response));
  for (const outcome of await many(token))
    assert.deepEqual(outcome, {
      kind: 'failed',
      why: "GlobalPay did not accept the merchant's credentials.",
    });
  assert.deepEqual(paths(), [AUTH]);
});

test('a login that hangs frees its place, and the next call tries again', async (t) => {
  const tire = holdPatience(t.mock);
  const { token } = await holder(t, (_request, _response, count) => (count === 1 ? tire() : tokens(count)));
  assert.equal((await token.get()).kind, 'failed');
  assert.deepEqual(await token.get(), { kind: 'token', token: 'access-2' });
});

for (const access of ['', 'a\r\nX-Evil: 1', 'ї', null, undefined]) {
  test(`an access token that is ${JSON.stringify(access)} is none`, async (t) => {
    const { token } = await holder(t, (_request, _response, count) => ({
      ...tokens(count),
      access_token: access,
    }));
    assert.equal((await token.get()).kind, 'failed');
  });
}

test('a dropped token is renewed, and only by those who hold the current one', async (t) => {
  const { token, paths } = await holder(t);
  await token.get();
  token.drop('access-1');
  assert.deepEqual(await token.get(), { kind: 'token', token: 'access-2' });
  token.drop('access-1');
  assert.deepEqual(await token.get(), { kind: 'token', token: 'access-2' });
  assert.deepEqual(paths(), [AUTH, REFRESH]);
});
