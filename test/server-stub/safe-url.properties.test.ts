import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pageHost, isPageOf } from '../../server-stub/providers/page-host.js';
import { isSafeUrl } from '../../server-stub/safe-url.js';

const piece = fc.constantFrom(
  ...[
    'https:',
    'http:',
    'HTTPS:',
    'javascript:',
    '//',
    '/',
    '\\',
    '@',
    ':',
    '#',
    '?',
    '%2e',
    '%40',
    ' ',
    '\t',
    '\n',
  ],
  ...[
    'localhost',
    '127.0.0.1',
    '[::1]',
    'bank.example',
    'evil.example',
    '.',
    'ⓔvil',
    '\u202e',
    '\u200b',
    '2130706433',
  ],
);
const address = fc.oneof(
  fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join('')),
  fc.array(piece, { maxLength: 6 }).map((pieces) => `https://${pieces.join('')}`),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.string({ unit: 'binary' }),
);

test('an address that passes is https or loopback, without credentials, and its host stands in it as it is read', () => {
  fc.assert(
    fc.property(address, (text) => {
      if (!isSafeUrl(text)) return;
      const { protocol, hostname, username, password } = new URL(text);
      assert.deepEqual([username, password], ['', '']);
      const isLoopback = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
      assert.ok(protocol === 'https:' || (protocol === 'http:' && isLoopback), text);
      const host = text.split('/')[2]?.split(/[?#]/)[0] ?? '';
      assert.doesNotMatch(host, /[^\x21-\x7e]|[@\\%]/);
    }),
    { numRuns: 5_000 },
  );
});

test('every plain https address passes', () => {
  fc.assert(
    fc.property(fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }), (text) => {
      fc.pre(text.length <= 2_048);
      assert.equal(isSafeUrl(text), true);
    }),
  );
});

test('a page of a host is that host or lies below it, whatever the address looks like', () => {
  fc.assert(
    fc.property(address, (text) => {
      if (!isPageOf(text, ['bank.example'])) return;
      assert.match(new URL(text).hostname, /^(.*\.)?bank\.example$/);
    }),
    { numRuns: 5_000 },
  );
});

test('the pages of an API are expected under its own host or the parent of it', () => {
  fc.assert(
    fc.property(fc.webUrl({ validSchemes: ['https'] }), (api) => {
      const { hostname } = new URL(api);
      const host = pageHost(api);
      assert.ok(hostname === host || hostname.endsWith(`.${host}`));
      assert.equal(isPageOf(api, [host]), true);
    }),
  );
});
