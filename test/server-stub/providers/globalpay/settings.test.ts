import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import {
  effectiveLifespan,
  readGlobalPaySettings,
} from '../../../../server-stub/providers/globalpay/settings.js';
import lifespans from '../../../fixtures/globalpay/token-lifespan.json' with { type: 'json' };

const ENV = {
  GLOBALPAY_API_URL: 'https://checkout-api-dev.globalpay.uz/checkout/',
  GLOBALPAY_USERNAME: 'merchant',
  GLOBALPAY_PASSWORD: 'canary-password',
  GLOBALPAY_SERVICE_ID: '303',
};

function assertNames(env: Record<string, string>, setting: string): void {
  assert.throws(() => readGlobalPaySettings(env), { name: 'SettingError', setting });
}

test('no setting of GlobalPay: it is off', () => {
  assert.equal(readGlobalPaySettings({}), undefined);
});

for (const setting of Object.keys(ENV)) {
  test(`without ${setting} alone the start is stopped with a sentence that names it`, () => {
    assertNames({ ...ENV, [setting]: '' }, setting);
  });
}

test('the address loses its slash, the life is 900 s, and pages are expected at the parent domain', () => {
  const { password, ...rest } = readGlobalPaySettings(ENV) ?? assert.fail();
  assert.equal(password.reveal(), 'canary-password');
  assert.deepEqual(rest, {
    apiUrl: 'https://checkout-api-dev.globalpay.uz/checkout',
    username: 'merchant',
    serviceId: '303',
    tokenLifespan: 900,
    redirectHosts: ['globalpay.uz'],
  });
});

test('H16 every row of the table of lives is what GlobalPay will make of it', () => {
  for (const { given, effective } of lifespans)
    assert.equal(effectiveLifespan(given ?? undefined), effective);
});

test('H16 a life out of range is clamped, and one that is no life is refused', () => {
  const life = (text: string) =>
    readGlobalPaySettings({ ...ENV, GLOBALPAY_TOKEN_LIFESPAN: text })?.tokenLifespan;
  assert.equal(life('299'), 300);
  assert.equal(life('86401'), 86_400);
  for (const text of ['0', '-1', '300.5', 'soon'])
    assertNames({ ...ENV, GLOBALPAY_TOKEN_LIFESPAN: text }, 'GLOBALPAY_TOKEN_LIFESPAN');
});

test('the hosts of the page can be given, and have to be host names', () => {
  const env = { ...ENV, GLOBALPAY_REDIRECT_HOSTS: 'Pay.Example , globalpay.uz' };
  assert.deepEqual(readGlobalPaySettings(env)?.redirectHosts, ['pay.example', 'globalpay.uz']);
  for (const hosts of ['https://pay.example', 'pay.example/', '*.uz', 'a,,b'])
    assertNames({ ...ENV, GLOBALPAY_REDIRECT_HOSTS: hosts }, 'GLOBALPAY_REDIRECT_HOSTS');
});

test('neither inspecting nor serializing the settings shows the password', () => {
  const settings = readGlobalPaySettings(ENV);
  for (const text of [inspect(settings, { showHidden: true }), JSON.stringify(settings)])
    assert.equal(text.includes('canary-password'), false);
});
