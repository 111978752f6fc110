import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseJsonObject, type JsonObject } from '../../../../server-stub/providers/json-object.js';
import { readCallback } from '../../../../server-stub/providers/procard/callback.js';
import {
  readCheck,
  readCompletion,
  readHostedPurchase,
  readPurchase,
} from '../../../../server-stub/providers/procard/replies.js';
import type { ProviderResult } from '../../../../server-stub/providers/provider.js';
import { GOOGLE_PAY } from '../attempts.js';
import { SETTINGS } from './procard-settings.js';

const { merchantId } = SETTINGS;
const odd = fc.jsonValue({ maxDepth: 2 });
const STATUSES = ['APPROVED', 'Approved', 'DECLINED', 'EXPIRED', 'NEW', 'WAITING-AUTH', '3DS', 'REFUNDED'];
const status = fc.oneof(fc.constantFrom<unknown>(...STATUSES, 'NEEDS-CLARIFICATION', 'won'), odd);
const code = fc.oneof(fc.constantFrom<unknown>(0, '0', 1, 12, '12', -4, '-9', -10, 2002, 2001), odd);
const text = fc.oneof(
  fc.constantFrom<unknown>(GOOGLE_PAY.reference, merchantId, 'UAH', 1250.5, '1250.50', 'USD', '', 'other'),
  fc.constantFrom<unknown>('https://acs.bank.example/', 'javascript:alert(1)'),
  odd,
);

const mostly = (right: unknown) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: text });

/** Replies with the documented names and whatever under them, as they come off the wire. */
const reply = fc
  .record(
    {
      ...{ status, transactionStatus: status },
      ...{ code, reasonCode: code, reasoneCode: code, reason: code, result: code, message: text },
      ...{ merchantAccount: mostly(merchantId), merchant_id: mostly(merchantId) },
      ...{ orderReference: mostly(GOOGLE_PAY.reference), order_id: mostly(GOOGLE_PAY.reference) },
      ...{ amount: mostly(1250.5), currency: mostly('UAH'), currency_iso: mostly('UAH') },
      ...{ url: text, transaction_key: text, d3AcsUrl: text, d3Md: text, d3Pareq: text, d3Creq: text },
    },
    { requiredKeys: [] },
  )
  .map((members) => parseJsonObject(JSON.stringify(members)) ?? assert.fail('not an object'));

/** A member as the reader sees it: text, in one letter case, or nothing. */
const word = (json: JsonObject, name: string) => {
  const value = json[name];
  return typeof value === 'string' && value !== '' ? value.toUpperCase() : undefined;
};

function always(
  read: (json: JsonObject) => ProviderResult,
  holds: (json: JsonObject, said: ProviderResult) => void,
) {
  fc.assert(
    fc.property(reply, (json) => holds(json, read(json))),
    { numRuns: 3_000 },
  );
}

const isOfAnother = (json: JsonObject) =>
  ['merchantAccount', 'merchant_id'].some(
    (name) => ![undefined, merchantId.toUpperCase()].includes(word(json, name)),
  ) ||
  ['orderReference', 'order_id'].some(
    (name) => ![undefined, GOOGLE_PAY.reference.toUpperCase()].includes(word(json, name)),
  );

test('a purchase is approved by APPROVED with reasonCode 0 about our payment, and by nothing else', () => {
  always(
    (json) => readPurchase(json, GOOGLE_PAY, merchantId),
    (json, said) => {
      if (said.kind !== 'approved') return;
      assert.equal(word(json, 'transactionStatus'), 'APPROVED');
      assert.equal(json['reasonCode'], '0');
      assert.equal(isOfAnother(json), false);
      assert.notEqual(word(json, 'status'), '3DS');
    },
  );
});

test('a purchase is declined only by DECLINED, and refused only by a code without a status', () => {
  always(
    (json) => readPurchase(json, GOOGLE_PAY, merchantId),
    (json, said) => {
      if (said.kind === 'declined') assert.equal(word(json, 'transactionStatus'), 'DECLINED');
      if (said.kind === 'refused') assert.equal(word(json, 'transactionStatus'), undefined);
      if (said.kind === 'challenge') assert.match(said.challenge.acsUrl, /^https:/);
    },
  );
});

test('a status query is believed only about our payment, and approves only by APPROVED', () => {
  always(
    (json) => readCheck(json, GOOGLE_PAY, merchantId),
    (json, said) => {
      if (isOfAnother(json))
        assert.deepEqual([said.kind, said.kind === 'unknown' && said.attention], ['unknown', 'mismatch']);
      if (said.kind === 'approved') assert.equal(word(json, 'transactionStatus'), 'APPROVED');
    },
  );
});

test('a completion approves only by APPROVED, and a page is shown only at the provider’s host', () => {
  always(readCompletion, (json, said) => {
    if (said.kind === 'approved')
      assert.equal(word(json, 'transactionStatus') ?? word(json, 'status'), 'APPROVED');
  });
  always(
    (json) => readHostedPurchase(json, ['bank.example']),
    (_, said) => {
      if (said.kind === 'redirect') assert.equal(new URL(said.url).host, 'acs.bank.example');
      assert.notEqual(said.kind, 'approved');
    },
  );
});

test('G1 without the key nobody writes a callback that says anything, and none is an exception', () => {
  const member = (name: string) => fc.tuple(fc.constant(name), text);
  const names = [
    'merchantAccount',
    'orderReference',
    'amount',
    'currency',
    'merchantSignature',
    'transactionStatus',
  ];
  const written = fc
    .tuple(...names.map(member))
    .map((members) => JSON.stringify(Object.fromEntries(members)));
  fc.assert(
    fc.property(fc.oneof(written, fc.json(), fc.string({ unit: 'binary' })), (body) => {
      assert.equal(readCallback(body, SETTINGS).kind, 'refused');
    }),
    { numRuns: 1_000 },
  );
});
