import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TokenDesk } from '../../../../demo/sandbox/google-pay/token.js';
import { CARDS } from '../../../../demo/sandbox/scenarios.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const desk = () => new TokenDesk(() => NOW);

interface Token {
  signature: string;
  intermediateSigningKey: { signedKey: string; signatures: string[] };
  protocolVersion: string;
  signedMessage: string;
}

describe('a token', () => {
  it('has exactly the documented members', () => {
    const token = JSON.parse(desk().issue(CARDS.visaApproved, 'BO_g')) as Token;
    assert.deepEqual(Object.keys(token).sort(), [
      'intermediateSigningKey',
      'protocolVersion',
      'signature',
      'signedMessage',
    ]);
    assert.equal(token.protocolVersion, 'ECv2');
    const key = JSON.parse(token.intermediateSigningKey.signedKey) as Record<string, string>;
    assert.deepEqual(Object.keys(key), ['keyValue', 'keyExpiration']);
    assert.match(key['keyExpiration'] ?? '', /^\d{13}$/);
    const message = JSON.parse(token.signedMessage) as Record<string, string>;
    assert.deepEqual(Object.keys(message), ['encryptedMessage', 'ephemeralPublicKey', 'tag']);
    const point = Buffer.from(message['ephemeralPublicKey'] ?? '', 'base64');
    assert.deepEqual([point.length, point[0]], [65, 4]);
    assert.equal(Buffer.from(message['tag'] ?? '', 'base64').length, 32);
  });

  it('escapes equals signs in its inner texts, as Google does', () => {
    const { signedMessage } = JSON.parse(desk().issue(CARDS.visaApproved, 'BO_g')) as Token;
    assert.match(signedMessage, /\\u003d/);
    assert.doesNotMatch(signedMessage, /=/);
  });

  it('carries neither the card nor its number', () => {
    const token = desk().issue(CARDS.visaApproved, 'BO_g');
    assert.doesNotMatch(token, /4000000000001000|visa/i);
  });
});

describe('the gateway', () => {
  it('learns the card once', () => {
    const gateway = desk();
    const token = gateway.issue(CARDS.mastercard3ds2, 'BO_g');
    assert.deepEqual(gateway.open(token), {
      kind: 'card',
      card: CARDS.mastercard3ds2,
      gatewayMerchantId: 'BO_g',
    });
    assert.deepEqual(gateway.open(token), { kind: 'used' });
  });

  it('does not know tokens from elsewhere', () => {
    const gateway = desk();
    const foreign = [desk().issue(CARDS.visaApproved, 'BO_g'), 'examplePaymentMethodToken', '{}', ''];
    for (const token of foreign) assert.deepEqual(gateway.open(token), { kind: 'foreign' });
  });
});
