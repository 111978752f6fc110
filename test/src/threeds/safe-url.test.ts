import { expect } from '@open-wc/testing';
import { isSafeUrl } from '../../../src/threeds/safe-url.js';

const SAFE = [
  'https://bank.example/acs',
  'HTTPS://bank.example',
  'https://bank.example:8443/acs?id=1#top',
  'https://xn--80akhbyknj4f.example/',
  'http://localhost:8080/acs',
  'http://127.0.0.1:8090/',
  'http://127.10.200.3/',
  'http://[::1]:8090/',
  `https://bank.example/${'a'.repeat(2048 - 21)}`,
];

const UNSAFE: [string, unknown][] = [
  ['A1 script', 'javascript:alert(1)'],
  ['A2 script in disguise', ' JaVa\tScRiPt:alert(1)'],
  ['A2 script behind a harmless look', 'javascript://bank.example/%0aalert(1)'],
  ['A3 data', 'data:text/html,<script>alert(1)</script>'],
  ['A3 blob', 'blob:https://a/b'],
  ['A4 plain http', 'http://bank.example/acs'],
  ['A4 a host that only begins like loopback', 'http://127.0.0.1.bank.example/'],
  ['A4 a host that only ends like loopback', 'http://notlocalhost/'],
  ['A4 another scheme to loopback, with a safe address further on', 'ftp://localhost/https://bank.example/'],
  [
    'A2 script that names loopback and a safe address',
    'javascript://localhost/%0aalert(1)//https://bank.example',
  ],
  ['A5 a user and a password', 'https://user:pw@bank.example/'],
  ['A5 a user', 'https://user@bank.example/'],
  ['A5 a password', 'https://:pw@bank.example/'],
  ['A7 too long', `https://bank.example/${'a'.repeat(2048 - 20)}`],
  ['A7 NUL', 'https://bank.example/\u0000'],
  ['A7 a line break', 'https://bank.example/\r\nX: y'],
  ['A7 a lone surrogate', 'https://bank.example/\ud800'],
  ['a leading blank', ' https://bank.example/'],
  ['an inner tab', 'https://bank\t.example/'],
  ['a no-break space', 'https://bank.example/\u00a0'],
  ['a backslash', 'https:\\\\bank.example/'],
  ['a backslash behind the slashes', 'https://\\bank.example/'],
  ['one slash', 'https:/bank.example/'],
  ['three slashes', 'https:///bank.example/'],
  ['a relative address', '/acs'],
  ['an address without scheme', '//bank.example/acs'],
  ['no host', 'https://'],
  ['an impossible port', 'https://bank.example:99999/'],
  ['nothing', ''],
  ['null', null],
  ['an object that reads like an address', { toString: () => 'https://bank.example/' }],
];

describe('isSafeUrl', () => {
  for (const url of SAFE) it(`accepts ${url.slice(0, 60)}`, () => expect(isSafeUrl(url)).to.be.true);
  for (const [what, url] of UNSAFE) it(`refuses ${what}`, () => expect(isSafeUrl(url)).to.be.false);
});
