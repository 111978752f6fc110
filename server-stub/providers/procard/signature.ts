import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../secret.js';

export type SignatureAlgorithm = 'sha512' | 'md5';

/**
 * HMAC over the field values joined by `;`, in lower-case hex. The values are signed as given: whoever sends them has
 * put them through `signedText`.
 *
 * HMAC-SHA512 and the separator: ProcardPay, Google Pay page.
 */
export function sign(
  values: readonly string[],
  key: Secret,
  algorithm: SignatureAlgorithm = 'sha512',
): string {
  return createHmac(algorithm, key.reveal()).update(values.join(';'), 'utf8').digest('hex');
}

/** Whether the signature is exactly ours. A digest of another length or in another case is simply wrong. */
export function verify(
  signature: string,
  values: readonly string[],
  key: Secret,
  algorithm: SignatureAlgorithm,
): boolean {
  const given = Buffer.from(signature, 'utf8');
  const expected = Buffer.from(sign(values, key, algorithm), 'utf8');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
