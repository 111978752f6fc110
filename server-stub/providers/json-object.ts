import { parse } from 'lossless-json';
import * as z from 'zod/mini';

/** A JSON object from outside. Every number in it is kept as its source text: `1250.50` is `'1250.50'`. */
export type JsonObject = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 32;

/**
 * Reads exactly one JSON object. Numbers become their source text, so that an amount is compared and verified as it
 * was written, and so that digits read alike as a number and as text, since providers send both.
 *
 * `undefined` for everything else: another JSON value, a BOM, trailing text, the same key with two values, deep nesting.
 */
export function parseJsonObject(text: string): JsonObject | undefined {
  if (depth(text) > MAX_DEPTH) return undefined;
  try {
    const value = parse(text, null, (digits) => digits);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined; // A SyntaxError. Its message quotes the text, so it goes no further.
  }
}

/** A scalar member, which providers send as text or as a number. Empty, `null` and anything else mean absent. */
export const Scalar = z.pipe(
  z.optional(z.unknown()),
  z.transform((value) => (typeof value === 'string' && value !== '' ? value : undefined)),
);

/** A word from a provider's dictionary in one letter case: `Approved` and `APPROVED` both occur. */
export const Word = z.pipe(
  Scalar,
  z.transform((word) => word?.toUpperCase()),
);

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How deep brackets nest outside of strings. The parser recurses, so this is known before it runs. */
function depth(text: string): number {
  let [deepest, current, inString] = [0, 0, false];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++current);
    else if (char === '}' || char === ']') current--;
  }
  return deepest;
}
