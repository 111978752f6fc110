import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { publicKeyOf, Sealer, TOKEN_LIFE_MS } from '../../../../demo/sandbox/google-pay/seal.js';
import { openToken, readRootKeys } from '../../../../server-stub/google-pay/ecv2.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const merchant = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const recipient = { id: 'merchant:1', publicKey: merchant.publicKey };

interface Token {
  signature: string;
  intermediateSigningKey: { signedKey: string; signatures: string[] };
  protocolVersion: string;
  signedMessage: string;
}

function opened(sealer: Sealer, token: string, now = NOW) {
  const opening = openToken(token, {
    rootKeys: readRootKeys(sealer.rootKeys) ?? [],
    recipientId: recipient.id,
    privateKeys: [merchant.privateKey],
    now,
  });
  return opening.kind === 'opened' ? opening.plaintext.toString() : opening.reason;
}

describe('a sealed token', () => {
  it('has exactly the documented members', () => {
    const token = JSON.parse(new Sealer(() => NOW).seal('{}', recipient)) as Token;
    assert.deepEqual(Object.keys(token).sort(), [
      'intermediateSigningKey',
      'protocolVersion',
      'signature',
      'signedMessage',
    ]);
    assert.equal(token.protocolVersion, 'ECv2');
    assert.deepEqual(Object.keys(token.intermediateSigningKey), ['signedKey', 'signatures']);
    const key = JSON.parse(token.intermediateSigningKey.signedKey) as Record<string, string>;
    assert.deepEqual(Object.keys(key), ['keyValue', 'keyExpiration']);
    assert.match(key['keyExpiration'] ?? '', /^\d{13}$/);
    const message = JSON.parse(token.signedMessage) as Record<string, string>;
    assert.deepEqual(Object.keys(message), ['encryptedMessage', 'ephemeralPublicKey', 'tag']);
  });

  it('writes no equals sign into its inner texts, as Google does', () => {
    const { signedMessage, intermediateSigningKey } = JSON.parse(
      new Sealer(() => NOW).seal('{}', recipient),
    ) as Token;
    for (const inner of [signedMessage, intermediateSigningKey.signedKey]) {
      assert.match(inner, /\\u003d/);
      assert.doesNotMatch(inner, /[=<>&']/);
    }
  });

  it('holds any text, and opens for its recipient', () => {
    const sealer = new Sealer(() => NOW);
    for (const text of ['', 'plaintext', '{"їжа":"<&\'>"}', 'x'.repeat(5_000)])
      assert.equal(opened(sealer, sealer.seal(text, recipient)), text);
  });

  it('is believed by nobody who trusts the root of another run', () => {
    const token = new Sealer(() => NOW).seal('{}', recipient);
    assert.equal(opened(new Sealer(() => NOW), token), 'intermediate_signature_invalid');
  });

  it('has a secret of its own each time, under one intermediate key', () => {
    const sealer = new Sealer(() => NOW);
    const tokens = [1, 2].map(() => JSON.parse(sealer.seal('the same', recipient)) as Token);
    const [first, second] = tokens;
    assert.notEqual(first?.signedMessage, second?.signedMessage);
    assert.deepEqual(first?.intermediateSigningKey.signedKey, second?.intermediateSigningKey.signedKey);
  });

  it('outlives no intermediate key, however long the sandbox runs', () => {
    let now = NOW;
    const sealer = new Sealer(() => now);
    for (let day = 0; day < 60; day += 1, now += 24 * 3_600_000) {
      const token = sealer.seal('{}', recipient);
      assert.equal(opened(sealer, token, now + TOKEN_LIFE_MS), '{}', `day ${day}`);
    }
  });
});

describe('a key in a request', () => {
  it('is the base64 of an uncompressed point of P-256, and nothing else', () => {
    const point = merchant.publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
    const key = publicKeyOf(point.toString('base64')) ?? assert.fail();
    assert(key.equals(merchant.publicKey));

    const off = Buffer.from(point);
    off[64] = (off[64] ?? 0) ^ 1;
    const compressed = Buffer.concat([Buffer.of(2), point.subarray(1, 33)]);
    const infinity = Buffer.concat([Buffer.of(0), point.subarray(1)]);
    for (const wrong of [off, compressed, infinity, Buffer.alloc(0)])
      assert.equal(publicKeyOf(wrong.toString('base64')), undefined);
  });
});
