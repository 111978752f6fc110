import { expect } from '@open-wc/testing';
import { encode } from 'uqr';
import { qrCode } from '../../../src/elements/qr-code.js';

/** `uqr`, another encoder, told to make the same choices. */
const other = (text: string) =>
  encode([...new TextEncoder().encode(text)], { ecc: 'M', boostEcc: false, maskPattern: 0, border: 0 }).data;

describe('a QR code', () => {
  it('is the one that another encoder draws, in every version', () => {
    const versions = new Set<number>();
    for (let length = 1; length <= 666; length += length < 60 ? 1 : 7) {
      const text = `https://ofd.example/?${'0123456789abcdefghijklmnopqrstuvwxyz=&%'.repeat(20)}`.slice(
        0,
        length,
      );
      const rows = qrCode(text)!;
      versions.add((rows.length - 17) / 4);
      expect(rows, `${length} bytes`).to.deep.equal(other(text));
    }
    expect(versions.size).to.equal(20);
  });

  it('counts bytes, not letters', () => {
    expect(qrCode('Чек №1')).to.deep.equal(other('Чек №1'));
  });

  it('ends where a phone could hardly read it', () => {
    expect(qrCode('x'.repeat(666))).to.have.length(97);
    expect(qrCode('x'.repeat(667))).to.equal(undefined);
  });
});
