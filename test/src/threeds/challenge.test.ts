import { expect } from '@open-wc/testing';
import {
  isComplete,
  readChallenge,
  type Challenge,
  type ChallengeAttributes,
} from '../../../src/threeds/challenge.js';

const ACS = 'https://bank.example/acs';
const CREQ = btoa('{"challengeWindowSize":"04"}');
const V1 = { acsUrl: ACS, pareq: 'eJx=', md: '', termUrl: 'https://shop.example/pay/3ds/abc/return' };

function accepted(attributes: ChallengeAttributes): Challenge {
  const reading = readChallenge(attributes);
  if (reading.kind === 'refused') throw new Error(`refused: ${reading.code}`);
  return reading.challenge;
}

function refusal(attributes: ChallengeAttributes): string {
  const reading = readChallenge(attributes);
  return reading.kind === 'refused' ? reading.code : 'accepted';
}

describe('a challenge with a host page', () => {
  it('goes to that page, and knows its id and its origin', () => {
    expect(accepted({ frameUrl: 'https://shop.example/pay/3ds/t0ken?x=1' })).to.deep.equal({
      key: 'https://shop.example/pay/3ds/t0ken?x=1',
      destination: { kind: 'host-page', url: 'https://shop.example/pay/3ds/t0ken?x=1' },
      fits: 'modal',
      windowSize: '05',
      messageOrigin: 'https://shop.example',
      id: 't0ken',
    });
  });

  it('wins over the bank’s address, which may then be anything', () => {
    const challenge = accepted({
      frameUrl: 'https://shop.example/3ds/a',
      acsUrl: 'javascript:0',
      creq: CREQ,
    });
    expect(challenge.destination.kind).to.equal('host-page');
    expect(challenge.windowSize).to.equal('04');
  });

  it('listens to another origin where that is asked for', () => {
    const messageOrigin = 'https://api.shop.example/';
    expect(accepted({ frameUrl: 'https://shop.example/3ds/a', messageOrigin }).messageOrigin).to.equal(
      'https://api.shop.example',
    );
  });

  for (const frameUrl of ['javascript:alert(1)', '/pay/3ds/a', '', 'http://shop.example/3ds/a']) {
    it(`is refused at ${JSON.stringify(frameUrl)}`, () =>
      expect(refusal({ frameUrl })).to.equal('invalid_url'));
  }

  it('is refused with a message origin that is none', () => {
    expect(refusal({ frameUrl: 'https://shop.example/3ds/a', messageOrigin: '*' })).to.equal('invalid_url');
  });
});

