import * as z from 'zod/mini';

export { sameMoney, toDecimal, toMinor } from './amount.js';

/** ISO 4217 codes this project pays in. Both currencies have two decimal places. */
export const Currency = z.enum(['UAH', 'UZS']);
export type Currency = z.infer<typeof Currency>;

/**
 * An amount in minor units (kopiyka, tiyin), never a fraction and never zero.
 * `z.int()` ends with the largest integer that JSON numbers carry exactly.
 */
export const Money = z.object({
  minor: z.int().check(z.minimum(1)),
  currency: Currency,
});
export type Money = z.infer<typeof Money>;
