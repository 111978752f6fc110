import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ENVIRONMENT, readEnvironment, SettingError } from '../../../demo/sandbox/environment.js';
import { CREDENTIALS, DEFAULT_GLOBALPAY_CALLBACK_URL } from '../../../demo/sandbox/settings.js';

test('without settings everything has its initial value, and blank ones count as unset', () => {
  const expected = {
    port: 8090,
    globalpayCallbackUrl: DEFAULT_GLOBALPAY_CALLBACK_URL,
    procardCallbackAlgorithm: 'sha512',
    accessTokenSeconds: 300,
    globalpayUnpaid: 'init',
    credentials: { ...CREDENTIALS },
  };
  assert.deepEqual(readEnvironment({}), expected);
  assert.deepEqual(
    readEnvironment(Object.fromEntries(Object.keys(ENVIRONMENT).map((name) => [name, ' ']))),
    expected,
  );
});

test('each setting arrives in its place', () => {
  const env = {
    SANDBOX_PORT: '0',
    SANDBOX_GLOBALPAY_CALLBACK_URL: 'http://localhost:9/x',
    SANDBOX_PROCARD_CALLBACK_ALGORITHM: 'md5',
    SANDBOX_GLOBALPAY_ACCESS_TOKEN_SECONDS: '2',
    SANDBOX_GLOBALPAY_UNPAID: 'not_found',
    SANDBOX_PROCARD_MERCHANT_ID: 'merchant',
    SANDBOX_PROCARD_SECRET_KEY: 'key',
    SANDBOX_GOOGLE_PAY_GATEWAY_MERCHANT_ID: 'gateway',
    SANDBOX_GLOBALPAY_USERNAME: 'user',
    SANDBOX_GLOBALPAY_PASSWORD: 'password',
    SANDBOX_GLOBALPAY_SERVICE_ID: '7',
  };
  assert.deepEqual(Object.keys(env).sort(), Object.keys(ENVIRONMENT).sort());
  assert.deepEqual(readEnvironment(env), {
    port: 0,
    globalpayCallbackUrl: 'http://localhost:9/x',
    procardCallbackAlgorithm: 'md5',
    accessTokenSeconds: 2,
    globalpayUnpaid: 'not_found',
    credentials: {
      procardMerchantId: 'merchant',
      procardSecret: 'key',
      gatewayMerchantId: 'gateway',
      globalpayUsername: 'user',
      globalpayPassword: 'password',
      globalpayServiceId: '7',
    },
  });
});

const WRONG = {
  SANDBOX_PORT: ['65536', '80.5', '-1', 'http'],
  SANDBOX_GLOBALPAY_CALLBACK_URL: ['localhost:8080', 'ftp://localhost/'],
  SANDBOX_PROCARD_CALLBACK_ALGORITHM: ['sha1', 'SHA512'],
  SANDBOX_GLOBALPAY_ACCESS_TOKEN_SECONDS: ['0', '1e3'],
  SANDBOX_GLOBALPAY_UNPAID: ['404'],
  SANDBOX_PROCARD_SECRET_KEY: ['two words', 'x'.repeat(101)],
} as const;

for (const [name, texts] of Object.entries(WRONG)) {
  test(`a wrong ${name} is refused with a sentence that names it and does not repeat it`, () => {
    const { must } = ENVIRONMENT[name as keyof typeof WRONG];
    for (const text of texts)
      assert.throws(() => readEnvironment({ [name]: text }), new SettingError(`${name} must ${must}.`));
  });
}
