import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { readProcardSettings } from '../../../../server-stub/providers/procard/settings.js';

const ENV = {
  PROCARD_API_URL: 'https://pay-test.procard-ltd.com/api',
  PROCARD_MERCHANT_ID: 'BO_sandbox0000001',
  PROCARD_SECRET_KEY: 'canary-secret',
};
const PRODUCTION = { ...ENV, GOOGLE_PAY_GATEWAY_MERCHANT_ID: 'BO_g', GOOGLE_PAY_ENVIRONMENT: 'PRODUCTION' };

function assertNames(env: Record<string, string>, setting: string): void {
  assert.throws(() => readProcardSettings(env), { name: 'SettingError', setting });
}

test('no setting of ProcardPay: it is off', () => {
  assert.equal(readProcardSettings({ GOOGLE_PAY_GATEWAY_MERCHANT_ID: 'x' }), undefined);
});

for (const setting of Object.keys(ENV)) {
  test(`without ${setting} alone the start is stopped with a sentence that names it`, () => {
    assertNames({ ...ENV, [setting]: ' ' }, setting);
  });
}

test('the defaults are the documented forms', () => {
  const { secretKey, ...rest } = readProcardSettings(ENV) ?? assert.fail();
  assert.equal(secretKey.reveal(), 'canary-secret');
  assert.deepEqual(rest, {
    apiUrl: 'https://pay-test.procard-ltd.com/api/',
    merchantId: 'BO_sandbox0000001',
    amountFormat: 'fixed2',
    encoding: 'multipart',
    cresField: 'd3ds_cres',
    callbackAlgorithm: 'sha512',
    secureType: undefined,
    areqBrowser: false,
    googlePay: undefined,
  });
});

test('the address ends in exactly one slash, however it was written', () => {
  for (const ending of ['', '/', '//'])
    assert.equal(
      readProcardSettings({ ...ENV, PROCARD_API_URL: `https://a.example/api${ending}` })?.apiUrl,
      'https://a.example/api/',
    );
});

test('D6 a key with a line break at its end is trimmed', () => {
  assert.equal(readProcardSettings({ ...ENV, PROCARD_SECRET_KEY: 'key\r\n' })?.secretKey.reveal(), 'key');
});

for (const [setting, value] of [
  ['PROCARD_API_URL', 'http://pay.procard-ltd.com/api'],
  ['PROCARD_MERCHANT_ID', 'a;b'],
  ['PROCARD_AMOUNT_FORMAT', 'cents'],
  ['PROCARD_ENCODING', 'xml'],
  ['PROCARD_CRES_FIELD', 'cres'],
  ['PROCARD_CALLBACK_ALGORITHM', 'SHA512'],
  ['PROCARD_SECURE_TYPE', '3DS'],
  ['PROCARD_AREQ_BROWSER', 'yes'],
] as const) {
  test(`a wrong ${setting} is named`, () => assertNames({ ...ENV, [setting]: value }, setting));
}

test('Google Pay is offered once its gateway merchant id is there, in TEST by default', () => {
  assert.deepEqual(readProcardSettings({ ...ENV, GOOGLE_PAY_GATEWAY_MERCHANT_ID: 'BO_g' })?.googlePay, {
    environment: 'TEST',
    gatewayMerchantId: 'BO_g',
    merchantId: undefined,
    merchantName: 'Test shop',
  });
});

test('PRODUCTION wants Google’s merchant id and the name that Google shows', () => {
  assertNames(PRODUCTION, 'GOOGLE_PAY_MERCHANT_ID');
  assertNames({ ...PRODUCTION, GOOGLE_PAY_MERCHANT_ID: 'BCR1' }, 'GOOGLE_PAY_MERCHANT_NAME');
  const full = { ...PRODUCTION, GOOGLE_PAY_MERCHANT_ID: 'BCR1', GOOGLE_PAY_MERCHANT_NAME: 'Кава' };
  assert.equal(readProcardSettings(full)?.googlePay?.merchantName, 'Кава');
});

test('neither inspecting nor serializing nor printing the settings shows the key', () => {
  const settings = readProcardSettings(ENV) ?? assert.fail();
  const shown = [
    inspect(settings, { showHidden: true }),
    JSON.stringify(settings),
    String(settings.secretKey),
  ];
  for (const text of shown) {
    assert.equal(text.includes('canary-secret'), false);
    assert.ok(text.includes('[secret]'));
  }
});
