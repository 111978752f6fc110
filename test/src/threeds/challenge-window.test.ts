import { expect } from '@open-wc/testing';
import { toWindowSize, windowSizeOf } from '../../../src/threeds/challenge-window.js';

// Bytes whose Base64 has every oddity: `+` and `/` (`-` and `_` in the URL alphabet) and padding, each
// letter more than once.
const ODD = JSON.stringify({ challengeWindowSize: '02', x: '~~~???>>>???~~~' });
const STANDARD = btoa(ODD);
const URL_ALPHABET = STANDARD.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');

describe('toWindowSize', () => {
  const table: [unknown, string][] = [
    ['01', '01'],
    ['05', '05'],
    ['3', '03'],
    [3, '03'],
    ['06', '05'],
    ['00', '05'],
    ['103', '05'],
    ['030', '05'],
    ['', '05'],
    ['constructor', '05'],
    [null, '05'],
    [undefined, '05'],
  ];
  for (const [value, size] of table) {
    it(`A12 reads ${JSON.stringify(value) ?? 'nothing'} as ${size}`, () =>
      expect(toWindowSize(value)).to.equal(size));
  }
});

describe('windowSizeOf', () => {
  it('A10 reads the padded standard alphabet', () => {
    expect(STANDARD)
      .to.match(/\+.*\+/)
      .and.to.match(/\/.*\/.*=$/);
    expect(windowSizeOf(STANDARD)).to.equal('02');
  });

  it('A10 reads the unpadded URL alphabet', () => {
    expect(windowSizeOf(URL_ALPHABET)).to.equal('02');
  });

  it('reads through line breaks', () => {
    expect(windowSizeOf(STANDARD.replace(/(.{20})/g, '$1\r\n'))).to.equal('02');
  });

  it('A12 is 05 where the message names no size', () => {
    expect(windowSizeOf(btoa('{"messageType":"CReq"}'))).to.equal('05');
  });

  for (const [what, creq] of [
    ['is not Base64', '%%%'],
    ['is no JSON', btoa('creq')],
    ['holds null', btoa('null')],
  ] as const) {
    it(`is 05 where the message ${what}`, () => expect(windowSizeOf(creq)).to.equal('05'));
  }
});
