import * as z from 'zod/mini';

/** ISO 4217 codes this project pays in. Both currencies have two decimal places. */
export const Currency = z.enum(['UAH', 'UZS']);
export type Currency = z.infer<typeof Currency>;

/**
 * An amount in minor units (kopiyka, tiyin), never a fraction and never zero.
 * The upper bound is the largest integer that JSON numbers carry exactly.
 */
export const Money = z.object({
  minor: z.int().check(z.minimum(1), z.maximum(Number.MAX_SAFE_INTEGER)),
  currency: Currency,
});
export type Money = z.infer<typeof Money>;

/** `{ minor: 12500, currency: 'UAH' }` → `"125.00"`: ASCII digits, a point, two decimals, in any locale. */
export function toDecimal(money: Money): string {
  const digits = String(money.minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * `"125.00"`, `"125.5"`, `"125"` → minor units; `undefined` for anything that is not exactly an amount above zero
 * (signs, blanks, leading zeros, exponents, more than two decimals, values that a number cannot carry exactly).
 */
export function toMinor(text: string): number | undefined {
  const match = /^(0|[1-9]\d*)(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const minor = Number(`${match[1] ?? ''}${(match[2] ?? '').padEnd(2, '0')}`);
  return minor >= 1 && Number.isSafeInteger(minor) ? minor : undefined;
}

export function sameMoney(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency;
}