describe('a 3-D Secure 2 challenge at the bank', () => {
  it('posts creq alone, and takes the size from it', () => {
    expect(accepted({ acsUrl: ACS, creq: CREQ })).to.deep.include({
      destination: { kind: 'bank', url: ACS, fields: { creq: CREQ } },
      fits: 'modal',
      windowSize: '04',
      messageOrigin: location.origin,
      id: undefined,
    });
  });

  it('posts the session data along', () => {
    expect(accepted({ acsUrl: ACS, creq: CREQ, sessionData: 'c2Vzc2lvbg' }).destination).to.deep.include({
      fields: { creq: CREQ, threeDSSessionData: 'c2Vzc2lvbg' },
    });
  });

  it('A12 prefers the size of the attribute, also a wrong one', () => {
    expect(accepted({ acsUrl: ACS, creq: CREQ, windowSize: '1' }).windowSize).to.equal('01');
    expect(accepted({ acsUrl: ACS, creq: CREQ, windowSize: '06' }).windowSize).to.equal('05');
  });

  it('is the same challenge wherever it is posted', () => {
    const other = accepted({ acsUrl: `${ACS}2`, creq: CREQ, sessionData: 'x' });
    expect(accepted({ acsUrl: ACS, creq: CREQ }).key).to.equal(other.key);
    expect(accepted({ acsUrl: ACS, creq: `${CREQ}x` }).key).not.to.equal(other.key);
  });

  const refused: [string, ChallengeAttributes, string][] = [
    ['A1 a script as address', { acsUrl: 'javascript:alert(1)', creq: CREQ }, 'invalid_url'],
    ['an address of the page’s own origin', { acsUrl: `${location.origin}/acs`, creq: CREQ }, 'invalid_url'],
    ['no address', { creq: CREQ }, 'invalid_challenge'],
    ['no message', { acsUrl: ACS }, 'invalid_challenge'],
    ['an empty message', { acsUrl: ACS, creq: '' }, 'invalid_challenge'],
    ['messages of both versions', { ...V1, creq: CREQ }, 'invalid_challenge'],
    ['a message beyond 64 KiB', { acsUrl: ACS, creq: 'a'.repeat(65_537) }, 'invalid_challenge'],
    [
      'session data beyond 1024 characters',
      { acsUrl: ACS, creq: CREQ, sessionData: 'a'.repeat(1025) },
      'invalid_challenge',
    ],
  ];
  for (const [what, attributes, code] of refused) {
    it(`is refused with ${what}`, () => expect(refusal(attributes)).to.equal(code));
  }

  it('takes what is undefined for what is left out', () => {
    expect(refusal({ acsUrl: ACS, creq: undefined, pareq: undefined })).to.equal('invalid_challenge');
    expect(refusal({ frameUrl: undefined, acsUrl: ACS, creq: CREQ, sessionData: undefined })).to.equal(
      'accepted',
    );
  });

  it('is accepted at the limits', () => {
    accepted({ acsUrl: ACS, creq: 'a'.repeat(65_536), sessionData: 'a'.repeat(1024) });
  });
});

describe('a 3-D Secure 1 challenge at the bank', () => {
  it('posts the three fields, takes the whole page, and listens to the origin of its return address', () => {
    expect(accepted(V1)).to.deep.include({
      destination: { kind: 'bank', url: ACS, fields: { PaReq: V1.pareq, MD: '', TermUrl: V1.termUrl } },
      fits: 'redirect',
      windowSize: '05',
      messageOrigin: 'https://shop.example',
    });
  });

  it('is another challenge by any of its fields', () => {
    const { key } = accepted(V1);
    expect(accepted({ ...V1, acsUrl: `${ACS}2` }).key).to.equal(key);
    expect(accepted({ ...V1, pareq: 'eJy=' }).key).not.to.equal(key);
    expect(accepted({ ...V1, md: 'x' }).key).not.to.equal(key);
  });

  it('is accepted at the limit', () => {
    accepted({ ...V1, pareq: 'a'.repeat(65_536) });
  });

  const refused: [string, ChallengeAttributes, string][] = [
    ['an unsafe return address', { ...V1, termUrl: 'http://shop.example/' }, 'invalid_url'],
    ['no return address', { ...V1, termUrl: null }, 'invalid_challenge'],
    ['no MD', { ...V1, md: null }, 'invalid_challenge'],
    ['an empty message', { ...V1, pareq: '' }, 'invalid_challenge'],
    ['a message beyond 64 KiB', { ...V1, pareq: 'a'.repeat(65_537) }, 'invalid_challenge'],
  ];
  for (const [what, attributes, code] of refused) {
    it(`is refused with ${what}`, () => expect(refusal(attributes)).to.equal(code));
  }
});

describe('isComplete', () => {
  it('needs a host page, or a bank and a message', () => {
    expect(isComplete({})).to.be.false;
    expect(isComplete({ frameUrl: null, acsUrl: ACS, creq: undefined, pareq: null })).to.be.false;
    expect(isComplete({ acsUrl: ACS })).to.be.false;
    expect(isComplete({ creq: CREQ })).to.be.false;
    expect(isComplete({ acsUrl: ACS, creq: '' })).to.be.true;
    expect(isComplete({ acsUrl: ACS, pareq: 'x' })).to.be.true;
    expect(isComplete({ frameUrl: '' })).to.be.true;
  });
});
