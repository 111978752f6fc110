import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sign } from '../../../../server-stub/providers/procard/signature.js';
import {
  isSignable,
  signedDescription,
  signedReference,
} from '../../../../server-stub/providers/procard/signed-text.js';
import { encode } from '../../../../server-stub/providers/procard/wire.js';
import { Secret } from '../../../../server-stub/secret.js';

const REFUSED: Record<string, string> = {
  'D1 a semicolon': 'gift;999.00;UAH;d',
  'C25 a line feed': 'a\nb',
  'C25 a carriage return': 'a\rb',
  'a NUL': 'a\0b',
  'another control character': 'a\u0085b',
  'a lone surrogate': 'a\ud800b',
  'D7 a right-to-left override': 'a\u202eb',
  'D7 a bidirectional isolate': 'a\u2066b',
  'a card number': 'paid by 4000000000001000',
  'nothing at all': '',
  'D10 4,001 characters': 'x'.repeat(4_001),
};

for (const [what, description] of Object.entries(REFUSED)) {
  test(`${what} is refused in a description, and the error repeats nothing of it`, () => {
    assert.throws(
      () => signedDescription(description),
      (error: Error & { field?: string }) =>
        error.name === 'UnrepresentableError' &&
        error.field === 'description' &&
        (description === '' || !error.message.includes(description)),
    );
  });
}

test('D9 Ukrainian and Uzbek text, emoji and 4,000 characters pass unchanged', () => {
  for (const text of ['ʼ № ї ґ Є', 'Toʻlov gʻisht', '👩‍💻 🇺🇦 𝕏', 'x'.repeat(4_000)])
    assert.equal(signedDescription(text), text);
});

test('long numbers that are no card numbers pass: time stamps, failing checksums, twelve digits', () => {
  for (const text of [
    '1725460766155-908',
    '1763596800005',
    '4000000000001001',
    '400000000000',
    '9'.repeat(20),
  ])
    assert.equal(signedDescription(text), text);
});

test('a reference outside its grammar, or that looks like a card number, is refused', () => {
  assert.equal(signedReference('ORD_2026-000123-a1'), 'ORD_2026-000123-a1');
  for (const reference of ['', 'a b', 'a;b', 'x'.repeat(65), 'замовлення', 'A-4000000000001000'])
    assert.throws(() => signedReference(reference), { name: 'UnrepresentableError', field: 'order_id' });
});

test('D7 whatever text passes is the text that a form carries, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), async (given) => {
      fc.pre(isSignable(given.normalize('NFC')) && !/\d{13}/.test(given));
      const text = signedDescription(given);
      const form = encode([['description', text]], 'multipart');
      assert.ok(typeof form !== 'string');
      const wire = await new Response(form as unknown as FormData).formData();
      assert.equal(wire.get('description'), text);
    }),
    { numRuns: 300 },
  );
});

test('D1 two different lists of signable values never share a signature', () => {
  const key = new Secret('k');
  const value = fc.string({ unit: 'binary', maxLength: 8 }).filter(isSignable);
  const values = fc.array(value, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(values, values, (a, b) => {
      assert.equal(sign(a, key) === sign(b, key), JSON.stringify(a) === JSON.stringify(b));
    }),
  );
});
