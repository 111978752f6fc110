import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { sign, verify } from '../../../../server-stub/providers/procard/signature.js';
import {
  isSignable,
  signedDescription,
  signedReference,
} from '../../../../server-stub/providers/procard/signed-text.js';
import { UnrepresentableError } from '../../../../server-stub/providers/provider.js';
import { Secret } from '../../../../server-stub/secret.js';

const key = new Secret('k');
const values = fc.array(fc.string({ unit: 'binary', maxLength: 12 }).filter(isSignable), {
  minLength: 1,
  maxLength: 6,
});
const algorithm = fc.constantFrom('sha512' as const, 'md5' as const);
/** Texts with letters that Unicode writes in two ways, and with what may not be signed. */
const description = fc
  .array(
    fc.constantFrom('é', 'e\u0301', 'ї', 'і\u0308', 'ґ', '№', ';', '\n', '\u202e', '\ud800', '👩‍💻', 'a', ' '),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((letters) => letters.join(''));

test('the signature is the plain HMAC of the values with semicolons between them', () => {
  fc.assert(
    fc.property(values, algorithm, (signed, by) => {
      const expected = createHmac(by, 'k')
        .update(Buffer.from(signed.join(';'), 'utf8'))
        .digest('hex');
      assert.equal(sign(signed, key, by), expected);
    }),
  );
});

test('D5 a signature holds for its own values and algorithm alone, and not with one character changed', () => {
  fc.assert(
    fc.property(
      values,
      algorithm,
      fc.nat(127),
      fc.constantFrom('0', 'A', '', '00'),
      (signed, by, at, other) => {
        const right = sign(signed, key, by);
        assert.equal(verify(right, signed, key, by), true);
        assert.equal(verify(right, signed, key, by === 'md5' ? 'sha512' : 'md5'), false);
        assert.equal(verify(right, [...signed, ''], key, by), false);
        assert.equal(verify(right, signed, new Secret('K'), by), false);
        const position = at % right.length;
        const forged = right.slice(0, position) + other + right.slice(position + 1);
        assert.equal(verify(forged, signed, key, by), forged === right);
      },
    ),
  );
});

test('D7 texts that read alike are signed alike: the one form is NFC, and signing it again changes nothing', () => {
  fc.assert(
    fc.property(description, (text) => {
      const forms = [text, text.normalize('NFC'), text.normalize('NFD')].map((form) => signedOrRefused(form));
      assert.equal(new Set(forms).size, 1);
      const [signed] = forms;
      if (signed === undefined) assert.equal(isSignable(text), false);
      else assert.deepEqual([signed, signedOrRefused(signed)], [text.normalize('NFC'), signed]);
    }),
    { numRuns: 1_000 },
  );
});

test('D1 no description and no reference that pass hold a semicolon, so no list of values has two readings', () => {
  const text = fc.oneof(description, fc.string({ unit: 'binary', maxLength: 20 }));
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      const list = [signedOrRefused(a, signedReference), signedOrRefused(b), signedOrRefused(c)];
      fc.pre(list.slice(1).every((one) => one !== undefined));
      const kept = list.filter((one) => one !== undefined);
      assert.deepEqual(kept.join(';').split(';'), kept);
    }),
    { numRuns: 1_000 },
  );
});

/** `undefined`: it cannot be signed. Any other exception than that is let through. */
function signedOrRefused(text: string, sign = signedDescription): string | undefined {
  try {
    return sign(text);
  } catch (error) {
    if (error instanceof UnrepresentableError) return undefined;
    throw error;
  }
}
