import { UnrepresentableError } from '../provider.js';

/** An attempt's name at ProcardPay. */
export const REFERENCE = /^[A-Za-z0-9_-]{1,64}$/;

/** ProcardPay states no limit; this one is ours. */
const MAX_DESCRIPTION = 4_000;

/**
 * Whether a value can be sent so that the text sent is the text signed. `;` would let two payments share one
 * signature; form encoders rewrite line breaks and lone surrogates; bidirectional controls make a text read
 * differently from what is signed.
 */
export function isSignable(value: string): boolean {
  return !/[;\p{Cc}\p{Cs}\p{Bidi_Control}]/u.test(value);
}

/**
 * The text that ProcardPay shows and keeps, in the one form (NFC) that is both sent and signed. Throws
 * `UnrepresentableError`.
 */
export function signedDescription(value: string): string {
  const text = value.normalize('NFC');
  if (text.length < 1 || text.length > MAX_DESCRIPTION)
    throw new UnrepresentableError('description', `must have 1 to ${MAX_DESCRIPTION} characters`);
  if (!isSignable(text))
    throw new UnrepresentableError(
      'description',
      'holds a semicolon, a control character or broken Unicode, which a signature cannot carry',
    );
  return withoutCardNumber('description', text);
}

export function signedReference(value: string): string {
  if (!REFERENCE.test(value))
    throw new UnrepresentableError('order_id', 'must be 1 to 64 letters, digits, hyphens or underscores');
  return withoutCardNumber('order_id', value);
}

function withoutCardNumber(field: string, text: string): string {
  // No card network numbers its cards from 0 or 1, which keeps time stamps (17…) out of suspicion.
  const runs = text.match(/(?<!\d)[2-9]\d{12,18}(?!\d)/g) ?? [];
  if (runs.some(passesLuhn)) throw new UnrepresentableError(field, 'seems to hold a card number');
  return text;
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
