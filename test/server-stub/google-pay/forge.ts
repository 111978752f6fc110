import {
  createCipheriv,
  createHmac,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import type { RootKey, TokenOpener } from '../../../server-stub/google-pay/ecv2.js';

/** Somebody who has every key, and so can seal what Google never would: each part may be bent before it is signed. */

export const NOW = Date.parse('2026-11-22T12:00:00Z');
export const LATER = NOW + 1_000_000;

export const p256 = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const ROOT = p256();
export const INTERMEDIATE = p256();
export const RECIPIENT = p256();

export const PAYLOAD = {
  messageExpiration: String(LATER),
  messageId: 'message-1',
  paymentMethod: 'CARD',
  gatewayMerchantId: 'BO_gateway',
  paymentMethodDetails: {
    pan: '4111111111111111',
    expirationMonth: 12,
    expirationYear: 2031,
    authMethod: 'PAN_ONLY',
  },
};

type Members = Record<string, unknown>;

export interface Bends {
  plaintext: string | Buffer;
  sender: string;
  recipientId: string;
  protocol: string;
  /** Whose key the message is sealed for. */
  recipientKey: KeyObject;
  /** Signs the intermediate key. */
  root: KeyObject;
  /** Signs the message. */
  signer: KeyObject;
  keyLength: 16 | 32;
  signedKey: (members: Members) => unknown;
  message: (members: Members) => unknown;
  /** The whole token, after everything is signed. */
  outer: (members: Token) => unknown;
}

export interface Token extends Members {
  signature: string;
  signedMessage: string;
  intermediateSigningKey: { signedKey: string; signatures: unknown[] };
}

export function forge(bends: Partial<Bends> = {}): string {
  const { sender = 'Google', recipientId = 'gateway:test', protocol = 'ECv2' } = bends;
  const signedKey = inner(
    { keyValue: spki(INTERMEDIATE.publicKey), keyExpiration: String(LATER) },
    bends.signedKey,
  );
  const signedMessage = inner(encrypted(bends), bends.message);
  const token: Token = {
    protocolVersion: 'ECv2',
    signature: signature(
      bends.signer ?? INTERMEDIATE.privateKey,
      sender,
      recipientId,
      protocol,
      signedMessage,
    ),
    intermediateSigningKey: {
      signedKey,
      signatures: [signature(bends.root ?? ROOT.privateKey, sender, protocol, signedKey)],
    },
    signedMessage,
  };
  return text(bends.outer ? bends.outer(token) : token);
}

/** Believes what `forge` makes. */
export function opener(parts: Partial<TokenOpener> = {}): TokenOpener {
  return {
    rootKeys: [rootKey(ROOT.publicKey)],
    recipientId: 'gateway:test',
    privateKeys: [RECIPIENT.privateKey],
    now: NOW,
    ...parts,
  };
}

export function rootKey(key: KeyObject, expiresAt = LATER): RootKey {
  return { key, expiresAt };
}

export function spki(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}

export function signature(key: KeyObject, ...texts: string[]): string {
  const bytes = texts.flatMap((one) => {
    const length = new DataView(new ArrayBuffer(4));
    length.setUint32(0, Buffer.byteLength(one), true);
    return [Buffer.from(length.buffer), Buffer.from(one)];
  });
  return sign('sha256', Buffer.concat(bytes), key).toString('base64');
}

function inner(members: Members, bend: (members: Members) => unknown = (same) => same): string {
  return text(bend(members)).replaceAll('=', '\\u003d');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function encrypted({ plaintext = JSON.stringify(PAYLOAD), recipientKey, keyLength = 32 }: Partial<Bends>) {
  const { publicKey, privateKey } = p256();
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  const secret = diffieHellman({ privateKey, publicKey: recipientKey ?? RECIPIENT.publicKey });
  const keys = Buffer.from(
    hkdfSync('sha256', Buffer.concat([point, secret]), Buffer.alloc(0), 'Google', 2 * keyLength),
  );
  const cipher = createCipheriv(`aes-${keyLength * 8}-ctr`, keys.subarray(0, keyLength), Buffer.alloc(16));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return {
    encryptedMessage: sealed.toString('base64'),
    ephemeralPublicKey: point.toString('base64'),
    tag: createHmac('sha256', keys.subarray(keyLength)).update(sealed).digest('base64'),
  };
}
