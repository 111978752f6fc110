import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJsonObject } from '../../../server-stub/providers/json-object.js';

test('numbers are kept as they were written', () => {
  assert.deepEqual(parseJsonObject('{"a":1250.50,"b":-4,"c":12345678901234567890,"d":1e3,"e":"7"}'), {
    a: '1250.50',
    b: '-4',
    c: '12345678901234567890',
    d: '1e3',
    e: '7',
  });
});

for (const text of [
  '',
  'null',
  '1',
  '"a"',
  '[{}]',
  '{',
  '{}{}',
  '{} x',
  '\ufeff{}',
  '{"a":NaN}',
  '{"a":01}',
  "{'a':1}",
  '{"a":1,}',
  '{"a":1,"a":2}',
])
  test(`not exactly one object: ${JSON.stringify(text)}`, () =>
    assert.equal(parseJsonObject(text), undefined));

test('32 levels are read, 33 are not, and brackets inside of strings do not count', () => {
  const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
  assert.ok(parseJsonObject(nested(32)));
  assert.equal(parseJsonObject(nested(33)), undefined);
  assert.ok(parseJsonObject(`{"a":"${'['.repeat(99)}\\"${'{'.repeat(99)}"}`));
});

test('C18 __proto__ is an ordinary name and reaches no prototype', () => {
  const value = parseJsonObject('{"__proto__":{"polluted":true}}') ?? {};
  assert.equal(value['polluted'], undefined);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  assert.equal('polluted' in {}, false);
});

test('every object of texts, booleans and nulls reads as JSON.parse reads it', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 5 },
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('any'), { maxLength: 4 }),
    map: fc.dictionary(fc.string(), tie('any'), { maxKeys: 4, noNullPrototype: true }),
  }));
  fc.assert(
    fc.property(value.map, (map) => {
      const text = JSON.stringify(map);
      assert.deepEqual(parseJsonObject(text), JSON.parse(text));
    }),
  );
});
