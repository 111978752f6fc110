import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { openToken, type TokenOpener, type TokenRefusal } from '../../../server-stub/google-pay/ecv2.js';
import { forge, LATER, NOW, opener, p256, ROOT, rootKey, signature, spki, type Token } from './forge.js';

type Case = [reason: TokenRefusal, what: string, token: string, opener?: Partial<TokenOpener>];

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const intermediate = (members: object) => (token: Token) => ({
  ...token,
  intermediateSigningKey: { ...token.intermediateSigningKey, ...members },
});
const without = (name: string) => (token: object) =>
  Object.fromEntries(Object.entries(token).filter(([each]) => each !== name));
const bytes = (value: unknown) => Buffer.from(String(value), 'base64');
/** The same bytes as a decoder reads them, in another spelling. */
const SPELLINGS: [string, (base64: string) => string][] = [
  ['with a blank', (text) => `${text.slice(0, 4)} ${text.slice(4)}`],
  ['with a line break', (text) => `${text}\n`],
  ['without padding', (text) => text.replace(/=+$/, '')],
  ['with one padding more', (text) => `${text}=`],
];

const signatureOf = ({ intermediateSigningKey: { signatures } }: Token) => String(signatures[0]);

/** A signature has 70 to 72 bytes, and 72 need no padding: here both have less. */
const PADDED = ((): Token => {
  for (;;) {
    const token = JSON.parse(forge()) as Token;
    if ([token.signature, signatureOf(token)].every((base64) => base64.endsWith('='))) return token;
  }
})();

