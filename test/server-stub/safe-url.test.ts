import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostWithin, isSafeUrl } from '../../server-stub/safe-url.js';

const accepted = [
  'https://acs.bank.example/challenge?a=1&b=%20#top',
  'HTTPS://acs.bank.example/',
  'https://acs.bank.example:8443',
  'https://xn--e1afmkfd.example/',
  'https://acs.bank.example/шлях?q=є',
  'https://user.bank.example/@handle?mail=a@b.example',
  'http://localhost:8090/acs',
  'http://127.0.0.1:8090/acs',
  'http://127.1.2.3/',
  'http://[::1]:8090/',
];

const refused: [why: string, text: unknown][] = [
  ['not a string', 1],
  ['an array that turns into an address', ['https://bank.example/']],
  ['nothing', ''],
  ['script', 'javascript:alert(1)'],
  ['script with the look of an address', 'javascript://bank.example/%0aalert(1)'],
  ['data', 'data:text/html,x'],
  ['plain http', 'http://bank.example/'],
  ['plain http to something that starts like loopback', 'http://127.0.0.1.evil.example/'],
  ['plain http to something that ends like loopback', 'http://evil-localhost/'],
  ['an address without a scheme', '//evil.example/'],
  ['a path', '/pay'],
  ['a missing slash, which parsers repair', 'https:/bank.example/'],
  ['too many slashes, which parsers drop', 'https:///bank.example/'],
  ['no host', 'https://'],
  ['a user', 'https://good@evil.example/'],
  ['a user and a password', 'https://good:pass@evil.example/'],
  ['an empty user', 'https://@evil.example/'],
  ['a backslash', 'https://good.example\\@evil.example/'],
  ['a leading blank', ' https://bank.example/'],
  ['a blank inside', 'https://bank.example/a b'],
  ['a tab', 'https://bank.exa\tmple/'],
  ['a line break', 'https://bank.example/\nx'],
  ['NUL', 'https://bank.example/\0'],
  ['a no-break space', 'https://bank.example/\u00a0'],
  ['a zero-width space', 'https://bank\u200b.example/'],
  ['a right-to-left override', 'https://bank.example/\u202etxt'],
  ['a lone surrogate', 'https://bank.example/\ud800'],
  ['circled letters, which fold into ASCII', 'https://ⓔvil.example/'],
  ['an escaped host, which parsers unescape', 'https://evil%2eexample/'],
  ['full-width letters', 'https://ｅvil.example/'],
  ['more than 2048 characters', `https://bank.example/${'a'.repeat(2_048)}`],
];

for (const text of accepted) {
  test(`accepts ${text}`, () => assert.equal(isSafeUrl(text), true));
}

for (const [why, text] of refused) {
  test(`refuses ${why}`, () => assert.equal(isSafeUrl(text), false));
}

test('accepts exactly 2048 characters', () => {
  assert.equal(isSafeUrl('https://bank.example/'.padEnd(2_048, 'a')), true);
});

test('a host lies within itself and its parents, not within a bare suffix', () => {
  assert.equal(hostWithin('https://pay.example/x', 'pay.example'), true);
  assert.equal(hostWithin('https://shop.pay.example/x', 'pay.example'), true);
  assert.equal(hostWithin('https://SHOP.PAY.example:8443/', 'pay.example'), true);
  assert.equal(hostWithin('https://evilpay.example/', 'pay.example'), false);
  assert.equal(hostWithin('https://pay.example.evil.example/', 'pay.example'), false);
  assert.equal(hostWithin('https://evil.example/pay.example', 'pay.example'), false);
});
