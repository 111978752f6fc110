import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { CREDENTIALS } from '../../../../demo/sandbox/settings.js';
import { assertPart, browse, startMerchant, type Answer, type Merchant } from '../merchant.js';

const UZCARD = '8600 0000 0000 0007';
const HUMO = '9860000000000009';
const VISA = '4000000000005001';
const LOGIN = { username: CREDENTIALS.globalpayUsername, password: CREDENTIALS.globalpayPassword };
const SUCCESS = 'https://shop.example/done?payment=1';
const FAIL = 'https://shop.example/failed?payment=1';

let now = Date.parse('2026-11-22T12:00:00Z');
let merchant: Merchant;
let name: string;
let names = 0;

before(async () => {
  merchant = await startMerchant({ now: () => now, accessTokenSeconds: 120 });
});
after(() => merchant.close());
beforeEach(() => {
  name = `shop-${++names}`;
});

interface Reply {
  status: number;
  body: Answer;
}

async function call(path: string, init: { token?: string; body?: unknown } = {}): Promise<Reply> {
  const response = await fetch(`${merchant.sandbox.url}/globalpay/checkout${path}`, {
    ...(init.body !== undefined && { method: 'POST', body: JSON.stringify(init.body) }),
    headers: {
      'Content-Type': 'application/json',
      ...(init.token && { Authorization: `Bearer ${init.token}` }),
    },
  });
  return { status: response.status, body: (await response.json()) as Answer };
}

async function logIn(): Promise<string> {
  const { body } = await call('/v1/merchant/auth', { body: LOGIN });
  return String(body['access_token']);
}

function createBody(changes: object = {}) {
  return {
    name,
    description: 'Order <1001>',
    externalId: `ext-${name}`,
    account: '1001',
    externalServiceId: 303,
    items: [],
    requestFields: [
      { name: 'amount', value: '100000' },
      { name: 'currency', value: 'UZS' },
    ],
    successRedirectUrl: SUCCESS,
    failRedirectUrl: FAIL,
    ...changes,
  };
}

async function create(changes: object = {}): Promise<Reply> {
  return call('/v1/user-service-tokens', { token: await logIn(), body: createBody(changes) });
}

/** A created token: its status, and its page. */
async function payment(changes: object = {}) {
  const { body } = await create(changes);
  const id = String(body['id']);
  return {
    id,
    url: String(body['userRedirectUrl']),
    status: async () => {
      const answer = await call(`/v1/payment/servicetoken/${id}`, { token: await logIn() });
      return answer.body;
    },
  };
}

async function captured(): Promise<number> {
  const { captures } = (await merchant.control('ledger')) as { captures: { reference: string }[] };
  return captures.filter((entry) => entry.reference === `ext-${name}`).length;
}

describe('auth', () => {
  it('gives an access token and a refresh token with their lives', async () => {
    const { status, body } = await call('/v1/merchant/auth', { body: LOGIN });
    assert.equal(status, 200);
    assertPart(body, { expires_in: 120, refresh_expires_in: 1800 });
    assert.equal(typeof body['access_token'], 'string');
    assert.equal(typeof body['refresh_token'], 'string');
  });

  it('refuses wrong credentials with 401 and a body without them with 400', async () => {
    const wrong = await call('/v1/merchant/auth', { body: { ...LOGIN, password: 'x' } });
    assert.equal(wrong.status, 401);
    assert.equal((await call('/v1/merchant/auth', { body: {} })).status, 400);
  });

  it('accepts an access token until its life is over', async () => {
    const token = await logIn();
    now += 119_999;
    assert.equal((await call('/v1/payment/servicetoken/x', { token })).status, 404);
    now += 1;
    assert.equal((await call('/v1/payment/servicetoken/x', { token })).status, 401);
  });

  it('refreshes once, and refuses the old access token from then on', async () => {
    const { body } = await call('/v1/merchant/auth', { body: LOGIN });
    const refresh = { body: { refresh_token: body['refresh_token'] } };
    const renewed = await call('/v1/merchant/auth/refresh', refresh);
    assert.equal(renewed.status, 200);
    const status = async (token: unknown) =>
      (await call('/v1/payment/servicetoken/x', { token: String(token) })).status;
    assert.equal(await status(body['access_token']), 401);
    assert.equal(await status(renewed.body['access_token']), 404);
    assert.equal((await call('/v1/merchant/auth/refresh', refresh)).status, 401);
  });

  it('refuses a refresh token whose life is over', async () => {
    const { body } = await call('/v1/merchant/auth', { body: LOGIN });
    now += 1800_000;
    const refresh = { body: { refresh_token: body['refresh_token'] } };
    assert.equal((await call('/v1/merchant/auth/refresh', refresh)).status, 401);
  });
});

