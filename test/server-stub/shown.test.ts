import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import type { ProblemCode } from '../../src/contract/index.js';
import { readConfig } from '../../server-stub/config.js';
import { createDirect } from '../../server-stub/google-pay/direct.js';
import { readDirectSettings } from '../../server-stub/google-pay/settings.js';
import { readWebhookSettings } from '../../server-stub/merchant/webhook.js';
import { createProviders } from '../../server-stub/providers/registry.js';
import { readGlobalPaySettings } from '../../server-stub/providers/globalpay/settings.js';
import { readProcardSettings } from '../../server-stub/providers/procard/settings.js';
import { HttpStage, problemOf } from './support/http-stage.js';
import { BODY } from './support/stage.js';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEY = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
const SECRET = 'canary-0123456789';
const WEBHOOK_KEY = Buffer.from(SECRET.repeat(2)).toString('base64');
const DATABASE_KEY = Buffer.from(SECRET.padEnd(32, '-')).toString('base64');

const ENV = {
  DATABASE_URL: `postgres://pay:${SECRET}@db.example/pay`,
  DATABASE_KEY,
  METRICS_TOKEN: SECRET,
  PROCARD_API_URL: 'https://procard.example/api/',
  PROCARD_MERCHANT_ID: 'BO_1',
  PROCARD_SECRET_KEY: SECRET,
  GOOGLE_PAY_GATEWAY_MERCHANT_ID: 'BO_2',
  GOOGLE_PAY_DIRECT_PRIVATE_KEY: KEY,
  GOOGLE_PAY_DIRECT_ACKNOWLEDGE_PCI: 'yes',
  GLOBALPAY_API_URL: 'https://globalpay.example',
  GLOBALPAY_USERNAME: 'merchant',
  GLOBALPAY_PASSWORD: SECRET,
  GLOBALPAY_SERVICE_ID: '303',
  MERCHANT_WEBHOOK_URL: 'https://shop.example/hook',
  MERCHANT_WEBHOOK_SECRET: `whsec_${WEBHOOK_KEY}`,
};

describe('settings and clients show a placeholder to whoever prints them', () => {
  const shown = {
    config: readConfig(ENV),
    ProcardPay: readProcardSettings(ENV),
    GlobalPay: readGlobalPaySettings(ENV),
    DIRECT: readDirectSettings(ENV),
    webhook: readWebhookSettings(ENV),
    providers: createProviders(ENV),
    opener: createDirect(ENV),
  };
  for (const [name, value] of Object.entries(shown))
    test(name, () => {
      assert.ok(value);
      const printed = `${inspect(value, { depth: 20, showHidden: true })}\n${JSON.stringify(value)}`;
      for (const secret of [SECRET, KEY.slice(40), WEBHOOK_KEY, DATABASE_KEY])
        assert.equal(printed.includes(secret), false, printed);
    });
});

test('every refusal has a trace, and the log finds it', async () => {
  const http = await HttpStage.open({ ping: () => Promise.reject(new RangeError(SECRET)) });
  const json = { 'Content-Type': 'application/json' };
  const refusals: [number, ProblemCode, string, RequestInit?][] = [
    [404, 'not_found', `/nowhere?cres=${SECRET}`],
    [404, 'payment_not_found', `/pay/payments/${SECRET}`],
    [405, 'method_not_allowed', '/pay/payments', { method: 'PUT' }],
    [
      413,
      'payload_too_large',
      '/pay/payments',
      { method: 'POST', headers: json, body: SECRET.repeat(4_000) },
    ],
    [415, 'unsupported_media_type', '/pay/payments', { method: 'POST', body: SECRET }],
    [400, 'invalid_request', '/pay/payments', { method: 'POST', headers: json, body: `{"${SECRET}` }],
    [400, 'invalid_request', '/pay/payments', { method: 'POST', headers: json, body: JSON.stringify(BODY) }],
    [500, 'internal', '/health'],
  ];
  for (const [status, code, path, init] of refusals) {
    const response = await http.request(path, init);
    const problem = await problemOf(response);
    assert.deepEqual([problem.status, problem.code], [status, code]);
    const lines = http.stage.logged.filter(({ fields }) => fields?.trace === problem.trace);
    assert.ok(
      lines.some(({ event, fields }) => event === 'request' && fields?.status === status),
      path,
    );
    assert.doesNotMatch(JSON.stringify([problem, http.stage.logged]), /canary/);
  }
});

test('so has one that comes too often', async () => {
  const http = await HttpStage.open();
  const socket = { remoteAddress: '203.0.113.7' };
  const ask = async () => http.app.request('/pay/offers/none', {}, { incoming: { socket } });
  let response = await ask();
  for (let asked = 0; response.status !== 429 && asked < 100; asked += 1) response = await ask();
  const problem = await problemOf(response);
  assert.equal(problem.status, 429);
  assert.equal(http.stage.logged.findLast(({ event }) => event === 'request')?.fields?.trace, problem.trace);
});
