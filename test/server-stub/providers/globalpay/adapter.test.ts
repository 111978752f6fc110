import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { GlobalPay } from '../../../../server-stub/providers/globalpay/adapter.js';
import type { GlobalPaySettings } from '../../../../server-stub/providers/globalpay/settings.js';
import type { Attempt } from '../../../../server-stub/providers/provider.js';
import { PspHttp } from '../../../../server-stub/providers/psp-http.js';
import replies from '../../../fixtures/globalpay/replies.json' with { type: 'json' };
import requests from '../../../fixtures/globalpay/requests.json' with { type: 'json' };
import { UZBEK } from '../attempts.js';
import { providerSuite } from '../provider-suite.js';
import { startWire, type Received } from '../wire-server.js';
import { SETTINGS } from './globalpay-settings.js';

const CREATE = '/checkout/v1/user-service-tokens';

function logIn({ path }: Received): string | undefined {
  return path.startsWith('/checkout/v1/merchant/auth') ? JSON.stringify(replies.auth) : undefined;
}

providerSuite({
  name: 'globalpay',
  create: (base, http) => new GlobalPay({ ...SETTINGS, apiUrl: `${base}/checkout` }, http),
  attempt: UZBEK,
  unrepresentable: { ...UZBEK, money: { minor: 99_999, currency: 'UZS' } },
  mostBegins: 2, // A payment token charges nobody, and nobody has the address of a lost one.
  prepare: logIn,
  approving: {
    begin: JSON.stringify(replies.created),
    query: JSON.stringify({ ...replies.approved, id: 'provider-id-1' }),
  },
  begun: 'redirect',
  secrets: ['sandbox-password', replies.auth.access_token, replies.auth.refresh_token],
});

type Script = (request: Received, response: ServerResponse, count: number) => object | void;

/** GlobalPay with a scripted operator: `script` answers all but the login; `count` counts what it was asked. */
async function globalPay(t: TestContext, script: Script, settings: Partial<GlobalPaySettings> = {}) {
  const told: Received[] = [];
  const { url, received, stop } = await startWire(t, (request, response) => {
    const login = logIn(request);
    if (login !== undefined) return login;
    told.push(request);
    const answer = script(request, response, told.length);
    return answer && JSON.stringify(answer);
  });
  const clock = { monotonic: 0, wall: UZBEK.createdAt };
  const provider = new GlobalPay({ ...SETTINGS, apiUrl: `${url}/checkout`, ...settings }, new PspHttp(), {
    monotonic: () => clock.monotonic,
    wall: () => clock.wall,
  });
  const bodies = () => told.map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>);
  return { provider, told, bodies, clock, received, stop };
}

const created = () => replies.created;

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status).end(JSON.stringify(body));
}

test('D16 a payment token is created with the documented body, and a name that starts with the reference', async (t) => {
  const { provider, told, bodies } = await globalPay(t, created);
  assert.deepEqual(await provider.begin(UZBEK), {
    kind: 'redirect',
    providerId: replies.created.id,
    url: replies.created.userRedirectUrl,
  });
  assert.equal(told[0]?.path, CREATE);
  assert.equal(told[0]?.headers.authorization, `Bearer ${replies.auth.access_token}`);
  const [body] = bodies();
  assert.deepEqual({ ...body, name: '' }, { ...requests.createToken, name: '' });
  assert.match(String(body?.['name']), new RegExp(`^${UZBEK.reference}-[0-9a-f-]{36}$`));
});

test('H16 every creation has a name of its own', async (t) => {
  const { provider, bodies } = await globalPay(t, created);
  await provider.begin(UZBEK);
  await provider.begin(UZBEK);
  const names = bodies().map(({ name }) => name);
  assert.equal(new Set(names).size, 2);
});

test('C1 a creation without an answer is tried once more, under another name', async (t) => {
  const { provider, bodies } = await globalPay(t, (_request, response, count) =>
    count === 1 ? void response.destroy() : created(),
  );
  assert.equal((await provider.begin(UZBEK)).kind, 'redirect');
  const [first, second] = bodies();
  assert.notEqual(first?.['name'], second?.['name']);
  assert.equal(first?.['externalId'], second?.['externalId']);
});

test('C1 a creation without an answer was sent, even if its second try was not', async (t) => {
  const wire = await globalPay(t, (_request, response) => {
    wire.stop();
    response.destroy();
  });
  const result = await wire.provider.begin(UZBEK);
  assert.ok(result.kind === 'unknown' && result.sent, inspect(result));
  assert.equal(wire.told.length, 1);
});

test('nothing is created once the server may have given the payment up', async (t) => {
  const late = await globalPay(t, (_request, response) => {
    late.clock.monotonic += 12_001;
    response.destroy();
  });
  const result = await late.provider.begin(UZBEK);
  assert.ok(result.kind === 'unknown' && result.sent, inspect(result));
  assert.equal(late.told.length, 1);

  const expired = await globalPay(t, (_request, response) => {
    expired.clock.monotonic += 12_001;
    answer(response, 401, replies.error401);
  });
  const refused = await expired.provider.begin(UZBEK);
  assert.ok(refused.kind === 'unknown' && !refused.sent, inspect(refused));
  assert.equal(expired.told.length, 1);
});

test('H5 a 401 on create causes one renewal and one repeat', async (t) => {
  const { provider, received } = await globalPay(t, (_request, response, count) =>
    count === 1 ? answer(response, 401, replies.error401) : created(),
  );
  assert.equal((await provider.begin(UZBEK)).kind, 'redirect');
  assert.deepEqual(
    received.map(({ path }) => path.replace('/checkout/v1/', '')),
    ['merchant/auth', 'user-service-tokens', 'merchant/auth/refresh', 'user-service-tokens'],
  );
});

