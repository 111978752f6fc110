import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPageOf, pageHost } from '../../../server-stub/providers/page-host.js';

for (const [api, host] of [
  ['https://checkout-api.globalpay.uz/checkout', 'globalpay.uz'],
  ['https://pay-test.procard-ltd.com/api/', 'procard-ltd.com'],
  ['https://procard-ltd.com/api/', 'procard-ltd.com'],
  ['http://127.0.0.1:8090/procard/api/', '127.0.0.1'],
  ['http://localhost:8090/', 'localhost'],
  ['http://[::1]:8090/', '[::1]'],
  ['https://192.0.2.7/api', '192.0.2.7'],
] as const)
  test(`the pages of ${api} are expected at ${host}`, () => assert.equal(pageHost(api), host));

test('a page is safe and lies at or below one of the hosts', () => {
  const hosts = ['globalpay.uz', 'pay.example'];
  for (const url of ['https://globalpay.uz/x', 'https://checkout.globalpay.uz/pay/1', 'https://pay.example/'])
    assert.equal(isPageOf(url, hosts), true, url);
  for (const url of [
    'http://globalpay.uz/x',
    'https://notglobalpay.uz/',
    'https://globalpay.uz.evil.example/',
    'https://globalpay.uz@evil.example/',
    'https://evil.example/?globalpay.uz',
    'javascript:globalpay.uz',
    undefined,
  ])
    assert.equal(isPageOf(url, hosts), false, url);
});
