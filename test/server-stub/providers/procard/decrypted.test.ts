import assert from 'node:assert/strict';
import { test } from 'node:test';
import { googlePayPurchase } from '../../../../server-stub/providers/procard/wire.js';
import { Secret } from '../../../../server-stub/secret.js';
import { GOOGLE_PAY } from '../attempts.js';
import { SETTINGS } from './procard-settings.js';

const PAYLOAD = {
  messageExpiration: '1795348800000',
  messageId: 'AH2EjtdZ',
  paymentMethod: 'CARD',
  paymentMethodDetails: {
    expirationYear: 2031,
    expirationMonth: 12,
    pan: '4012000000003119',
    authMethod: 'CRYPTOGRAM_3DS',
    cryptogram: 'AIJBvShQ6DmrABKP3/AwGgADFA==',
    eciIndicator: '07',
  },
};

/** The purchase of a page whose tokenization type is DIRECT. */
const DIRECT = structuredClone(GOOGLE_PAY.payWith);
assert.ok(DIRECT.type === 'google-pay');
DIRECT.paymentData.paymentMethodData.tokenizationData.type = 'DIRECT';
const OPENED = { ...GOOGLE_PAY, payWith: DIRECT, card: new Secret(JSON.stringify(PAYLOAD)) };

test('a card that the merchant opened is sent in the documented form, in place of the token', () => {
  const sealed = new Map(googlePayPurchase(GOOGLE_PAY, SETTINGS));
  const opened = new Map(googlePayPurchase(OPENED, SETTINGS));
  const decrypted = opened.get('gpTokenDecrypted');
  assert.ok(typeof decrypted === 'string');
  assert.match(decrypted, /^[A-Za-z0-9+/]+=*$/);
  assert.deepEqual(JSON.parse(Buffer.from(decrypted, 'base64').toString()), {
    gatewayMerchantId: SETTINGS.googlePay?.gatewayMerchantId,
    ...PAYLOAD,
  });
  // Everything else is the same, the token's type and the signature included.
  sealed.delete('gpToken');
  opened.delete('gpTokenDecrypted');
  assert.deepEqual([...opened], [...sealed]);
  assert.equal(opened.get('gpTokenType'), 'PAYMENT_GATEWAY');
});

test('a request holds one of the two, never both', () => {
  const names = (fields: ReturnType<typeof googlePayPurchase>) => fields.map(([name]) => name);
  assert.ok(!names(googlePayPurchase(GOOGLE_PAY, SETTINGS)).includes('gpTokenDecrypted'));
  assert.ok(!names(googlePayPurchase(OPENED, SETTINGS)).includes('gpToken'));
});
