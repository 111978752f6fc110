import {
  createDecipheriv,
  createHmac,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  timingSafeEqual,
  verify,
  type KeyObject,
} from 'node:crypto';
import * as z from 'zod/mini';

/**
 * Google Pay tokens, protocol ECv2: who signed them, and what is inside (Google Pay, "Payment data cryptography for
 * merchants"). Two steps: `openToken` knows keys and signatures, `readPayload` knows what a payment's payload says.
 */

/** Why a token is not believed, in the order in which it is looked at. Nothing of the token stands in a reason. */
export type TokenRefusal =
  | 'token_too_large'
  | 'bad_token_json'
  | 'bad_token_shape'
  | 'unsupported_protocol_version'
  | 'bad_intermediate_shape'
  | 'no_trusted_root_keys'
  | 'intermediate_signature_invalid'
  | 'bad_signed_key'
  | 'intermediate_key_expired'
  | 'message_signature_invalid'
  | 'bad_signed_message'
  | 'bad_ephemeral_key'
  /** No private key gives this tag. A wrong key and a changed text are one case on purpose. */
  | 'decrypt_failed';

/** Why what was inside is not accepted, in the order in which it is looked at. */
export type PayloadRefusal =
  'payload_not_json' | 'bad_message_expiration' | 'message_expired' | 'gateway_merchant_mismatch';

