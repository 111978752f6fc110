import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createBody, openShop, REPLIES, type Reply, type Shop } from './shop.js';

let shop: Shop;
before(async () => {
  shop = await openShop();
});
after(() => shop.close());

const CREATE = '/v1/user-service-tokens';
const STATUS = '/v1/payment/servicetoken/none';
const REQUIRED = 'Fields username and password are required';
const ALIVE = 'Access token is missing or expired';

/** Each way to each documented HTTP status, without an order for it. */
const TRIGGERS: [what: string, expected: 400 | 401 | 404, detail: string, send: () => Promise<Reply>][] = [
  ['auth without credentials', 400, REQUIRED, () => shop.call('/v1/merchant/auth', { body: {} })],
  ['auth without JSON', 400, REQUIRED, () => shop.call('/v1/merchant/auth', { body: '{' })],
  ['create without JSON', 400, 'The body must be a JSON object', () => authorized(CREATE, '{')],
  ['create with a list', 400, 'The body must be a JSON object', () => authorized(CREATE, [])],
  ['create without a token', 401, ALIVE, () => shop.call(CREATE, { body: createBody() })],
  ['create with a wrong token', 401, ALIVE, () => shop.call(CREATE, { body: createBody(), token: 'x' })],
  ['status without a token', 401, ALIVE, () => shop.call(STATUS)],
  ['status with a wrong token', 401, ALIVE, () => shop.call(STATUS, { token: 'x' })],
  ['no token before a body that is wrong', 401, ALIVE, () => shop.call(CREATE, { body: '{' })],
  ['status of an unknown payment', 404, 'Payment token not found', () => authorized(STATUS)],
  [
    'a service of another merchant',
    404,
    'Field externalServiceId names no service of this merchant',
    () => authorized(CREATE, createBody({ externalServiceId: 304 })),
  ],
  ['an address that does not exist', 404, 'There is no GET at this address', () => shop.call('/v1/nothing')],
  ['the base itself', 404, 'There is no GET at this address', () => shop.call('')],
  ['GET of auth', 404, 'There is no GET at this address', () => shop.call('/v1/merchant/auth')],
  ['GET of create', 404, 'There is no GET at this address', () => shop.call(CREATE)],
  ['POST of status', 404, 'There is no POST at this address', () => shop.call(STATUS, { body: {} })],
  [
    'DELETE of status',
    404,
    'There is no DELETE at this address',
    () => shop.call(STATUS, { method: 'DELETE' }),
  ],
];

async function authorized(path: string, body?: unknown): Promise<Reply> {
  return shop.call(path, { token: await shop.logIn(), ...(body !== undefined && { body }) });
}

/** The sample's members; those that differ with every error have their forms. */
function assertErrorBody({ status, body }: Reply, expected: number): void {
  const sample = REPLIES[`error${expected}`] ?? assert.fail();
  assert.equal(status, expected);
  assert.deepEqual(Object.keys(body), Object.keys(sample));
  assert.equal(body['code'], sample['code']);
  assert.match(String(body['path']), /^\/checkout/);
  assert.equal(body['timestamp'], new Date(shop.now()).toISOString());
  assert.match(String(body['trace']), /^[0-9a-f]{32}$/);
}

describe('an error', () => {
  for (const [what, expected, detail, send] of TRIGGERS) {
    it(`${expected}: ${what}`, async () => {
      const reply = await send();
      assertErrorBody(reply, expected);
      assert.equal(reply.body['detail'], detail);
    });
  }

  it('has a trace of its own, and the address that was called', async () => {
    const [first, second] = [await shop.call(STATUS), await shop.call(STATUS)];
    assert.notEqual(first.body['trace'], second.body['trace']);
    assert.equal(first.body['path'], `/checkout${STATUS}`);
  });
});

describe('an error by order', () => {
  const CALLS: [operation: string, usual: number, send: (token: string) => Promise<Reply>][] = [
    ['auth', 400, () => shop.call('/v1/merchant/auth', { body: {} })],
    ['create', 200, (token) => shop.call(CREATE, { token, body: createBody() })],
    ['status', 404, (token) => shop.call(STATUS, { token })],
  ];
  for (const [operation, usual, send] of CALLS) {
    for (const code of [400, 401, 404, 500]) {
      it(`${code} of ${operation} comes once, with the documented body, and leaves the token good`, async () => {
        const token = await shop.logIn();
        await shop.order({ operation, fault: 'reject', code });
        assertErrorBody(await send(token), code);
        assert.equal((await send(token)).status, usual);
      });
    }
  }

  it('executes nothing', async () => {
    const request = { token: await shop.logIn(), body: createBody() };
    await shop.order({ operation: 'create', fault: 'reject', code: 500 });
    assert.equal((await shop.call(CREATE, request)).status, 500);
    assert.equal((await shop.call(CREATE, request)).status, 200, 'the name is still free');
  });

  it('of another status has a code made of it', async () => {
    await shop.order({ operation: 'status', fault: 'reject', code: 503 });
    const { status, body } = await shop.call(STATUS);
    assert.deepEqual([status, body['code']], [503, 'HTTP_503']);
  });
});
