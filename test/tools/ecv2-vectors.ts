// Writes test/fixtures/google-pay/ecv2-vectors.json: `node --import tsx test/tools/ecv2-vectors.ts`. Keys, signatures
// and messages are random, so every token is another one then; what is expected of it stays.
import { writeFileSync } from 'node:fs';
import {
  forge,
  LATER,
  NOW,
  p256,
  PAYLOAD,
  RECIPIENT,
  ROOT,
  spki,
  type Bends,
} from '../server-stub/google-pay/forge.js';
import type { Vector } from '../server-stub/google-pay/vectors.js';

const FILE = new URL('../fixtures/google-pay/ecv2-vectors.json', import.meta.url);
const PLAINTEXT = JSON.stringify(PAYLOAD);

const vectors = [
  accepted('pan-only'),
  accepted('one-millisecond-before-it-expires', {}, { now: LATER - 1 }),
  accepted('any-root', {}, { rootKeys: rootKeys(p256(), ROOT) }),
  accepted('any-private-key', {}, { privateKeysPkcs8: [pkcs8(p256()), pkcs8(RECIPIENT)] }),
  accepted('gateway-merchant-named', {}, { options: { gatewayMerchantId: 'BO_gateway' } }),
  accepted('not-json-where-nobody-reads-it', { plaintext: 'plaintext' }, { options: { requireJson: false } }),

  refused('a-bare-word', 'BAD_TOKEN_JSON', { outer: () => 'examplePaymentMethodToken' }),
  refused('a-key-too-many', 'BAD_TOKEN_SHAPE', { outer: (token) => ({ ...token, tag: '' }) }),
  refused('signing-only', 'UNSUPPORTED_PROTOCOL_VERSION', {
    outer: (token) => ({ ...token, protocolVersion: 'ECv2SigningOnly' }),
  }),
  refused('no-signatures', 'BAD_INTERMEDIATE_SHAPE', {
    outer: ({ intermediateSigningKey: { signedKey }, ...token }) => ({
      ...token,
      intermediateSigningKey: { signedKey },
    }),
  }),
  refused('root-expires-now', 'NO_TRUSTED_ROOT_KEYS', {}, { now: LATER }),
  refused('another-root', 'INTERMEDIATE_SIGNATURE_INVALID', { root: p256().privateKey }),
  refused('intermediate-key-unreadable', 'BAD_SIGNED_KEY', {
    signedKey: (key) => ({ ...key, keyValue: 'AAAA' }),
  }),
  refused('intermediate-key-expires-now', 'INTERMEDIATE_KEY_EXPIRED', {
    signedKey: (key) => ({ ...key, keyExpiration: String(NOW) }),
  }),
  refused('another-recipient', 'MESSAGE_SIGNATURE_INVALID', { recipientId: 'gateway:other' }),
  refused('written-again', 'MESSAGE_SIGNATURE_INVALID', {
    outer: (token) => ({ ...token, signedMessage: JSON.stringify(JSON.parse(token.signedMessage)) }),
  }),
  refused('tag-without-padding', 'BAD_SIGNED_MESSAGE', {
    message: (message) => ({ ...message, tag: String(message['tag']).replace('=', '') }),
  }),
  refused('ephemeral-key-too-short', 'BAD_EPHEMERAL_KEY', {
    message: (message) => ({ ...message, ephemeralPublicKey: 'BAAA' }),
  }),
  refused('another-key', 'DECRYPT_FAILED', { recipientKey: p256().publicKey }),
  refused('not-json', 'PAYLOAD_NOT_JSON', { plaintext: 'plaintext' }),
  refused('no-expiration', 'BAD_MESSAGE_EXPIRATION', { plaintext: '{}' }),
  refused('expires-now', 'MESSAGE_EXPIRED', {
    plaintext: JSON.stringify({ ...PAYLOAD, messageExpiration: String(NOW) }),
  }),
  refused(
    'another-merchant-of-the-gateway',
    'GATEWAY_MERCHANT_MISMATCH',
    {},
    { options: { gatewayMerchantId: 'BO_other' } },
  ),
];
writeFileSync(FILE, `${JSON.stringify({ vectors }, null, 2)}\n`);

function accepted(id: string, bends: Partial<Bends> = {}, parts: Partial<Vector> = {}): Vector {
  const plaintext = typeof bends.plaintext === 'string' ? bends.plaintext : PLAINTEXT;
  return { ...vector(id, bends, { ok: true, plaintext }), ...parts };
}

function refused(id: string, code: string, bends: Partial<Bends>, parts: Partial<Vector> = {}): Vector {
  return { ...vector(id, bends, { ok: false, code }), ...parts };
}

function vector(id: string, bends: Partial<Bends>, expect: Vector['expect']): Vector {
  return {
    id,
    token: forge(bends),
    rootKeys: rootKeys(ROOT),
    recipientId: 'gateway:test',
    privateKeysPkcs8: [pkcs8(RECIPIENT)],
    now: NOW,
    expect,
  };
}

function rootKeys(...roots: (typeof ROOT)[]) {
  return {
    keys: roots.map(({ publicKey }) => ({
      keyValue: spki(publicKey),
      protocolVersion: 'ECv2',
      keyExpiration: String(LATER),
    })),
  };
}

function pkcs8({ privateKey }: typeof ROOT): string {
  return privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
}
