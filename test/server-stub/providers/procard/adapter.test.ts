import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Procard } from '../../../../server-stub/providers/procard/adapter.js';
import type { ProcardSettings } from '../../../../server-stub/providers/procard/settings.js';
import type { AttemptRef } from '../../../../server-stub/providers/provider.js';
import { PspHttp } from '../../../../server-stub/providers/psp-http.js';
import replies from '../../../fixtures/procard/replies.json' with { type: 'json' };
import { GOOGLE_PAY, GP_TOKEN, HOSTED } from '../attempts.js';
import { providerSuite } from '../provider-suite.js';
import { startWire, type Received } from '../wire-server.js';
import { SETTINGS } from './procard-settings.js';

const http = new PspHttp();

providerSuite({
  name: 'procard',
  create: (base, http) => new Procard({ ...SETTINGS, apiUrl: `${base}/api/` }, http),
  attempt: GOOGLE_PAY,
  unrepresentable: { ...GOOGLE_PAY, order: { ...GOOGLE_PAY.order, description: 'gift;1.00' } },
  mostBegins: 1,
  approving: {
    begin: JSON.stringify(replies.approved),
    query: JSON.stringify(replies.checkApproved),
  },
  begun: 'approved',
  secrets: ['sandbox-secret-0001', GP_TOKEN.slice(20, 60)],
});

/** ProcardPay with scripted replies: by operation, and by the path's end for the status query. */
async function procard(
  t: TestContext,
  script: Record<string, object>,
  settings: Partial<ProcardSettings> = {},
) {
  const { url, received } = await startWire(t, (request) => JSON.stringify(script[called(request)] ?? {}));
  return { provider: new Procard({ ...SETTINGS, apiUrl: `${url}/api/`, ...settings }, http), received, url };
}

function called({ path, body }: Received): string {
  if (path === '/api/check') return 'check';
  return /GooglePayPurchase|Complete3DS|Purchase/.exec(body.toString())?.[0] ?? 'nothing';
}

test('both methods are offered, Google Pay first, with the documented gateway settings', () => {
  assert.deepEqual(new Procard(SETTINGS, http).methods(), [
    {
      type: 'google-pay',
      environment: 'TEST',
      gateway: 'procard',
      gatewayMerchantId: 'BO_gateway0000001',
      merchantName: 'Test shop',
      networks: ['MASTERCARD', 'VISA'],
      authMethods: ['PAN_ONLY', 'CRYPTOGRAM_3DS'],
    },
    { type: 'hosted-page' },
  ]);
});

test('without a gateway merchant id only the page is offered', () => {
  assert.deepEqual(new Procard({ ...SETTINGS, googlePay: undefined }, http).methods(), [
    { type: 'hosted-page' },
  ]);
});

test('a purchase is one POST to the base itself, and a status query one POST to check', async (t) => {
  const { provider, received } = await procard(t, {
    GooglePayPurchase: replies.approved,
    check: replies.checkApproved,
  });
  assert.deepEqual(await provider.begin(GOOGLE_PAY), { kind: 'approved' });
  assert.deepEqual(await provider.query(GOOGLE_PAY), { kind: 'approved' });
  assert.deepEqual(
    received.map(({ method, path }) => `${method} ${path}`),
    ['POST /api/', 'POST /api/check'],
  );
});

test('a hosted purchase sends the shopper to the page whose address the reply holds', async (t) => {
  const script: Record<string, object> = {};
  const { provider, url } = await procard(t, script);
  script['Purchase'] = { result: 0, url: `${url}/payment/pay?payment=abc` };
  assert.deepEqual(await provider.begin(HOSTED), { kind: 'redirect', url: `${url}/payment/pay?payment=abc` });
});

test('a page on a host that is not the provider’s sends nobody anywhere', async (t) => {
  const { provider } = await procard(t, {
    Purchase: { result: 0, url: 'https://procard-ltd.com.evil.example/pay' },
  });
  const result = await provider.begin(HOSTED);
  assert.ok(result.kind === 'unknown' && result.attention === 'mismatch');
});

const CHALLENGED: AttemptRef = { ...GOOGLE_PAY, providerId: 'key-1' };
const CRES = { version: 2, cres: 'eyJ0cmFuc1N0YXR1cyI6IlkifQ' } as const;

test('after Complete3DS the status query decides', async (t) => {
  const { provider, received } = await procard(t, {
    Complete3DS: replies.completed,
    check: replies.checkApproved,
  });
  assert.deepEqual(await provider.complete(CHALLENGED, CRES), { kind: 'approved' });
  assert.deepEqual(received.map(called), ['Complete3DS', 'check']);
});

test('F20 a Complete3DS that is not answered is not sent again, the status query decides', async (t) => {
  const { url, received } = await startWire(t, (request, response) => {
    if (called(request) === 'check') return JSON.stringify(replies.checkApproved);
    response.destroy();
  });
  const provider = new Procard({ ...SETTINGS, apiUrl: `${url}/api/` }, http);
  assert.deepEqual(await provider.complete(CHALLENGED, CRES), { kind: 'approved' });
  assert.deepEqual(received.map(called), ['Complete3DS', 'check']);
});

test('Complete3DS says approved while the status query still waits: the payment stays open', async (t) => {
  const waiting = { ...replies.checkApproved, transactionStatus: 'WAITING-AUTH' };
  const { provider } = await procard(t, { Complete3DS: replies.completed, check: waiting });
  assert.equal((await provider.complete(CHALLENGED, CRES)).kind, 'pending');
});

for (const [words, check] of [
  ['declined', { ...replies.checkApproved, transactionStatus: 'DECLINED' }],
  ['not found', replies.checkNotFound],
] as const) {
  test(`Complete3DS says approved and the status query says ${words}: nothing is decided`, async (t) => {
    const { provider } = await procard(t, { Complete3DS: replies.completed, check });
    assert.equal((await provider.complete(CHALLENGED, CRES)).kind, 'pending');
  });
}

test('a decline after a challenge with a wrong CAVV is a failed authentication', async (t) => {
  const declined = { ...replies.completed, status: 'DECLINED', code: 210 };
  const check = { ...replies.checkApproved, transactionStatus: 'DECLINED', reasonCode: 12, reason: 'no' };
  const { provider } = await procard(t, { Complete3DS: declined, check });
  assert.deepEqual(await provider.complete(CHALLENGED, CRES), {
    kind: 'declined',
    reason: 'authentication_failed',
    providerCode: '210',
  });
});

test('a Complete3DS that was refused says so, and the payment stays as the status query has it', async (t) => {
  const waiting = { ...replies.checkApproved, transactionStatus: '3DS' };
  const { provider } = await procard(t, { Complete3DS: replies.rejected, check: waiting });
  assert.deepEqual(await provider.complete(CHALLENGED, CRES), {
    kind: 'pending',
    why: 'ProcardPay found the signature wrong.',
  });
});

test('a bank’s answer that cannot be signed is not sent, the status query alone answers', async (t) => {
  const { provider, received } = await procard(t, { check: replies.checkApproved });
  const result = await provider.complete(CHALLENGED, { version: 1, MD: 'a;b', PaRes: 'AAAA' });
  assert.equal(result.kind, 'approved');
  assert.deepEqual(received.map(called), ['check']);
});
