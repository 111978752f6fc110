import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { withDuplicateKeys, withWrongTypes } from '../../../../demo/sandbox/faults/spoil.js';

describe('withWrongTypes', () => {
  it('puts each text into a list and every other value into an object, and keeps names and shape', () => {
    const body = { code: 0, status: 'OK', none: null, yes: true, inner: { list: ['a', 1] }, empty: '' };
    assert.deepEqual(JSON.parse(withWrongTypes(JSON.stringify(body))), {
      code: { value: 0 },
      status: ['OK'],
      none: { value: null },
      yes: { value: true },
      inner: { list: [['a'], { value: 1 }] },
      empty: [''],
    });
  });

  it('leaves an empty body empty', () => {
    assert.equal(withWrongTypes(''), '');
  });
});

describe('withDuplicateKeys', () => {
  it('writes each key twice at every depth, null first', () => {
    assert.equal(
      withDuplicateKeys('{"a":1,"b":{"c":["x",{"d":null}]}}'),
      '{"a":null,"a":1,"b":null,"b":{"c":null,"c":["x",{"d":null,"d":null}]}}',
    );
  });

  it('is read as the right body by a reader that keeps the last of two', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (body) => {
        const text = JSON.stringify(body);
        assert.deepEqual(JSON.parse(withDuplicateKeys(text)), JSON.parse(text));
      }),
    );
  });

  it('leaves an empty body empty', () => {
    assert.equal(withDuplicateKeys(''), '');
  });
});
