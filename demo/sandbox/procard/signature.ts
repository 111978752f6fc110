import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Fields } from './form-body.js';

const PURCHASE = ['merchant_id', 'order_id', 'amount', 'currency_iso', 'description'];
const ORDER = ['merchant_id', 'order_id'];

/** The fields under each operation's signature, in this order (ProcardPay, Google Pay and dispatcher pages). */
export const SIGNED_FIELDS = {
  GooglePayPurchase: PURCHASE,
  Purchase: PURCHASE,
  Complete3DS: ['merchant_id', 'transaction_key', 'd3ds_md', 'd3ds_pares'],
  check: ORDER,
  reverse: ORDER,
} as const;

export type Operation = keyof typeof SIGNED_FIELDS;

/** A field's received text; a missing one, or one that is no text, counts as empty. */
export function textOf(fields: Fields, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' ? value : '';
}

/** Lower-case hex of HMAC over the values joined by `;`, all of it UTF-8 (ProcardPay, Google Pay page). */
export function hmacHex(algorithm: 'sha512' | 'md5', secret: string, values: readonly string[]): string {
  return createHmac(algorithm, secret).update(values.join(';'), 'utf8').digest('hex');
}

/** Over the text received, with nothing trimmed, normalised or reformatted. Upper-case hex is refused. */
export function isSigned(operation: Operation, fields: Fields, secret: string): boolean {
  const values = SIGNED_FIELDS[operation].map((name) => textOf(fields, name));
  const expected = Buffer.from(hmacHex('sha512', secret, values));
  const given = Buffer.from(textOf(fields, 'signature'));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
