import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProviders } from '../../../server-stub/providers/registry.js';

const PROCARD = {
  PROCARD_API_URL: 'https://pay-test.procard-ltd.com/api/',
  PROCARD_MERCHANT_ID: 'm',
  PROCARD_SECRET_KEY: 'k',
};
const GLOBALPAY = {
  GLOBALPAY_API_URL: 'https://checkout-api-dev.globalpay.uz/checkout',
  GLOBALPAY_USERNAME: 'u',
  GLOBALPAY_PASSWORD: 'p',
  GLOBALPAY_SERVICE_ID: '303',
};

const made = (env: NodeJS.ProcessEnv) =>
  createProviders(env).map(({ name, currency }) => `${name} ${currency}`);

test('a provider is on when its settings are present', () => {
  assert.deepEqual(made({}), []);
  assert.deepEqual(made(PROCARD), ['procard UAH']);
  assert.deepEqual(made(GLOBALPAY), ['globalpay UZS']);
  assert.deepEqual(made({ ...PROCARD, ...GLOBALPAY }), ['procard UAH', 'globalpay UZS']);
});

test('half an account stops the start', () => {
  assert.throws(() => createProviders({ ...GLOBALPAY, PROCARD_SECRET_KEY: 'k' }), {
    setting: 'PROCARD_API_URL',
  });
});
