import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { GOOGLE_PAY_CARDS } from '../../../../demo/sandbox/cards.js';
import { directPayload, gatewayPayload } from '../../../../demo/sandbox/google-pay/payload.js';
import { TokenDesk } from '../../../../demo/sandbox/google-pay/token.js';
import { CARDS, type SandboxCard } from '../../../../demo/sandbox/scenarios.js';
import { openToken, readRootKeys } from '../../../../server-stub/google-pay/ecv2.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const WEEK = 7 * 24 * 3_600_000;
const desk = () => new TokenDesk(() => NOW);

const VISA: SandboxCard = { ...CARDS.visaApproved, network: 'VISA', authMethod: 'CRYPTOGRAM_3DS' };

describe('what Google seals', () => {
  it('is a card number on the device, with a cryptogram and, for Visa, an indicator', () => {
    const payload = gatewayPayload(VISA, 'BO_g', NOW);
    const { messageId, paymentMethodDetails: details, ...rest } = payload;
    assert.deepEqual(rest, {
      gatewayMerchantId: 'BO_g',
      messageExpiration: String(NOW + WEEK),
      paymentMethod: 'CARD',
    });
    assert.match(messageId, /^[\w-]{100,}$/);
    const { cryptogram, ...others } = details as Record<string, unknown>;
    assert.deepEqual(others, {
      pan: VISA.pan,
      expirationMonth: 12,
      expirationYear: 2031,
      authMethod: 'CRYPTOGRAM_3DS',
      eciIndicator: '07',
    });
    assert.equal(Buffer.from(String(cryptogram), 'base64').length, 20);
  });

  it('has no indicator for Mastercard, and nothing of the device for a plain card number', () => {
    const mastercard = gatewayPayload({ ...VISA, network: 'MASTERCARD' }, 'BO_g', NOW).paymentMethodDetails;
    assert('cryptogram' in mastercard && !('eciIndicator' in mastercard));
    const plain = gatewayPayload({ ...VISA, authMethod: 'PAN_ONLY' }, 'BO_g', NOW).paymentMethodDetails;
    assert.deepEqual(Object.keys(plain), ['expirationYear', 'expirationMonth', 'pan', 'authMethod']);
  });

  it('names each message otherwise', () => {
    assert.notEqual(directPayload(NOW).messageId, directPayload(NOW).messageId);
  });
});

describe('a token', () => {
  it('carries neither the card nor its number', () => {
    assert.doesNotMatch(desk().issue(CARDS.visaApproved, 'BO_g'), /4000000000001000|visa/i);
  });

  it('for the merchant itself opens with its key, and holds Google’s test card', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65).toString('base64');
    const google = desk();
    const opening = openToken(google.issueDirect(point) ?? assert.fail(), {
      rootKeys: readRootKeys(google.rootKeys) ?? [],
      recipientId: 'merchant:12345678901234567890',
      privateKeys: [privateKey],
      now: NOW,
    });
    assert(opening.kind === 'opened', JSON.stringify(opening));
    const payload = JSON.parse(opening.plaintext.toString()) as ReturnType<typeof directPayload>;
    assert.deepEqual({ ...payload, messageId: '' }, { ...directPayload(NOW), messageId: '' });
    assert.deepEqual(payload.paymentMethodDetails, {
      pan: '4111111111111111',
      expirationMonth: 12,
      expirationYear: 2031,
      authMethod: 'PAN_ONLY',
    });
    assert.equal(google.issueDirect('BAAA'), undefined);
  });
});

describe('the gateway', () => {
  it('finds every card of the sheet by its number', () => {
    const gateway = desk();
    for (const card of GOOGLE_PAY_CARDS) {
      const opened = gateway.open(gateway.issue(card, 'BO_g'), 'BO_g');
      assert.equal(opened.kind === 'card' && opened.card.id, card.id);
    }
  });

  it('says what it verified', () => {
    const gateway = desk();
    const { checks } = gateway.open(gateway.issue(CARDS.visaApproved, 'BO_g'), 'BO_g');
    assert.deepEqual(checks, [
      { what: 'token: shape and protocol version', passed: true },
      { what: 'token: the intermediate key is signed by a root key', passed: true },
      { what: 'token: the intermediate key is good and has not expired', passed: true },
      { what: 'token: the message is signed for this gateway', passed: true },
      { what: 'token: the tag of the sealed message', passed: true },
      { what: 'token: the message has not expired', passed: true },
      { what: 'token: sealed for this merchant', passed: true },
      { what: 'token: not paid with before', passed: true },
    ]);
  });

  it('takes a token once', () => {
    const gateway = desk();
    const token = gateway.issue(CARDS.visaApproved, 'BO_g');
    assert.equal(gateway.open(token, 'BO_g').kind, 'card');
    const again = gateway.open(token, 'BO_g');
    assert.equal(again.kind, 'used');
    assert.deepEqual(again.checks.at(-1), {
      what: 'token: not paid with before (message used)',
      passed: false,
    });
  });

  it('remembers what was paid with until it has expired, and then the expiry refuses it', () => {
    let now = NOW;
    const gateway = new TokenDesk(() => now);
    const token = gateway.issue(CARDS.visaApproved, 'BO_g');
    gateway.open(token, 'BO_g');
    now += WEEK - 1;
    gateway.open(gateway.issue(CARDS.visaApproved, 'BO_g'), 'BO_g'); // Old memories go when new ones come.
    assert.equal(gateway.open(token, 'BO_g').kind, 'used');
    now += 1;
    gateway.open(gateway.issue(CARDS.visaApproved, 'BO_g'), 'BO_g');
    const opened = gateway.open(token, 'BO_g');
    assert.equal(opened.kind === 'refused' && opened.reason, 'message_expired');
  });

  it('does not use up a token that another merchant presents', () => {
    const gateway = desk();
    const token = gateway.issue(CARDS.visaApproved, 'BO_g');
    const { checks, ...opened } = gateway.open(token, 'BO_other');
    assert.deepEqual(opened, { kind: 'refused', reason: 'gateway_merchant_mismatch' });
    assert.deepEqual(checks.slice(-2), [
      { what: 'token: the message has not expired', passed: true },
      { what: 'token: sealed for this merchant (gateway merchant mismatch)', passed: false },
    ]);
    assert.equal(gateway.open(token, 'BO_g').kind, 'card');
  });

  it('refuses what it did not seal, and looks no further than the first fault', () => {
    const gateway = desk();
    const foreign = [
      ['examplePaymentMethodToken', 'bad_token_json', 1],
      ['{}', 'bad_token_shape', 1],
      ['', 'bad_token_json', 1],
      [desk().issue(CARDS.visaApproved, 'BO_g'), 'intermediate_signature_invalid', 2],
    ] as const;
    for (const [token, reason, looked] of foreign) {
      const opened = gateway.open(token, 'BO_g');
      assert.equal(opened.kind === 'refused' && opened.reason, reason);
      assert.deepEqual(
        opened.checks.map(({ passed }) => passed),
        Array.from({ length: looked }, (_, index) => index < looked - 1),
      );
    }
  });

  it('takes tokens again once it was told to forget', () => {
    const gateway = desk();
    const token = gateway.issue(CARDS.visaApproved, 'BO_g');
    gateway.open(token, 'BO_g');
    gateway.clear();
    assert.equal(gateway.open(token, 'BO_g').kind, 'card');
  });
});
