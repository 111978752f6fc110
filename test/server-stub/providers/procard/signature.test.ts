import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sign, verify } from '../../../../server-stub/providers/procard/signature.js';
import { signedDescription } from '../../../../server-stub/providers/procard/signed-text.js';
import { Secret } from '../../../../server-stub/secret.js';
import vectors from '../../../fixtures/procard/signature-vectors.json' with { type: 'json' };

const KEY = new Secret('sandbox-secret-0001');

for (const vector of vectors) {
  const algorithm = vector.algorithm === 'HMAC-MD5' ? 'md5' : 'sha512';
  const values = vector.fields.map(({ value }) => value);

  test(`D9 vector ${vector.id} is reproduced and verified`, () => {
    assert.equal(sign(values, new Secret(vector.key), algorithm), vector.signature);
    assert.equal(verify(vector.signature, values, new Secret(vector.key), algorithm), true);
  });
}

test('D7 a description in decomposed form is signed and sent composed (vector S06)', () => {
  const vector = vectors.find(({ id }) => id === 'S06');
  const composed = vector?.fields.find(({ name }) => name === 'description')?.value;
  assert.ok(vector?.given?.description && composed);
  assert.notEqual(vector.given.description, composed);
  assert.equal(signedDescription(vector.given.description), composed);
});

test('a signature in upper case, cut, extended or empty is wrong', () => {
  const values = ['m', 'o'];
  const good = sign(values, KEY);
  assert.equal(verify(good, values, KEY, 'sha512'), true);
  for (const bad of [good.toUpperCase(), good.slice(0, -1), `${good}0`, '', `${good} `, 'ї'.repeat(128)])
    assert.equal(verify(bad, values, KEY, 'sha512'), false, bad);
});

test('D5 a right signature by the other algorithm is wrong', () => {
  assert.equal(verify(sign(['m'], KEY, 'md5'), ['m'], KEY, 'sha512'), false);
  assert.equal(verify(sign(['m'], KEY, 'sha512'), ['m'], KEY, 'md5'), false);
});