/** A key that may sign intermediate keys. */
export interface RootKey {
  key: KeyObject;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

export interface TokenOpener {
  /** The only roots to trust. Expired ones are passed over. */
  rootKeys: readonly RootKey[];
  /** Who the token has to be made for: `gateway:<id>` or `merchant:<id>`. It stands nowhere in a token. */
  recipientId: string;
  /** P-256. Several while keys are being changed, in any order. */
  privateKeys: readonly KeyObject[];
  /** Milliseconds since the epoch. What expires now has expired. */
  now: number;
}

export type Opening = { kind: 'opened'; plaintext: Buffer } | { kind: 'refused'; reason: TokenRefusal };

const MAX_BYTES = 16_384;
const SENDER = 'Google';
const PROTOCOL = 'ECv2';

const Token = z.strictObject({
  protocolVersion: z.string(),
  signature: z.string(),
  intermediateSigningKey: z.record(z.string(), z.unknown()),
  signedMessage: z.string(),
});

/** A signature that is no text is passed over like any other that does not fit. */
const IntermediateSigningKey = z.strictObject({ signedKey: z.string(), signatures: z.array(z.unknown()) });

/** Milliseconds since the epoch, as Google writes them. Fifteen digits are still an exact number. */
const Instant = z.pipe(z.string().check(z.regex(/^\d{1,15}$/)), z.transform(Number));

/** Google may add members. */
const SignedKey = z.object({ keyValue: z.string(), keyExpiration: Instant });

const SignedMessage = z.strictObject({
  encryptedMessage: z.string(),
  ephemeralPublicKey: z.string(),
  tag: z.string(),
});

/**
 * Verifies and decrypts the text that Google hands over in `tokenizationData.token`. The two inner texts are never
 * parsed and written again: the signatures cover their very bytes.
 */
export function openToken(text: string, { rootKeys, recipientId, privateKeys, now }: TokenOpener): Opening {
  if (Buffer.byteLength(text) > MAX_BYTES) return refused('token_too_large');
  const json = jsonOf(text);
  if (!isObject(json)) return refused('bad_token_json');
  const token = Token.safeParse(json);
  if (!token.success) return refused('bad_token_shape');
  const { protocolVersion, signature, signedMessage } = token.data;
  if (protocolVersion !== PROTOCOL) return refused('unsupported_protocol_version');
  const intermediate = IntermediateSigningKey.safeParse(token.data.intermediateSigningKey);
  if (!intermediate.success) return refused('bad_intermediate_shape');
  const { signedKey, signatures } = intermediate.data;

  const trusted = rootKeys.filter(({ expiresAt }) => expiresAt > now);
  if (trusted.length === 0) return refused('no_trusted_root_keys');
  const signedKeyBytes = signedBytes(SENDER, PROTOCOL, signedKey);
  if (!trusted.some(({ key }) => signatures.some((one) => isSignedBy(key, signedKeyBytes, one))))
    return refused('intermediate_signature_invalid');
  // Parsed only now that a root vouches for it.
  const signer = SignedKey.safeParse(jsonOf(signedKey));
  const signerKey = signer.success ? publicKeyOf(signer.data.keyValue) : undefined;
  if (!signer.success || !signerKey) return refused('bad_signed_key');
  if (signer.data.keyExpiration <= now) return refused('intermediate_key_expired');

  if (!isSignedBy(signerKey, signedBytes(SENDER, recipientId, PROTOCOL, signedMessage), signature))
    return refused('message_signature_invalid');
  return decrypt(signedMessage, privateKeys);
}

function decrypt(signedMessage: string, privateKeys: readonly KeyObject[]): Opening {
  const message = SignedMessage.safeParse(jsonOf(signedMessage));
  if (!message.success) return refused('bad_signed_message');
  const sealed = bytesOf(message.data.encryptedMessage);
  const ephemeral = bytesOf(message.data.ephemeralPublicKey);
  const tag = bytesOf(message.data.tag);
  if (!sealed || !ephemeral || !tag) return refused('bad_signed_message');
  const point = pointOf(ephemeral);
  if (!point) return refused('bad_ephemeral_key');

  for (const privateKey of privateKeys) {
    const secret = diffieHellman({ privateKey, publicKey: point });
    const keys = Buffer.from(hkdfSync('sha256', Buffer.concat([ephemeral, secret]), '', SENDER, 64));
    const expected = createHmac('sha256', keys.subarray(32)).update(sealed).digest();
    if (tag.length !== expected.length || !timingSafeEqual(tag, expected)) continue;
    const decipher = createDecipheriv('aes-256-ctr', keys.subarray(0, 32), Buffer.alloc(16));
    return { kind: 'opened', plaintext: Buffer.concat([decipher.update(sealed), decipher.final()]) };
  }
  return refused('decrypt_failed');
}

/** What every payload of a payment says of itself. The card is for its reader to parse. */
export type Payload =
  | { kind: 'payload'; payload: Record<string, unknown>; expiresAt: number }
  | { kind: 'refused'; reason: PayloadRefusal };

/**
 * Reads what `openToken` found. `gatewayMerchantId`: the id that the gateway issued to the merchant who presents the
 * token; left out where the merchant is the recipient itself. That a message is used once is the caller's to keep.
 */
export function readPayload(
  plaintext: Buffer,
  { now, gatewayMerchantId }: { now: number; gatewayMerchantId?: string },
): Payload {
  const payload = jsonOf(utf8(plaintext));
  if (!isObject(payload)) return { kind: 'refused', reason: 'payload_not_json' };
  const expiration = Instant.safeParse(payload['messageExpiration']);
  if (!expiration.success) return { kind: 'refused', reason: 'bad_message_expiration' };
  if (expiration.data <= now) return { kind: 'refused', reason: 'message_expired' };
  if (gatewayMerchantId !== undefined && payload['gatewayMerchantId'] !== gatewayMerchantId)
    return { kind: 'refused', reason: 'gateway_merchant_mismatch' };
  return { kind: 'payload', payload, expiresAt: expiration.data };
}

const RootKeyEntry = z.object({ protocolVersion: z.literal(PROTOCOL), ...SignedKey.shape });

/**
 * The ECv2 keys in the body of Google's `keys.json`. Keys of other protocols, without an expiry or unreadable are
 * passed over; `undefined` where the body has no list of keys at all.
 */
export function readRootKeys(body: unknown): RootKey[] | undefined {
  if (!isObject(body) || !Array.isArray(body['keys'])) return undefined;
  return body['keys'].flatMap((entry) => {
    const parsed = RootKeyEntry.safeParse(entry);
    const key = parsed.success ? publicKeyOf(parsed.data.keyValue) : undefined;
    return parsed.success && key ? [{ key, expiresAt: parsed.data.keyExpiration }] : [];
  });
}

function refused(reason: TokenRefusal): Opening {
  return { kind: 'refused', reason };
}

/** Each text with its length in front: four bytes, little-endian, of its UTF-8 form. */
function signedBytes(...texts: string[]): Buffer {
  return Buffer.concat(
    texts.flatMap((text) => {
      const bytes = Buffer.from(text, 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );
}

/** ECDSA with SHA-256; the signature is base64 of DER. */
function isSignedBy(key: KeyObject, bytes: Buffer, signature: unknown): boolean {
  const der = typeof signature === 'string' ? bytesOf(signature) : undefined;
  return der !== undefined && verify('sha256', bytes, key, der);
}

/** Strict base64: decoders also take blanks, other alphabets, missing padding and stray bits. */
function bytesOf(base64: string): Buffer | undefined {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes : undefined;
}

/** A P-256 key in base64 SubjectPublicKeyInfo. */
function publicKeyOf(spki: string): KeyObject | undefined {
  const der = bytesOf(spki);
  const key = der && imported(() => createPublicKey({ key: der, format: 'der', type: 'spki' }));
  return key?.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : undefined;
}

/** An uncompressed point of P-256: 04, X, Y. That it lies on the curve is checked by the import. */
function pointOf(bytes: Buffer): KeyObject | undefined {
  if (bytes.length !== 65 || bytes[0] !== 4) return undefined;
  const [x, y] = [bytes.toString('base64url', 1, 33), bytes.toString('base64url', 33)];
  return imported(() => createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' }));
}

function imported(read: () => KeyObject): KeyObject | undefined {
  try {
    return read();
  } catch {
    return undefined; // No key, by the word of OpenSSL.
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined; // A SyntaxError. Its message quotes the text, so it goes no further.
  }
}

function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
