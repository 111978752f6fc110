import {
  createCipheriv,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  sign,
  type KeyObject,
  type KeyPairKeyObjectResult,
} from 'node:crypto';

/** Whom a token is for: `gateway:<id>` or `merchant:<id>`, and the P-256 key that was registered with Google. */
export interface Recipient {
  id: string;
  publicKey: KeyObject;
}

const DAY_MS = 24 * 3_600_000;
/** How long a token can be paid with; Google's test tokens live as long. */
export const TOKEN_LIFE_MS = 7 * DAY_MS;

/**
 * Google's side of a token, protocol ECv2 (Google Pay, "Payment data cryptography for merchants"). The root key is
 * made anew with every run, and its private half never leaves this object.
 */
export class Sealer {
  readonly #now: () => number;
  readonly #root = p256();
  readonly #rootExpiration: string;
  #intermediate: { pair: KeyPairKeyObjectResult; expiresAt: number } | undefined;

  /** `now`: milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now;
    this.#rootExpiration = String(now() + 10 * 365 * DAY_MS);
  }

  /** The body of `keys.json`: whoever trusts these keys believes this sealer. */
  get rootKeys() {
    const keyValue = spkiOf(this.#root.publicKey);
    return { keys: [{ keyValue, protocolVersion: 'ECv2', keyExpiration: this.#rootExpiration }] };
  }

  /** The JSON text that Google hands over in `tokenizationData.token`, with this text inside. */
  seal(plaintext: string, recipient: Recipient): string {
    const { pair, expiresAt } = this.#intermediateKey();
    const keyExpiration = String(expiresAt);
    const signedKey = innerJson({ keyValue: spkiOf(pair.publicKey), keyExpiration });
    const signedMessage = innerJson(encrypted(Buffer.from(plaintext, 'utf8'), recipient.publicKey));
    const message = signedBytes('Google', recipient.id, 'ECv2', signedMessage);
    return JSON.stringify({
      signature: sign('sha256', message, pair.privateKey).toString('base64'),
      intermediateSigningKey: {
        signedKey,
        signatures: [
          sign('sha256', signedBytes('Google', 'ECv2', signedKey), this.#root.privateKey).toString('base64'),
        ],
      },
      protocolVersion: 'ECv2',
      signedMessage,
    });
  }

  /** One for many tokens, as at Google, and always good for longer than what it signs. */
  #intermediateKey() {
    if (!this.#intermediate || this.#intermediate.expiresAt <= this.#now() + TOKEN_LIFE_MS)
      this.#intermediate = { pair: p256(), expiresAt: this.#now() + 2 * TOKEN_LIFE_MS };
    return this.#intermediate;
  }
}

/** A DIRECT merchant's public key as it stands in a request: base64 of the uncompressed point. */
export function publicKeyOf(point: string): KeyObject | undefined {
  const bytes = Buffer.from(point, 'base64');
  if (bytes.length !== 65 || bytes[0] !== 4) return undefined;
  try {
    const [x, y] = [bytes.toString('base64url', 1, 33), bytes.toString('base64url', 33)];
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  } catch {
    return undefined; // Not on the curve.
  }
}

export function p256(): KeyPairKeyObjectResult {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function encrypted(plaintext: Buffer, recipientKey: KeyObject) {
  const ephemeral = p256();
  const point = ephemeral.publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  const secret = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: recipientKey });
  const keys = Buffer.from(hkdfSync('sha256', Buffer.concat([point, secret]), '', 'Google', 64));
  // The keys serve one message, so the counter may begin at zero.
  const cipher = createCipheriv('aes-256-ctr', keys.subarray(0, 32), Buffer.alloc(16));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return {
    encryptedMessage: sealed.toString('base64'),
    ephemeralPublicKey: point.toString('base64'),
    tag: createHmac('sha256', keys.subarray(32)).update(sealed).digest('base64'),
  };
}

/** Google escapes these characters in the two inner texts, and signs the escaped bytes. */
function innerJson(value: object): string {
  return JSON.stringify(value).replace(
    /[=<>&']/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Each text with the length of its UTF-8 form in front, four bytes, little-endian. */
function signedBytes(...texts: string[]): Buffer {
  const pieces = texts.flatMap((text) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(Buffer.byteLength(text));
    return [length, Buffer.from(text)];
  });
  return Buffer.concat(pieces);
}

function spkiOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}
