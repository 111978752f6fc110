import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { hmacHex, isSigned, type Operation } from '../../../../demo/sandbox/procard/signature.js';

interface Vector {
  id: string;
  operation: string;
  algorithm: 'sha512' | 'md5';
  key: string;
  fields: Record<string, string>;
  signature: string;
}
const { vectors } = JSON.parse(
  readFileSync(new URL('../../../fixtures/sandbox/procard-signatures.json', import.meta.url), 'utf8'),
) as { vectors: Vector[] };

function operationOf(vector: Vector): Operation | undefined {
  const name = vector.operation.split(' ')[0];
  return (['GooglePayPurchase', 'Purchase', 'Complete3DS', 'check'] as const).find((each) => each === name);
}

describe('ProcardPay signatures', () => {
  for (const vector of vectors) {
    it(`agrees with vector ${vector.id}`, () => {
      const { algorithm, key, fields, signature } = vector;
      assert.equal(hmacHex(algorithm, key, Object.values(fields)), signature);
    });
  }

  for (const vector of vectors.filter((each) => operationOf(each))) {
    it(`accepts the request of vector ${vector.id}, whatever the order of its fields`, () => {
      const backwards = Object.fromEntries(Object.entries(vector.fields).reverse());
      const operation = operationOf(vector) ?? assert.fail();
      assert.equal(isSigned(operation, { signature: vector.signature, ...backwards }, vector.key), true);
    });

    it(`refuses vector ${vector.id} with any one field changed, or in upper case`, () => {
      const { fields, signature, key } = vector;
      const operation = operationOf(vector) ?? assert.fail();
      for (const name of Object.keys(fields)) {
        assert.equal(isSigned(operation, { ...fields, [name]: `${fields[name]} `, signature }, key), false);
      }
      assert.equal(isSigned(operation, { ...fields, signature: signature.toUpperCase() }, key), false);
    });
  }

  it('refuses a signature that is missing, short, or no text', () => {
    const { fields, key, signature } = vectors[0] ?? assert.fail();
    for (const wrong of [{}, { signature: '' }, { signature: signature.slice(0, 32) }, { signature: true }]) {
      assert.equal(isSigned('Purchase', { ...fields, ...wrong }, key), false);
    }
  });
});
