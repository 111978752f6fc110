import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJsonObject } from '../../../../server-stub/providers/json-object.js';
import { readChallenge } from '../../../../server-stub/providers/procard/challenge.js';
import { readPurchase } from '../../../../server-stub/providers/procard/replies.js';
import replies from '../../../fixtures/procard/replies.json' with { type: 'json' };
import { GOOGLE_PAY } from '../attempts.js';

const { threeds1, threeds2 } = replies;

const read = (reply: object) => readChallenge(parseJsonObject(JSON.stringify(reply)) ?? {});

test('the documented 3-D Secure 2 reply becomes a challenge with its creq untouched and its window size', () => {
  assert.deepEqual(read(threeds2), {
    kind: 'challenge',
    providerId: threeds2.transaction_key,
    challenge: { version: 2, acsUrl: threeds2.d3AcsUrl, creq: threeds2.d3Creq, windowSize: '03' },
  });
});

test('a 3-D Secure 1 reply becomes a challenge with PaReq and MD', () => {
  const { d3AcsUrl: acsUrl, d3Pareq: PaReq, d3Md: MD } = threeds1;
  assert.deepEqual(read(threeds1), {
    kind: 'challenge',
    providerId: threeds1.transaction_key,
    challenge: { version: 1, acsUrl, PaReq, MD, windowSize: '05' },
  });
});

test('C8 C10 the status in any case and the code as text are read', () => {
  for (const status of ['3ds', '3DS', '3Ds']) {
    const reply = { ...threeds2, status, code: '2002' };
    assert.equal(readPurchase(reply, GOOGLE_PAY, 'merchant').kind, 'challenge');
  }
});

test('fields of the other version are ignored', () => {
  const reply = { ...threeds2, d3Md: 'MD', d3Pareq: 'x' };
  const result = read(reply);
  assert.ok(result.kind === 'challenge' && result.challenge.version === 2);
});

const UNUSABLE: Record<string, object> = {
  'C13 no transaction key': { ...threeds2, transaction_key: undefined },
  'C13 an empty transaction key': { ...threeds2, transaction_key: '' },
  'a transaction key that cannot be signed': { ...threeds2, transaction_key: 'a;b' },
  'C12 a script as address': { ...threeds2, d3AcsUrl: 'javascript:alert(1)' },
  'C12 a disguised script as address': { ...threeds2, d3AcsUrl: ' JaVa\tScRiPt:alert(1)' },
  'a plain http: address': { ...threeds2, d3AcsUrl: 'http://bank.example/acs' },
  'no address': { ...threeds2, d3AcsUrl: '' },
  'version 2 without creq': { ...threeds2, d3Creq: '' },
  'version 1 without PaReq': { ...threeds1, d3Pareq: '' },
  'version 1 without MD': { ...threeds1, d3Md: '' },
  'an MD that cannot be signed': { ...threeds1, d3Md: 'a;b' },
  'another code': { ...threeds2, code: 2003 },
  'no code': { ...threeds2, code: undefined },
  'a creq above 64 KiB': { ...threeds2, d3Creq: 'A'.repeat(65_537) },
};

for (const [what, reply] of Object.entries(UNUSABLE)) {
  test(`${what}: no challenge, the outcome is unknown and a person is called`, () => {
    const result = read(reply);
    assert.ok(result.kind === 'unknown' && result.sent && result.attention === 'mismatch');
  });
}

function windowSize(
  members: object | string,
  encoding: 'base64' | 'base64url' = 'base64url',
): string | undefined {
  const text = typeof members === 'string' ? members : JSON.stringify(members);
  const result = read({ ...threeds2, d3Creq: Buffer.from(text).toString(encoding) });
  return result.kind === 'challenge' ? result.challenge.windowSize : undefined;
}

test('A12 the window size is read leniently: 06, 3, the number 3, none, and no JSON at all', () => {
  assert.equal(windowSize({ challengeWindowSize: '06' }), '05');
  assert.equal(windowSize({ challengeWindowSize: '3' }), '03');
  assert.equal(windowSize({ challengeWindowSize: 3 }), '03');
  assert.equal(windowSize({}), '05');
  assert.equal(windowSize('not JSON'), '05');
});

test('A10 a creq with padding or in the standard alphabet is read too', () => {
  assert.equal(windowSize({ challengeWindowSize: '02', x: '>>>???' }, 'base64'), '02');
});
