import type { Money } from './money.js';

// Apart from the schemas, so that the browser can have these without a validator library.

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
