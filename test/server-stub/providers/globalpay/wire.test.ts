import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCallback, readStatus } from '../../../../server-stub/providers/globalpay/wire.js';
import { parseJsonObject } from '../../../../server-stub/providers/json-object.js';
import type { AttemptRef } from '../../../../server-stub/providers/provider.js';
import replies from '../../../fixtures/globalpay/replies.json' with { type: 'json' };
import { UZBEK } from '../attempts.js';

const PAID: AttemptRef = { ...UZBEK, providerId: replies.created.id };
const { approved, insufficientFunds } = replies;
const RECEIPT = approved.gnkDetail.qrCodeUrl;
const DECLINED = { kind: 'declined', mayStillApprove: false };
const MISMATCH = 'mismatch';

const status = (reply: object) => readStatus(parseJsonObject(JSON.stringify(reply)) ?? {}, PAID, 'over');

const STATUSES: [name: string, reply: object, expected: object | string][] = [
  ['paid, with the receipt', approved, { kind: 'approved', receiptUrl: RECEIPT }],
  ['C10 paid, in lower case', { ...approved, status: 'approved' }, { kind: 'approved', receiptUrl: RECEIPT }],
  ['paid, without a receipt yet', replies.approvedWithoutReceipt, { kind: 'approved', receiptPending: true }],
  ['paid, and nothing else said', { status: 'APPROVED' }, { kind: 'approved', receiptPending: true }],
  [
    'paid, with the names of the sister product',
    { status: 'APPROVED', gnkFields: { qrcodeUrl: RECEIPT } },
    { kind: 'approved', receiptUrl: RECEIPT },
  ],
  [
    'paid, with a receipt that is a script',
    { ...approved, gnkDetail: { qrCodeUrl: 'javascript:alert(1)' } },
    { kind: 'approved', receiptPending: true },
  ],
  [
    'paid, with a receipt of another shape',
    { ...approved, gnkDetail: 'x' },
    { kind: 'approved', receiptPending: true },
  ],
  ['expired', replies.expired, { kind: 'expired' }],
  [
    'failed for lack of funds',
    insufficientFunds,
    { ...DECLINED, reason: 'insufficient_funds', providerCode: 'INSUFFICIENT_FUNDS' },
  ],
  ['failed without a word', { ...insufficientFunds, error: null }, { ...DECLINED, reason: 'other' }],
  [
    'failed with an unlisted word',
    { status: 'FAILED', error: 'Odd_1' },
    { ...DECLINED, reason: 'other', providerCode: 'ODD_1' },
  ],
  [
    'G11 failed with HTML for a word',
    { status: 'FAILED', error: '<img onerror=alert(1)>' },
    { ...DECLINED, reason: 'other' },
  ],
  ['before payment', replies.pending, 'pending'],
  ['no status at all', {}, 'pending'],
  ['a status of no list', { status: 'VALIDATE' }, 'pending'],
  ['reversed', { ...approved, status: 'REVERT' }, MISMATCH],
  ['reversed in part', { ...approved, status: 'PARTIAL_REVERT' }, MISMATCH],
  ['G3 paid, another amount', { ...approved, amount: 1 }, MISMATCH],
  ['paid, an amount in sums', { ...approved, amount: '1000.00' }, MISMATCH],
  ['paid, another currency', { ...approved, currency: 'USD' }, MISMATCH],
  ['paid, another token', { ...approved, id: 'other' }, MISMATCH],
  ['paid, another payment', { ...approved, externalId: 'other' }, MISMATCH],
];

for (const [name, reply, expected] of STATUSES) {
  test(`status: ${name}`, () => {
    const result = status(reply);
    if (typeof expected === 'object') assert.deepEqual(result, expected);
    else if (expected === MISMATCH) assert.ok(result.kind === 'unknown' && result.attention === 'mismatch');
    else assert.equal(result.kind, expected);
  });
}

test('G1 a callback is a hint for the payment it names, by our name for it or by its token', () => {
  const { externalId, id } = approved;
  assert.deepEqual(readCallback(JSON.stringify(approved)), { kind: 'hint', reference: externalId });
  assert.deepEqual(readCallback(JSON.stringify({ id, status: 'APPROVED' })), { kind: 'hint', reference: id });
  assert.deepEqual(readCallback(JSON.stringify({ externalId: 'a b\n', id })), {
    kind: 'hint',
    reference: id,
  });
});

test('a callback that names nothing is ignored', () => {
  for (const body of ['{}', '{"id":""}', '{"id":{"x":1}}', 'id=1', `{"id":"${'x'.repeat(300)}"}`])
    assert.equal(readCallback(body).kind, 'ignored', body);
});