describe('errors', () => {
  it('have the five documented members', async () => {
    const { status, body } = await call('/v1/user-service-tokens', { body: createBody() });
    assert.equal(status, 401);
    assert.match(String(body['trace']), /^[0-9a-f]{32}$/);
    assertPart(body, {
      detail: 'Access token is missing or expired',
      code: 'UNAUTHORIZED',
      path: '/checkout/v1/user-service-tokens',
      timestamp: new Date(now).toISOString(),
    });
  });

  it('answers 404 to other addresses and unknown tokens', async () => {
    assert.equal((await call('/v1/nothing')).status, 404);
    assert.equal((await call('/v1/payment/servicetoken/none', { token: await logIn() })).status, 404);
  });
});

describe('create', () => {
  it('echoes the request with the effective life, an id and the page on its own host', async () => {
    const { status, body } = await create();
    assert.equal(status, 200);
    assertPart(body, { ...createBody(), tokenLifespan: 900 });
    assert.equal(body['userRedirectUrl'], `${merchant.sandbox.url}/globalpay/pay/${String(body['id'])}`);
  });

  for (const [given, effective] of [
    [-1, 300],
    [0, 300],
    [1, 300],
    [299, 300],
    [300, 300],
    [301, 301],
    [900, 900],
    [86_399, 86_399],
    [86_400, 86_400],
    [86_401, 86_400],
    [1_000_000, 86_400],
  ] as const) {
    it(`makes a life of ${effective} seconds from ${given}`, async () => {
      assertPart((await create({ tokenLifespan: given })).body, { tokenLifespan: effective });
    });
  }

  const fields = (amount: unknown, currency: unknown = 'UZS') => ({
    requestFields: [
      { name: 'amount', value: amount },
      { name: 'currency', value: currency },
    ],
  });
  const wrong: [what: string, changes: object][] = [
    ['without a name', { name: undefined }],
    ['with an empty description', { description: '' }],
    ['without externalId', { externalId: undefined }],
    ['without account', { account: undefined }],
    ['without items', { items: undefined }],
    ['for another service', { externalServiceId: 304 }],
    ['with a fraction of a second', { tokenLifespan: 300.5 }],
    ['without requestFields', { requestFields: undefined }],
    ['without an amount', { requestFields: [{ name: 'currency', value: 'UZS' }] }],
    ['without a currency', { requestFields: [{ name: 'amount', value: '1' }] }],
    ['with an amount of zero', fields('0')],
    ['with a fraction of a tiyin', fields('100.5')],
    ['with an amount below zero', fields('-1')],
    ['with a number where text is due', fields(100)],
    ['in another currency', fields('100', 'UAH')],
    ['with a script as an address', { successRedirectUrl: 'javascript:1' }],
  ];
  for (const [what, changes] of wrong) {
    it(`refuses a token ${what}`, async () => {
      const { status, body } = await create(changes);
      assert.equal(status, 400);
      assert.equal(body['code'], 'VALIDATION_ERROR');
    });
  }

  it('refuses a name that exists, and a body that is no JSON', async () => {
    await create();
    assert.equal((await create()).status, 400);
    const response = await fetch(`${merchant.sandbox.url}/globalpay/checkout/v1/user-service-tokens`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await logIn()}` },
      body: '{',
    });
    assert.equal(response.status, 400);
  });
});

describe('the card page', () => {
  it('takes Uzcard with the SMS code: captured, called back, receipt, successRedirectUrl', async () => {
    const { id, url, status } = await payment();
    assertPart(await status(), { id, status: 'INIT', error: null, gnkDetail: null });
    const afterCard = await browse(`${url}/card`, { number: UZCARD });
    assert.equal(afterCard.location, `/globalpay/pay/${id}`);
    assert.match((await browse(url)).html, /autocomplete="one-time-code"/);
    assert.equal(await captured(), 0);

    const { location } = await browse(`${url}/code`, { code: '123456' });
    assert.equal(location, SUCCESS);
    assert.equal(await captured(), 1);
    const approved = await status();
    assertPart(approved, {
      externalId: `ext-${name}`,
      account: '1001',
      amount: 100_000,
      currency: 'UZS',
      status: 'APPROVED',
      error: null,
    });
    assert.deepEqual((await merchant.nextCallback()).body, approved);

    const { qrCodeUrl } = approved['gnkDetail'] as { qrCodeUrl: string };
    const receipt = await browse(qrCodeUrl);
    assert.equal(receipt.status, 200);
    assert.match(receipt.html, /1\u00a0000,00 UZS/);
    assert.match(receipt.html, /Order &lt;1001&gt;/);
  });

  it('fails a Humo card for lack of funds and goes to failRedirectUrl', async () => {
    const { url, status } = await payment();
    await browse(`${url}/card`, { number: HUMO });
    assert.equal((await browse(`${url}/code`, { code: '123456' })).location, FAIL);
    assertPart(await status(), { status: 'FAILED', error: 'INSUFFICIENT_FUNDS', gnkDetail: null });
    assert.equal(await captured(), 0);
    await merchant.nextCallback();
  });

  it("takes Visa by the bank's page", async () => {
    const { url } = await payment();
    const hop = await browse(`${url}/card`, { number: VISA });
    const challenge = await browse(`${merchant.sandbox.url}${hop.action}`, hop.hidden);
    const answer = { ...challenge.hidden, code: '123456', decision: 'confirm' };
    const back = await browse(`${merchant.sandbox.url}${challenge.action}`, answer);
    assert.equal(await captured(), 0);
    assert.equal((await browse(back.action, back.hidden)).location, SUCCESS);
    assert.equal(await captured(), 1);
    await merchant.nextCallback();
  });

  it('fails where the bank says no, or the message is not the bank’s', async () => {
    const { url, status } = await payment();
    await browse(`${url}/card`, { number: VISA });
    assert.equal((await browse(`${url}/bank`, { cres: 'e30' })).location, FAIL);
    assert.equal((await status())['status'], 'FAILED');
    await merchant.nextCallback();
  });

  it('lets a wrong code be corrected, and fails after the third', async () => {
    const { url, status } = await payment();
    await browse(`${url}/card`, { number: UZCARD });
    assert.equal((await browse(`${url}/code`, { code: '1' })).status, 422);
    assert.equal((await browse(`${url}/code`, { code: '2' })).status, 422);
    assert.equal((await browse(`${url}/code`, { code: '3' })).location, FAIL);
    assert.equal((await status())['status'], 'FAILED');
    await merchant.nextCallback();
  });

  it('charges once, however often the code is sent', async () => {
    const { url } = await payment();
    await browse(`${url}/card`, { number: UZCARD });
    await browse(`${url}/code`, { code: '123456' });
    await browse(`${url}/code`, { code: '123456' });
    assert.equal(await captured(), 1);
    await merchant.nextCallback();
  });

  it('shows the result itself where the merchant gave no addresses', async () => {
    const { id, url } = await payment({ successRedirectUrl: undefined, failRedirectUrl: undefined });
    await browse(`${url}/card`, { number: UZCARD });
    assert.equal((await browse(`${url}/code`, { code: '123456' })).location, `/globalpay/pay/${id}`);
    assert.match((await browse(url)).html, /role="status"/);
    await merchant.nextCallback();
  });

  it('ends as failed when the shopper refuses', async () => {
    const { url, status } = await payment();
    assert.equal((await browse(`${url}/controls`, { control: 'refuse' })).location, FAIL);
    assert.equal((await status())['status'], 'FAILED');
    await merchant.nextCallback();
  });

  it('asks again after a card that it does not know', async () => {
    const { url, status } = await payment();
    assert.equal((await browse(`${url}/card`, { number: '4111111111111111' })).status, 422);
    assert.equal((await status())['status'], 'INIT');
  });
});

describe('expiry', () => {
  it('is decided after the life, not at its end', async () => {
    const { status } = await payment({ tokenLifespan: 300 });
    now += 300_000;
    assert.equal((await status())['status'], 'INIT');
    now += 1;
    assertPart(await status(), { status: 'FAILED', error: 'PAYMENT_EXPIRED' });
  });

  it('does not end a payment whose card was given in time', async () => {
    const { url, status } = await payment({ tokenLifespan: 300 });
    await browse(`${url}/card`, { number: UZCARD });
    now += 301_000;
    assert.equal((await status())['status'], 'INIT');
    assert.equal((await browse(`${url}/code`, { code: '123456' })).location, SUCCESS);
    await merchant.nextCallback();
  });

  it('comes at once with the sandbox control; the page then leads back to the shop', async () => {
    const { url, status } = await payment();
    await browse(`${url}/controls`, { control: 'expire' });
    assert.match(
      (await browse(url)).html,
      /data-control="back" href="https:\/\/shop\.example\/failed\?payment=1"/,
    );
    assert.equal((await status())['error'], 'PAYMENT_EXPIRED');
    await browse(`${url}/card`, { number: UZCARD });
    assert.equal((await status())['error'], 'PAYMENT_EXPIRED');
  });
});
