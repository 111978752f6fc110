import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { readDirectSettings } from '../../../server-stub/google-pay/settings.js';
import { p256 } from './forge.js';

const { privateKey } = p256();
const base64 = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'der' }).toString('base64');
const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

const ON = {
  GOOGLE_PAY_GATEWAY_MERCHANT_ID: 'BO_g',
  GOOGLE_PAY_DIRECT_PRIVATE_KEY: base64(privateKey),
  GOOGLE_PAY_DIRECT_ACKNOWLEDGE_PCI: 'yes',
};
const SANDBOX = 'http://127.0.0.1:8090/google-pay/keys.json';

function refuses(env: Record<string, string>, sentence: string): void {
  assert.throws(() => readDirectSettings(env), { name: 'SettingError', message: sentence });
}

describe('tokens for the merchant itself', () => {
  test('are off by default', () => {
    assert.equal(readDirectSettings({}), undefined);
    assert.equal(readDirectSettings({ GOOGLE_PAY_GATEWAY_MERCHANT_ID: 'BO_g' }), undefined);
  });

  test('take a key and somebody who knows what that means', () => {
    refuses(
      { ...ON, GOOGLE_PAY_DIRECT_PRIVATE_KEY: '' },
      'GOOGLE_PAY_DIRECT_PRIVATE_KEY is missing, while GOOGLE_PAY_DIRECT_ACKNOWLEDGE_PCI is present.',
    );
    for (const GOOGLE_PAY_DIRECT_ACKNOWLEDGE_PCI of ['', 'no', 'YES'])
      refuses(
        { ...ON, GOOGLE_PAY_DIRECT_ACKNOWLEDGE_PCI },
        'GOOGLE_PAY_DIRECT_ACKNOWLEDGE_PCI must be yes where GOOGLE_PAY_DIRECT_PRIVATE_KEY is present: the server then sees card numbers.',
      );
  });

  test('take the gateway’s name for the merchant, which Google does not put into them', () => {
    refuses(
      { ...ON, GOOGLE_PAY_GATEWAY_MERCHANT_ID: '' },
      'GOOGLE_PAY_GATEWAY_MERCHANT_ID is missing, while GOOGLE_PAY_DIRECT_PRIVATE_KEY is present.',
    );
  });
});

describe('the private key', () => {
  test('is PKCS#8, in base64 or PEM, and there may be several', () => {
    const next = p256().privateKey;
    for (const text of [`${base64(privateKey)},${base64(next)}`, `${pem(privateKey)},\n ${base64(next)} `]) {
      const settings = readDirectSettings({ ...ON, GOOGLE_PAY_DIRECT_PRIVATE_KEY: text });
      assert.deepEqual(
        settings?.privateKeys.map((key) => base64(key)),
        [base64(privateKey), base64(next)],
      );
    }
  });

  test('is of P-256, and a wrong one is not repeated', () => {
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
    const publicKey = p256().publicKey.export({ type: 'spki', format: 'pem' }).toString();
    for (const wrong of ['canary', `${base64(privateKey)},`, base64(p384), pem(rsa), publicKey])
      refuses(
        { ...ON, GOOGLE_PAY_DIRECT_PRIVATE_KEY: wrong },
        'GOOGLE_PAY_DIRECT_PRIVATE_KEY must hold P-256 private keys in PKCS#8, base64 or PEM, with commas between.',
      );
  });

  test('shows itself to no inspector', () => {
    const shown = inspect(readDirectSettings(ON), { depth: null, showHidden: true });
    assert.equal(shown.includes(base64(privateKey).slice(50, 90)), false);
    assert.doesNotMatch(JSON.stringify(readDirectSettings(ON)), /[A-Za-z0-9+/]{40}/);
  });
});

describe('who a token is for, and whom to trust', () => {
  test('in TEST: one merchant for all, and Google’s test keys', () => {
    const settings = readDirectSettings({ ...ON, GOOGLE_PAY_MERCHANT_ID: 'BCR2DN4T' });
    assert.equal(settings?.recipientId, 'merchant:12345678901234567890');
    assert.equal(
      settings.rootKeysUrl,
      'https://payments.developers.google.com/paymentmethodtoken/test/keys.json',
    );
  });

  test('in PRODUCTION: the merchant’s own id, which has to be there, and Google’s keys', () => {
    const env = { ...ON, GOOGLE_PAY_ENVIRONMENT: 'PRODUCTION' };
    const settings = readDirectSettings({ ...env, GOOGLE_PAY_MERCHANT_ID: 'BCR2DN4T' });
    assert.equal(settings?.recipientId, 'merchant:BCR2DN4T');
    assert.equal(settings.rootKeysUrl, 'https://payments.developers.google.com/paymentmethodtoken/keys.json');
    refuses(env, 'GOOGLE_PAY_MERCHANT_ID is missing, while GOOGLE_PAY_ENVIRONMENT is PRODUCTION.');
  });

  test('in the sandbox: its keys in place of Google’s, on this machine only and never in PRODUCTION', () => {
    const settings = readDirectSettings({ ...ON, GOOGLE_PAY_SANDBOX_KEYS_URL: SANDBOX });
    assert.equal(settings?.rootKeysUrl, SANDBOX);
    refuses(
      { GOOGLE_PAY_SANDBOX_KEYS_URL: 'https://keys.example/keys.json' },
      'GOOGLE_PAY_SANDBOX_KEYS_URL must be an address of this machine.',
    );
    refuses(
      { GOOGLE_PAY_SANDBOX_KEYS_URL: SANDBOX, GOOGLE_PAY_ENVIRONMENT: 'PRODUCTION' },
      'GOOGLE_PAY_SANDBOX_KEYS_URL is there, while GOOGLE_PAY_ENVIRONMENT is PRODUCTION.',
    );
  });
});