/** Each is bent in one place, and signed again where that is what it takes to get there. */
const REFUSALS: Case[] = [
  ['token_too_large', 'one byte too much', forge().padEnd(16_385)],
  ['token_too_large', 'too many bytes in few characters', JSON.stringify('ї'.repeat(8_200))],

  ['bad_token_json', "the word of Google's gateway `example`", 'examplePaymentMethodToken'],
  ['bad_token_json', 'nothing', ''],
  ['bad_token_json', 'an array', '[]'],
  ['bad_token_json', 'null', 'null'],
  ['bad_token_json', 'a token in a text', JSON.stringify(forge())],

  ['bad_token_shape', 'one key more', forge({ outer: (token) => ({ ...token, tag: '' }) })],
  ['bad_token_shape', 'a key with a special name', forge().replace('{', '{"__proto__":{},')],
  ['bad_token_shape', 'no intermediate key', forge({ outer: without('intermediateSigningKey') })],
  ['bad_token_shape', 'a number for the version', forge({ outer: (t) => ({ ...t, protocolVersion: 2 }) })],
  ['bad_token_shape', 'no text as signature', forge({ outer: (t) => ({ ...t, signature: [t.signature] }) })],
  [
    'bad_token_shape',
    'an intermediate key that is a text',
    forge({ outer: (t) => ({ ...t, intermediateSigningKey: JSON.stringify(t.intermediateSigningKey) }) }),
  ],

  ...['ECv1', 'ECv2SigningOnly', 'ecv2', ''].map((protocolVersion): Case => [
    'unsupported_protocol_version',
    `version "${protocolVersion}"`,
    forge({ outer: (token) => ({ ...token, protocolVersion }) }),
  ]),

  ['bad_intermediate_shape', 'one key more', forge({ outer: intermediate({ more: 1 }) })],
  ['bad_intermediate_shape', 'no list of signatures', forge({ outer: intermediate({ signatures: 'AA==' }) })],
  [
    'bad_intermediate_shape',
    'a signed key that is no text',
    forge({ outer: intermediate({ signedKey: {} }) }),
  ],

  ['no_trusted_root_keys', 'nobody is trusted', forge(), { rootKeys: [] }],
  ['no_trusted_root_keys', 'the root expires now', forge(), { rootKeys: [rootKey(ROOT.publicKey, NOW)] }],

  ['intermediate_signature_invalid', 'another root', forge({ root: p256().privateKey })],
  [
    'intermediate_signature_invalid',
    'the right root has expired, and another has not',
    forge(),
    { rootKeys: [rootKey(ROOT.publicKey, NOW), rootKey(p256().publicKey)] },
  ],
  ['intermediate_signature_invalid', 'no signature', forge({ outer: intermediate({ signatures: [] }) })],
  ['intermediate_signature_invalid', 'signed for another protocol', forge({ protocol: 'ECv2SigningOnly' })],
  ['intermediate_signature_invalid', 'signed by another sender', forge({ sender: 'Googl' })],
  [
    'intermediate_signature_invalid',
    'the key was changed',
    forge({
      outer: (t) => intermediate({ signedKey: t.intermediateSigningKey.signedKey.replace('1', '2') })(t),
    }),
  ],
  [
    'intermediate_signature_invalid',
    'the key was parsed and written again',
    forge({
      outer: (t) =>
        intermediate({ signedKey: JSON.stringify(JSON.parse(t.intermediateSigningKey.signedKey)) })(t),
    }),
  ],
  ...SPELLINGS.map(([how, spell]): Case => [
    'intermediate_signature_invalid',
    `its signature ${how}`,
    JSON.stringify(intermediate({ signatures: [spell(signatureOf(PADDED))] })(PADDED)),
  ]),

  ['bad_signed_key', 'no JSON', forge({ signedKey: () => 'no JSON' })],
  ['bad_signed_key', 'no key', forge({ signedKey: without('keyValue') })],
  ['bad_signed_key', 'no expiry', forge({ signedKey: without('keyExpiration') })],
  [
    'bad_signed_key',
    'an expiry as number',
    forge({ signedKey: (key) => ({ ...key, keyExpiration: LATER }) }),
  ],
  [
    'bad_signed_key',
    'an expiry in words',
    forge({ signedKey: (key) => ({ ...key, keyExpiration: 'never' }) }),
  ],
  [
    'bad_signed_key',
    'a key of RSA',
    forge({ signedKey: (key) => ({ ...key, keyValue: spki(rsa.publicKey) }) }),
  ],
  [
    'bad_signed_key',
    'a key of P-384',
    forge({ signedKey: (key) => ({ ...key, keyValue: spki(p384.publicKey) }) }),
  ],
  ['bad_signed_key', 'a key that is none', forge({ signedKey: (key) => ({ ...key, keyValue: 'AAAA' }) })],
  [
    'bad_signed_key',
    'a key in lines',
    forge({ signedKey: (key) => ({ ...key, keyValue: `${String(key['keyValue'])}\n` }) }),
  ],

  [
    'intermediate_key_expired',
    'it expires now',
    forge({ signedKey: (key) => ({ ...key, keyExpiration: String(NOW) }) }),
  ],

  ['message_signature_invalid', 'signed by the root itself', forge({ signer: ROOT.privateKey })],
  ['message_signature_invalid', 'sealed for another recipient', forge({ recipientId: 'gateway:other' })],
  [
    'message_signature_invalid',
    'the message was changed',
    forge({ outer: (t) => ({ ...t, signedMessage: t.signedMessage.replace('"tag"', '"tag" ') }) }),
  ],
  [
    'message_signature_invalid',
    'the message was parsed and written again',
    forge({ outer: (t) => ({ ...t, signedMessage: JSON.stringify(JSON.parse(t.signedMessage)) }) }),
  ],
  [
    'message_signature_invalid',
    "another token's message",
    forge({ outer: (t) => ({ ...t, signedMessage: (JSON.parse(forge()) as Token).signedMessage }) }),
  ],
  [
    'message_signature_invalid',
    'lengths that make another border between recipient and protocol',
    forge({
      recipientId: 'gateway:tes',
      protocol: 'tECv2',
      outer: (token) => {
        const { signedKey } = token.intermediateSigningKey;
        return intermediate({ signatures: [signature(ROOT.privateKey, 'Google', 'ECv2', signedKey)] })(token);
      },
    }),
  ],
  ...SPELLINGS.map(([how, spell]): Case => [
    'message_signature_invalid',
    `its signature ${how}`,
    JSON.stringify({ ...PADDED, signature: spell(PADDED.signature) }),
  ]),

  ['bad_signed_message', 'no JSON', forge({ message: () => 'no JSON' })],
  ['bad_signed_message', 'one key more', forge({ message: (message) => ({ ...message, more: '' }) })],
  ['bad_signed_message', 'no tag', forge({ message: without('tag') })],
  ...['encryptedMessage', 'ephemeralPublicKey', 'tag'].flatMap((name) =>
    SPELLINGS.map(([how, spell]): Case => [
      'bad_signed_message',
      `${name} ${how}`,
      // Thirteen bytes end in padding, as do a point and a tag.
      forge({
        plaintext: 'thirteen byte',
        message: (message) => ({ ...message, [name]: spell(String(message[name])) }),
      }),
    ]),
  ),
  [
    'bad_signed_message',
    'stray bits in the tag',
    forge({ message: (m) => ({ ...m, tag: stray(String(m['tag'])) }) }),
  ],

  ...(
    [
      ['a byte less', (point) => point.subarray(0, 64)],
      [
        'compressed',
        (point) => Buffer.concat([Buffer.of(2 + ((point[64] ?? 0) & 1)), point.subarray(1, 33)]),
      ],
      ['hybrid', (point) => Buffer.concat([Buffer.of(6 + ((point[64] ?? 0) & 1)), point.subarray(1)])],
      [
        'a zero before Y',
        (point) => Buffer.concat([point.subarray(0, 33), Buffer.of(0), point.subarray(33)]),
      ],
      ['off the curve', (point) => Buffer.concat([point.subarray(0, 64), Buffer.of((point[64] ?? 0) ^ 1)])],
      ['empty', () => Buffer.alloc(0)],
    ] as [string, (point: Buffer) => Buffer][]
  ).map(([what, bend]): Case => [
    'bad_ephemeral_key',
    what,
    forge({
      message: (message) => ({
        ...message,
        ephemeralPublicKey: bend(bytes(message['ephemeralPublicKey'])).toString('base64'),
      }),
    }),
  ]),

  ['decrypt_failed', 'sealed for another key', forge({ recipientKey: p256().publicKey })],
  ['decrypt_failed', 'nobody has a key', forge(), { privateKeys: [] }],
  ['decrypt_failed', 'the shorter keys of ECv1', forge({ keyLength: 16 })],
  [
    'decrypt_failed',
    'a changed text under a good signature',
    forge({
      message: (m) => ({ ...m, encryptedMessage: flipped(bytes(m['encryptedMessage'])).toString('base64') }),
    }),
  ],
  [
    'decrypt_failed',
    'a changed tag',
    forge({ message: (m) => ({ ...m, tag: flipped(bytes(m['tag'])).toString('base64') }) }),
  ],
  [
    'decrypt_failed',
    'the first half of the tag',
    forge({ message: (m) => ({ ...m, tag: bytes(m['tag']).subarray(0, 16).toString('base64') }) }),
  ],
  ['decrypt_failed', 'an empty tag', forge({ message: (m) => ({ ...m, tag: '' }) })],
  [
    'decrypt_failed',
    'a tag with a byte more',
    forge({
      message: (m) => ({ ...m, tag: Buffer.concat([bytes(m['tag']), Buffer.of(0)]).toString('base64') }),
    }),
  ],
];

function flipped(some: Buffer): Buffer {
  return Buffer.from(some.map((byte, index) => (index === 7 ? byte ^ 0x80 : byte)));
}

/** 32 bytes end in a character with two bits that stand for nothing. */
function stray(base64: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const last = base64.at(-2) ?? '';
  return `${base64.slice(0, -2)}${alphabet[alphabet.indexOf(last) + 1]}=`;
}

for (const [reason, what, token, parts] of REFUSALS)
  test(`${reason}: ${what}`, () => {
    assert.deepEqual(openToken(token, opener(parts)), { kind: 'refused', reason });
  });

test('what is wrong with a key is not told of one that no root vouches for', () => {
  const token = forge({ root: p256().privateKey, signedKey: () => 'no JSON' });
  assert.deepEqual(openToken(token, opener()), { kind: 'refused', reason: 'intermediate_signature_invalid' });
});

test('what is wrong with a message is not told of one that nobody signed', () => {
  const token = forge({ signer: p256().privateKey, message: () => 'no JSON' });
  assert.deepEqual(openToken(token, opener()), { kind: 'refused', reason: 'message_signature_invalid' });
});
