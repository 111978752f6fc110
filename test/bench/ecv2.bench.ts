import {
  createDecipheriv,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  verify,
} from 'node:crypto';
import { gatewayPayload } from '../../demo/sandbox/google-pay/payload.js';
import { Sealer } from '../../demo/sandbox/google-pay/seal.js';
import { CARDS } from '../../demo/sandbox/scenarios.js';
import { openToken, readPayload, readRootKeys } from '../../server-stub/google-pay/ecv2.js';
import { measure, rounded, scaled, type Bench } from './bench.js';

const TOKENS = 1_000;
const RECIPIENT = 'gateway:bench';

/** Google Pay tokens: what sealing and opening cost, and how much of opening is cryptography that nobody can save. */
export const bench: Bench = {
  title: `Google Pay, ECv2: ${TOKENS} tokens sealed, ${TOKENS} opened, and their cryptography alone`,
  async run(scale) {
    const now = Date.now();
    const sealer = new Sealer(() => now);
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const rootKeys = readRootKeys(sealer.rootKeys) ?? [];
    const plaintext = JSON.stringify(gatewayPayload(CARDS.visaApproved, 'BO_bench', now));
    const seal = () => sealer.seal(plaintext, { id: RECIPIENT, publicKey });
    const tokens = Array.from({ length: scaled(TOKENS, scale) }, seal);
    const opener = { rootKeys, recipientId: RECIPIENT, privateKeys: [privateKey], now };

    const open = (number: number) => {
      const opening = openToken(tokens[number] ?? '', opener);
      if (opening.kind !== 'opened' || readPayload(opening.plaintext, { now }).kind !== 'payload')
        throw new Error('a token was not opened');
    };

    const bare = tokens.map((token) => taken(token));
    const root = rootKeys[0]?.key;
    if (!root) throw new Error('no root key');
    const cryptography = (number: number) => {
      const { signed, ephemeral, sealed, ...parts } = bare[number]!;
      const signer = createPublicKey({ key: parts.signerSpki, format: 'der', type: 'spki' });
      const point = createPublicKey({ key: parts.ephemeralSpki, format: 'der', type: 'spki' });
      verify('sha256', signed.key, root, parts.keySignature);
      verify('sha256', signed.message, signer, parts.signature);
      const secret = diffieHellman({ privateKey, publicKey: point });
      const keys = Buffer.from(hkdfSync('sha256', Buffer.concat([ephemeral, secret]), '', 'Google', 64));
      createHmac('sha256', keys.subarray(32)).update(sealed).digest();
      const decipher = createDecipheriv('aes-256-ctr', keys.subarray(0, 32), Buffer.alloc(16));
      Buffer.concat([decipher.update(sealed), decipher.final()]);
    };

    const ms = await measure(tokens.length, { seal, open, cryptography });
    const row = (what: string, each: number, of?: number) => ({
      what,
      'ms a token': rounded(each, 3),
      'times the cryptography': of === undefined ? '' : (each / of).toFixed(2),
    });
    const rows = [
      row('sealed', ms.seal),
      row('opened: verified, decrypted, read', ms.open, ms.cryptography),
      row('two verifications, ECDH, HKDF, HMAC, AES alone', ms.cryptography, ms.cryptography),
    ];
    const times = rounded(ms.open / ms.cryptography);
    return { rows, figures: [{ name: 'opened: times its cryptography', value: times, limit: 2 }] };
  },
};

/** The bytes in a token, taken out beforehand. */
function taken(text: string) {
  const token = JSON.parse(text) as {
    signature: string;
    intermediateSigningKey: { signedKey: string; signatures: [string] };
    signedMessage: string;
  };
  const { signedKey, signatures } = token.intermediateSigningKey;
  const key = JSON.parse(signedKey) as { keyValue: string };
  const message = JSON.parse(token.signedMessage) as Record<
    'encryptedMessage' | 'ephemeralPublicKey',
    string
  >;
  const signerSpki = Buffer.from(key.keyValue, 'base64');
  const ephemeral = Buffer.from(message.ephemeralPublicKey, 'base64');
  return {
    signed: {
      key: withLengths('Google', 'ECv2', signedKey),
      message: withLengths('Google', RECIPIENT, 'ECv2', token.signedMessage),
    },
    keySignature: Buffer.from(signatures[0], 'base64'),
    signature: Buffer.from(token.signature, 'base64'),
    signerSpki,
    // Keys of one curve begin alike.
    ephemeralSpki: Buffer.concat([signerSpki.subarray(0, -65), ephemeral]),
    ephemeral,
    sealed: Buffer.from(message.encryptedMessage, 'base64'),
  };
}

function withLengths(...texts: string[]): Buffer {
  return Buffer.concat(
    texts.map((text) => {
      const bytes = Buffer.from(`\0\0\0\0${text}`);
      bytes.writeUInt32LE(bytes.length - 4);
      return bytes;
    }),
  );
}
