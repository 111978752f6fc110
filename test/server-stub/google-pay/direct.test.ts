import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { createDirect } from '../../../server-stub/google-pay/direct.js';
import { startWire } from '../providers/wire-server.js';
import { forge, LATER, NOW, PAYLOAD, RECIPIENT, ROOT, spki } from './forge.js';

const recipientId = 'merchant:12345678901234567890';
/** No gateway's name stands in a token for the merchant itself. */
const DIRECT = { ...PAYLOAD, gatewayMerchantId: undefined };

/** The opener as a server has it, with the roots of `forge`. */
async function opener(t: TestContext, keys?: string) {
  const keyValue = spki(ROOT.publicKey);
  const roots = { keys: [{ keyValue, protocolVersion: 'ECv2', keyExpiration: String(LATER) }] };
  const { url } = await startWire(t, () => keys ?? JSON.stringify(roots));
  return (
    createDirect({
      GOOGLE_PAY_GATEWAY_MERCHANT_ID: 'BO_g',
      GOOGLE_PAY_DIRECT_PRIVATE_KEY: RECIPIENT.privateKey
        .export({ type: 'pkcs8', format: 'der' })
        .toString('base64'),
      GOOGLE_PAY_DIRECT_ACKNOWLEDGE_PCI: 'yes',
      GOOGLE_PAY_SANDBOX_KEYS_URL: `${url}/keys.json`,
    }) ?? assert.fail('off')
  );
}

const sealed = (payload: object) => forge({ recipientId, plaintext: JSON.stringify(payload) });
const withDetails = (details: object) =>
  sealed({ ...DIRECT, paymentMethodDetails: { ...DIRECT.paymentMethodDetails, ...details } });

test('a server without a key opens nothing', () => {
  assert.equal(createDirect({}), undefined);
});

test('what Google sealed comes out whole, and behind a placeholder', async (t) => {
  const payload = {
    ...DIRECT,
    paymentMethodDetails: {
      ...DIRECT.paymentMethodDetails,
      authMethod: 'CRYPTOGRAM_3DS',
      cryptogram: 'AAAA',
      eciIndicator: '07',
      assuranceDetails: { accountVerified: true },
    },
    whatGoogleAddsTomorrow: [1],
  };
  const opening = await (await opener(t)).open(sealed(payload), NOW);
  assert.ok(opening.kind === 'opened');
  assert.deepEqual(JSON.parse(opening.card.reveal()), JSON.parse(JSON.stringify(payload)));
  assert.equal(opening.digest, createHash('sha256').update('message-1').digest('hex'));
  const shown = `${inspect(opening, { depth: null, showHidden: true })}${JSON.stringify(opening)}`;
  assert.doesNotMatch(shown, /4111111111111111|AAAA/);
});

test('month and year go on as numbers, also where they came as text', async (t) => {
  const direct = await opener(t);
  const opening = await direct.open(withDetails({ expirationMonth: '09', expirationYear: '2031' }), NOW);
  assert.ok(opening.kind === 'opened');
  const { paymentMethodDetails } = JSON.parse(opening.card.reveal()) as typeof DIRECT;
  assert.deepEqual([paymentMethodDetails.expirationMonth, paymentMethodDetails.expirationYear], [9, 2031]);
});

test('a token that cannot be believed is refused, with the reason and nothing of what it holds', async (t) => {
  const direct = await opener(t);
  const cases: [token: string, why: string][] = [
    ['examplePaymentMethodToken', 'bad token json'],
    [forge({ recipientId: 'gateway:procard' }), 'message signature invalid'],
    [forge({ recipientId: 'merchant:BCR2DN4T' }), 'message signature invalid'],
    [sealed({ ...DIRECT, messageExpiration: String(NOW) }), 'message expired'],
    [forge({ recipientId, plaintext: 'plaintext' }), 'payload not json'],
    [sealed({ ...DIRECT, messageId: undefined }), 'bad card'],
    [sealed({ ...DIRECT, messageId: '' }), 'bad card'],
    [sealed({ ...DIRECT, paymentMethod: 'TOKENIZED_CARD' }), 'bad card'],
    [sealed({ ...DIRECT, paymentMethodDetails: undefined }), 'bad card'],
    [withDetails({ pan: '4111 1111 1111 1111' }), 'bad card'],
    [withDetails({ pan: 4_111_111_111_111_111 }), 'bad card'],
    [withDetails({ expirationMonth: 13 }), 'bad card'],
    [withDetails({ expirationMonth: 0 }), 'bad card'],
    [withDetails({ expirationYear: 31 }), 'bad card'],
    [withDetails({ expirationYear: 'soon' }), 'bad card'],
    [withDetails({ authMethod: 'PIN' }), 'bad card'],
    [withDetails({ authMethod: 'CRYPTOGRAM_3DS' }), 'bad card'],
  ];
  for (const [token, why] of cases)
    assert.deepEqual(await direct.open(token, NOW), {
      kind: 'refused',
      why: `the Google Pay token was refused: ${why}`,
    });
});

test('nobody is trusted while there are no root keys', async (t) => {
  const direct = await opener(t, '<html>');
  assert.deepEqual(await direct.open(sealed(DIRECT), NOW), {
    kind: 'unavailable',
    why: "Google's root keys could not be fetched",
  });
});
