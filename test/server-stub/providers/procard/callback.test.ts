import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { readCallback } from '../../../../server-stub/providers/procard/callback.js';
import callbacks from '../../../fixtures/procard/callbacks.json' with { type: 'json' };
import { SETTINGS } from './procard-settings.js';

const { approved, declinedMd5 } = callbacks;
const HINT = { kind: 'hint', reference: approved.orderReference };

const read = (body: object | string, settings = SETTINGS) =>
  readCallback(typeof body === 'string' ? body : JSON.stringify(body), settings);

function signed(reference: string, amount: string, currency = 'UAH'): string {
  return createHmac('sha512', 'sandbox-secret-0001')
    .update(`BO_sandbox0000001;${reference};${amount};${currency}`)
    .digest('hex');
}

test('the sample with the signature of vector S11 is a hint for its payment', () => {
  assert.deepEqual(read(approved), HINT);
});

test('D3 a changed status still verifies, which is why a callback is never more than a hint', () => {
  assert.deepEqual(read({ ...approved, transactionStatus: 'Declined' }), HINT);
});

test('the amount is verified as its source text, whether JSON holds a text or a number', () => {
  for (const [text, signedAmount] of [
    ['"300.00"', '300.00'],
    ['300.00', '300.00'],
    ['300.0', '300.0'],
    ['300.00', '300'],
    ['300', '300.00'],
  ] as const) {
    const body = JSON.stringify({
      ...approved,
      amount: 0,
      merchantSignature: signed(approved.orderReference, signedAmount),
    });
    assert.deepEqual(read(body.replace('"amount":0', `"amount":${text}`)), HINT, text);
  }
});

test('D5 an MD5 signature is refused by default, and believed only where it is configured (vector S12)', () => {
  assert.equal(read(declinedMd5).kind, 'refused');
  assert.deepEqual(read(declinedMd5, { ...SETTINGS, callbackAlgorithm: 'md5' }), {
    kind: 'hint',
    reference: declinedMd5.orderReference,
  });
  assert.equal(read(approved, { ...SETTINGS, callbackAlgorithm: 'md5' }).kind, 'refused');
});

const REFUSED: Record<string, object | string> = {
  'G1 no signature': { ...approved, merchantSignature: undefined },
  'an empty signature': { ...approved, merchantSignature: '' },
  'a signature in upper case': { ...approved, merchantSignature: approved.merchantSignature.toUpperCase() },
  'a signature that is a number': { ...approved, merchantSignature: 1 },
  'G2 another merchant in merchantAccount': { ...approved, merchantAccount: 'BO_other' },
  'G2 another merchant in merchant_id': { ...approved, merchant_id: 'BO_other' },
  'G3 another amount': { ...approved, amount: '1.00' },
  'another currency': { ...approved, currency: 'EUR' },
  'another order': { ...approved, orderReference: 'ORD-2026-000124-a1' },
  'an amount in exponents': {
    ...approved,
    amount: '1e3',
    merchantSignature: signed(approved.orderReference, '1e3'),
  },
  'D1 an order that holds the delimiter': {
    ...approved,
    orderReference: `${approved.orderReference};1250.50`,
    amount: '1.00',
    merchantSignature: signed(approved.orderReference, '1250.50;1.00'),
  },
  'two orders under one name': JSON.stringify(approved).replace('{', '{"orderReference":"ORD-1",'),
  'no JSON': 'orderReference=ORD-1',
};

for (const [what, body] of Object.entries(REFUSED))
  test(`${what} is refused`, () => assert.equal(read(body).kind, 'refused'));

test('C18 __proto__ in a callback names nothing', () => {
  const inherited = JSON.stringify({ merchantSignature: 'x' }).replace(
    '{',
    `{"__proto__":${JSON.stringify(approved)},`,
  );
  assert.equal(read(inherited).kind, 'refused');
});

test('a rightly signed callback for an order that cannot be ours is ignored', () => {
  const orderReference = 'Замовлення 7';
  const body = { ...approved, orderReference, merchantSignature: signed(orderReference, '1250.50') };
  assert.equal(read(body).kind, 'ignored');
});
