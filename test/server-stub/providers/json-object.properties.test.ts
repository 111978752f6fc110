import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseJsonObject } from '../../../server-stub/providers/json-object.js';

const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
);
const name = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => text !== '__proto__');
const flat = fc.dictionary(
  name,
  fc.oneof(fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(null), number),
  {
    maxKeys: 6,
    noNullPrototype: true,
  },
);
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON.parse, with every number as its text. */
function parsed(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => (typeof value === 'number' ? String(value) : value));
}

test('a flat object reads as JSON.parse reads it, however it is laid out, its numbers as they were written', () => {
  fc.assert(
    fc.property(flat, fc.constantFrom(undefined, 1, '\t'), (members, indent) => {
      const text = JSON.stringify(members, null, indent);
      const read = parseJsonObject(text) ?? assert.fail(text);
      for (const [key, value] of Object.entries(members))
        assert.equal(read[key], typeof value === 'number' ? JSON.stringify(value) : value);
      assert.equal(Object.keys(read).length, Object.keys(members).length);
    }),
  );
});

test('what is read at all, JSON.parse reads as the same object: there is no second dialect', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"a"',
    '"',
    '1',
    '-',
    '.5',
    'e3',
    'null',
    '//',
    ' ',
    '\\u0041',
  );
  const near = fc
    .tuple(fc.json(), fc.nat(40), pieces)
    .map(([text, at, piece]) => text.slice(0, at) + piece + text.slice(at));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        near,
        fc.array(pieces, { maxLength: 12 }).map((all) => all.join('')),
      ),
      (text) => {
        const read = parseJsonObject(text);
        if (read === undefined) return;
        assert.ok(isObject(JSON.parse(text)));
        const numbers = JSON.parse(JSON.stringify(read), (_, value: unknown) => value) as unknown;
        assert.equal(JSON.stringify(numbers, normalised), JSON.stringify(parsed(text), normalised));
      },
    ),
    { numRuns: 3_000 },
  );
});

test('a name that stands twice with two values, a byte order mark and trailing text are refused everywhere', () => {
  fc.assert(
    fc.property(
      flat,
      name,
      fc.nat(5),
      fc.constantFrom('\ufeff', 'x', '{}', '\0'),
      (members, twice, at, extra) => {
        const text = JSON.stringify(members);
        assert.equal(parseJsonObject(`${text}${extra}`), undefined);
        if (extra !== '{}') assert.equal(parseJsonObject(`${extra}${text}`), undefined);
        const pairs = Object.entries(members)
          .filter(([key]) => key !== twice)
          .map((pair) => pair.map((part) => JSON.stringify(part)).join(':'));
        const key = JSON.stringify(twice);
        pairs.splice(at, 0, `${key}:"one"`);
        assert.ok(parseJsonObject(`{${pairs.join()}}`));
        assert.equal(parseJsonObject(`{${pairs.join()},${key}:"other"}`), undefined);
      },
    ),
  );
});

/** Texts of one number are one: `1.50` and `1.5`. */
function normalised(_: string, value: unknown): unknown {
  const isNumber = typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value);
  return isNumber ? String(Number(value)) : value;
}
