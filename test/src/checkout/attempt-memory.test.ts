import { expect } from '@open-wc/testing';
import { AttemptMemory, newKey } from '../../../src/checkout/attempt-memory.js';

describe('the memory of an attempt', () => {
  afterEach(() => sessionStorage.clear());

  it('keeps every order of every server apart, under names that say whose they are', () => {
    const memories = ['/pay', '/other'].flatMap((endpoint) =>
      ['A-1', 'A-2'].map((order) => new AttemptMemory(endpoint, order)),
    );
    memories.forEach((memory, i) => memory.write({ key: `k${i}`, payment: `p${i}` }));
    memories.forEach((memory, i) => {
      expect(memory.read()).to.deep.equal({ key: `k${i}`, payment: `p${i}` });
    });
    expect(Object.keys(sessionStorage)).to.have.length(4);
    for (const name of Object.keys(sessionStorage)) expect(name).to.match(/^pay-elements:/);
  });

  it('is the same for an endpoint however it is written', () => {
    new AttemptMemory('/pay', 'A-1').write({ key: 'k' });
    expect(new AttemptMemory(`${location.origin}/pay`, 'A-1').read()).to.deep.equal({ key: 'k' });
  });
});

describe('the key of an attempt', () => {
  it('writes all 128 bits out', () => {
    crypto.getRandomValues = (bytes) =>
      Object.assign(
        bytes,
        [...Array(16).keys()].map((i) => i * 17),
      );
    try {
      expect(newKey()).to.equal('00112233445566778899aabbccddeeff');
      crypto.getRandomValues = (bytes) => Object.assign(bytes, [...Array(16).keys()]);
      expect(newKey()).to.equal('000102030405060708090a0b0c0d0e0f');
    } finally {
      Reflect.deleteProperty(crypto, 'getRandomValues');
    }
  });
});
