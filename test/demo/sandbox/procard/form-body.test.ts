import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readBody } from '../../../../demo/sandbox/procard/form-body.js';

const FORM = 'application/x-www-form-urlencoded';

function multipart(...parts: [disposition: string, value: string][]): Buffer {
  const text = parts.map(
    ([disposition, value]) => `--b0\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${value}\r\n`,
  );
  return Buffer.from(`${text.join('')}--b0--\r\n`);
}

function fieldsOf(type: string, body: Buffer | string) {
  const reading = readBody(type, Buffer.from(body));
  assert.equal(reading.kind, 'fields');
  return reading.kind === 'fields' ? reading : assert.fail();
}

describe('readBody', () => {
  it('keeps a multipart value byte for byte, with its blanks, line breaks and near-boundaries', () => {
    const value = '\u{feff} Café ☕\r\n--b\r\n  ';
    const { parts } = fieldsOf('multipart/form-data; boundary=b0', multipart(['name="description"', value]));
    assert.deepEqual(parts, [['description', value]]);
  });

  it('keeps the order of the parts', () => {
    const body = multipart(['name="b"', '1'], ['name="a"', '2']);
    const { parts } = fieldsOf('multipart/form-data; boundary="b0"', body);
    assert.deepEqual(
      parts.map(([name]) => name),
      ['b', 'a'],
    );
  });

  it('reads brackets as nested objects and leaves dots in names', () => {
    const { fields } = fieldsOf(
      FORM,
      'add_params%5BAReqDetails.notificationUrl%5D=u&split_rules[0][amount]=50.00&split_rules[1][amount]=1',
    );
    assert.deepEqual(fields, {
      add_params: { 'AReqDetails.notificationUrl': 'u' },
      split_rules: { 0: { amount: '50.00' }, 1: { amount: '1' } },
    });
  });

  it('keeps the source text of JSON numbers, and numbers inside add_params as numbers', () => {
    const { fields } = fieldsOf(
      'application/json; charset=utf-8',
      '{"amount":1.00,"add_params":{"n":1e2},"ok":true}',
    );
    assert.deepEqual(fields, { amount: '1.00', add_params: { n: 100 }, ok: true });
  });

  const refused: [string, string, Buffer | string][] = [
    ['__proto__ in brackets', FORM, 'a[__proto__][x]=1'],
    ['__proto__ as a name', FORM, '__proto__=1'],
    ['__proto__ in JSON', 'application/json', '{"a":{"__proto__":{"x":1}}}'],
    ['__proto__ in a JSON array', 'application/json', '{"a":[{"__proto__":{"x":1}}]}'],
    ['__proto__ in multipart', 'multipart/form-data; boundary=b0', multipart(['name="__proto__[x]"', '1'])],
    ['the same name twice', FORM, 'amount=1&amount=2'],
    ['a name that is a value and a group', FORM, 'a=1&a[b]=2'],
    ['a malformed name', FORM, 'a[b=1'],
    ['a file', 'multipart/form-data; boundary=b0', multipart(['name="a"; filename="a.txt"', '1'])],
    ['a body that is not closed', 'multipart/form-data; boundary=b0', '--b0\r\n'],
    ['a missing boundary', 'multipart/form-data', multipart(['name="a"', '1'])],
    ['bytes that are not UTF-8', 'application/json', Buffer.from([0x22, 0xff, 0x22])],
    ['JSON that is no object', 'application/json', '[1]'],
    ['broken JSON', 'application/json', '{"a":1'],
    ['an unknown content type', 'text/plain', 'a=1'],
  ];
  for (const [what, type, body] of refused) {
    it(`cannot read ${what}`, () => {
      assert.equal(readBody(type, Buffer.from(body)).kind, 'unreadable');
    });
  }

  it('does not touch the prototype of any object', () => {
    readBody(FORM, Buffer.from('constructor[prototype][polluted]=1'));
    assert.equal('polluted' in {}, false);
  });
});
