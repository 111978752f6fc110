import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertPart } from '../merchant.js';
import { LOGIN, openShop, REPLIES, type Reply, type Shop } from './shop.js';

let shop: Shop;
before(async () => {
  shop = await openShop();
});
after(() => shop.close());

const auth = (body: unknown, token?: string) =>
  shop.call('/v1/merchant/auth', { body, ...(token && { token }) });
const refresh = (refreshToken: unknown) =>
  shop.call('/v1/merchant/auth/refresh', { body: { refresh_token: refreshToken } });
const WRONG = { status: 401, detail: 'Wrong username or password' };
const NO_LOGIN = { status: 400, detail: 'Fields username and password are required' };
const STALE = { status: 401, detail: 'Refresh token is unknown, used or expired' };
const NO_REFRESH_TOKEN = { status: 400, detail: 'Field refresh_token is required' };

/** 404: the token is accepted, and the payment unknown. */
const statusWith = async (accessToken: unknown) =>
  (await shop.call('/v1/payment/servicetoken/none', { token: String(accessToken) })).status;

describe('auth', () => {
  it('gives an access token and a refresh token with their lives, in the shape of the sample', async () => {
    const { status, body } = await auth(LOGIN);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), Object.keys(REPLIES['auth'] ?? {}));
    assertPart(body, { expires_in: 120, refresh_expires_in: 1800 });
    assert.notEqual(body['access_token'], body['refresh_token']);
  });

  it('needs no Bearer token, and is not disturbed by one', async () => {
    assert.equal((await auth(LOGIN, 'of-another-time')).status, 200);
  });

  it('lets a merchant have several sessions', async () => {
    const [first, second] = [await shop.logIn(), await shop.logIn()];
    assert.equal(await statusWith(first), 404);
    assert.equal(await statusWith(second), 404);
  });

  it('accepts an access token until its life is over', async () => {
    const token = await shop.logIn();
    shop.pass(119.999);
    assert.equal(await statusWith(token), 404);
    shop.pass(0.001);
    assert.equal(await statusWith(token), 401);
  });

  const refused: [what: string, request: () => Promise<Reply>, expected: typeof WRONG][] = [
    ['another password', () => auth({ ...LOGIN, password: 'x' }), WRONG],
    ['another username', () => auth({ ...LOGIN, username: 'x' }), WRONG],
    ['no password', () => auth({ username: LOGIN.username }), NO_LOGIN],
    ['no username', () => auth({ password: LOGIN.password }), NO_LOGIN],
    ['a password that is a number', () => auth({ ...LOGIN, password: 1 }), NO_LOGIN],
    ['no JSON', () => auth('username=x'), NO_LOGIN],
    ['an unknown refresh token', () => refresh('x'), STALE],
    ['no refresh token', () => refresh(undefined), NO_REFRESH_TOKEN],
    ['a refresh token that is a number', () => refresh(7), NO_REFRESH_TOKEN],
  ];
  for (const [what, request, expected] of refused) {
    it(`refuses ${what} with ${expected.status}`, async () => {
      const { status, body } = await request();
      assert.deepEqual({ status, detail: body['detail'] }, expected);
    });
  }
});

describe('refresh', () => {
  it('gives a new pair, and refuses the old access token from then on', async () => {
    const { body: old } = await auth(LOGIN);
    const { status, body: renewed } = await refresh(old['refresh_token']);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(renewed), Object.keys(old));
    assert.equal(await statusWith(old['access_token']), 401);
    assert.equal(await statusWith(renewed['access_token']), 404);
  });

  it('takes a refresh token once, and then the one that came in its place', async () => {
    const { body: old } = await auth(LOGIN);
    const { body: renewed } = await refresh(old['refresh_token']);
    const again = await refresh(old['refresh_token']);
    assert.deepEqual({ status: again.status, detail: again.body['detail'] }, STALE);
    assert.equal((await refresh(renewed['refresh_token'])).status, 200);
  });

  it('outlives the access token, and ends with its own life', async () => {
    const { body: first } = await auth(LOGIN);
    shop.pass(1799.999);
    const { status, body: second } = await refresh(first['refresh_token']);
    assert.equal(status, 200);
    shop.pass(1800);
    assert.equal((await refresh(second['refresh_token'])).status, 401);
  });

  it('leaves other sessions of the merchant alone', async () => {
    const other = await shop.logIn();
    const { body } = await auth(LOGIN);
    await refresh(body['refresh_token']);
    assert.equal(await statusWith(other), 404);
  });

  it('knows no session after a reset', async () => {
    const { body } = await auth(LOGIN);
    await shop.merchant.control('reset', { method: 'POST' });
    assert.equal(await statusWith(body['access_token']), 401);
    assert.equal((await refresh(body['refresh_token'])).status, 401);
  });
});