test('H5 a second 401 is an error, not a loop', async (t) => {
  const { provider, told } = await globalPay(t, (_request, response) =>
    answer(response, 401, replies.error401),
  );
  assert.equal((await provider.begin(UZBEK)).kind, 'unknown');
  assert.equal(told.length, 2);
});

test('a 400 is a refusal', async (t) => {
  const { provider } = await globalPay(t, (_request, response) => answer(response, 400, replies.error400));
  assert.equal((await provider.begin(UZBEK)).kind, 'refused');
});

test('a 500 leaves the outcome unknown and is not repeated', async (t) => {
  const { provider, told } = await globalPay(t, (_request, response) =>
    answer(response, 500, replies.error500),
  );
  assert.equal((await provider.begin(UZBEK)).kind, 'unknown');
  assert.equal(told.length, 1);
});

const BAD_TOKENS: Record<string, object> = {
  'a page on another host': {
    ...replies.created,
    userRedirectUrl: 'https://globalpay.example.evil.test/pay',
  },
  'a page over plain http:': { ...replies.created, userRedirectUrl: 'http://checkout.globalpay.example/pay' },
  'no page': { ...replies.created, userRedirectUrl: undefined },
  'an empty token': { ...replies.created, id: '' },
  'a token that is a way up': { ...replies.created, id: '..' },
  'a token for another payment': { ...replies.created, externalId: 'other' },
};

for (const [what, reply] of Object.entries(BAD_TOKENS)) {
  test(`${what} sends nobody anywhere and calls a person`, async (t) => {
    const { provider } = await globalPay(t, () => reply);
    const result = await provider.begin(UZBEK);
    assert.ok(result.kind === 'unknown' && result.attention === 'mismatch', inspect(result));
  });
}

test('a token that is a number is read as text', async (t) => {
  const { provider } = await globalPay(t, () => ({ ...replies.created, id: 4711 }));
  assert.equal((await provider.begin(UZBEK)).providerId, '4711');
});

test('a service id of letters stays text, and an order without account and items sends its id and none', async (t) => {
  const { provider, bodies } = await globalPay(t, created, { serviceId: '0303' });
  const { id, description, money, country } = UZBEK.order;
  const order = { id, description, money, country };
  await provider.begin({ ...UZBEK, order: { ...order, account: 'flat-7' } });
  await provider.begin({ ...UZBEK, order });
  assert.deepEqual(
    bodies().map(({ externalServiceId, account, items }) => ({ externalServiceId, account, items })),
    [
      { externalServiceId: '0303', account: 'flat-7', items: [] },
      { externalServiceId: '0303', account: '1001', items: [] },
    ],
  );
});

const provider = new GlobalPay(SETTINGS, new PspHttp());

test('only the page is offered', () => {
  assert.deepEqual(provider.methods(), [{ type: 'hosted-page' }]);
});

test('D18 another currency is refused', () => {
  const attempt: Attempt = { ...UZBEK, money: { minor: 100_000, currency: 'UAH' } };
  assert.throws(() => provider.assertRepresentable(attempt), {
    name: 'UnrepresentableError',
    field: 'currency',
  });
});

test('fiscal items that do not add up to the amount are refused', () => {
  const [item] = UZBEK.order.items ?? [];
  assert.ok(item);
  const withItems = (...items: (typeof item)[]) => ({ ...UZBEK, order: { ...UZBEK.order, items } });
  assert.doesNotThrow(() => provider.assertRepresentable(withItems({ ...item, price: 25_000, count: 4 })));
  assert.throws(() => provider.assertRepresentable(withItems(item, item)), { field: 'items' });
});

test('3-D Secure is not finished here', async () => {
  await assert.rejects(provider.complete(), TypeError);
});

const PAID: Attempt = { ...UZBEK, providerId: replies.created.id };
const LIFE = SETTINGS.tokenLifespan * 1_000;

test('a payment without a token could be paid by nobody, and nobody is asked', async () => {
  assert.equal((await provider.query(UZBEK)).kind, 'refused');
});

test('the status is asked for by the token, as one segment of the address', async (t) => {
  const { provider, told } = await globalPay(t, () => ({ status: 'INIT' }));
  await provider.query({ ...PAID, providerId: 'a/b?c' });
  assert.equal(`${told[0]?.method} ${told[0]?.path}`, 'GET /checkout/v1/payment/servicetoken/a%2Fb%3Fc');
});

test('a 404 is no payment yet while the token lives, and then a case for a person', async (t) => {
  const { provider, clock } = await globalPay(t, (_request, response) =>
    answer(response, 404, replies.error404),
  );
  clock.wall = PAID.createdAt + LIFE - 1;
  assert.equal((await provider.query(PAID)).kind, 'pending');
  clock.wall = PAID.createdAt + LIFE;
  const result = await provider.query(PAID);
  assert.ok(result.kind === 'unknown' && result.attention === 'unresolved');
});

test('a failed payment may still be approved while its token lives, and not afterwards', async (t) => {
  const { provider, clock } = await globalPay(t, () => replies.insufficientFunds);
  const declined = { kind: 'declined', reason: 'insufficient_funds', providerCode: 'INSUFFICIENT_FUNDS' };
  assert.deepEqual(await provider.query(PAID), { ...declined, mayStillApprove: true });
  clock.wall = PAID.createdAt + LIFE;
  assert.deepEqual(await provider.query(PAID), { ...declined, mayStillApprove: false });
});

test('H4 the access token’s life does not depend on the wall clock', async (t) => {
  const { provider, clock, received } = await globalPay(t, () => replies.pending);
  await provider.query(PAID);
  clock.wall += 86_400_000;
  await provider.query(PAID);
  assert.equal(received.filter((request) => logIn(request)).length, 1);
});
