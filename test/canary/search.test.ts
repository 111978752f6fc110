import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { leaks } from './search.js';

const SECRET = 'ca+na/ry"é-0123456789';
const secrets = new Map([['the secret', SECRET]]);
const found = (text: string | Buffer) => leaks([{ where: 'a place', bytes: Buffer.from(text) }], secrets);

const HIDDEN: Record<string, string> = {
  'in clear': SECRET,
  'as hex': Buffer.from(SECRET).toString('hex').toUpperCase(),
  'percent-encoded': encodeURIComponent(SECRET),
  'percent-encoded throughout': Buffer.from(SECRET).toString('hex').replace(/../g, '%$&').toUpperCase(),
  'in JSON': JSON.stringify({ a: [SECRET] }),
  'in JSON escapes': SECRET.replace(
    /[^]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ),
};
for (const offset of [0, 1, 2]) {
  const bytes = Buffer.from(`${'x'.repeat(3 + offset)}${SECRET}tail`);
  HIDDEN[`as Base64 at ${offset}`] = bytes.toString('base64');
  HIDDEN[`as Base64url at ${offset}`] = bytes.toString('base64url');
}

describe('the search', () => {
  for (const [coat, text] of Object.entries(HIDDEN))
    test(`finds a secret ${coat}`, () => {
      const sentence = `the secret, ${coat}, in a place`;
      assert.ok(found(`before ${text} after`).includes(sentence), found(text).join('\n'));
      assert.deepEqual(
        found(text.replace('0', '')).filter((leak) => leak === sentence && coat === 'in clear'),
        [],
      );
    });

  test('finds it between bytes that are no text', () => {
    assert.equal(
      found(Buffer.concat([Buffer.from([0, 255, 254]), Buffer.from(SECRET), Buffer.from([0])])).length > 0,
      true,
    );
  });

  test('lets an output have what it is there to carry, and nothing else', () => {
    const output = {
      where: 'a place',
      bytes: Buffer.from(`${SECRET} other-secret`),
      carries: ['the secret'],
    };
    const names = leaks([output], new Map([...secrets, ['other', 'other-secret']])).map(
      (leak) => leak.split(',')[0],
    );
    assert.deepEqual([...new Set(names)], ['other']);
  });

  test('finds card numbers, also with blanks or hyphens, and no other digits', () => {
    for (const number of [
      '4111111111111111',
      '4111 1111 1111 1111',
      '5200-0000-0000-2003',
      '378282246310005',
    ])
      assert.equal(found(`"card":"${number}"`).length, 1, number);
    for (const other of [
      '4111111111111112',
      '1700000000000',
      '0.4111111111111111',
      'a4111111111111111',
      '4111 1111',
    ])
      assert.deepEqual(found(`"at":"${other}"`), [], other);
  });
});
