import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJsonObject } from '../../../../server-stub/providers/json-object.js';
import {
  readCheck,
  readCompletion,
  readHostedPurchase,
  readPurchase,
} from '../../../../server-stub/providers/procard/replies.js';
import type { AttemptRef, ProviderResult } from '../../../../server-stub/providers/provider.js';
import replies from '../../../fixtures/procard/replies.json' with { type: 'json' };
import { GOOGLE_PAY } from '../attempts.js';
import { SETTINGS } from './procard-settings.js';

const ATTEMPT: AttemptRef = GOOGLE_PAY;

/** As it comes off the wire. */
function wire(reply: object): Readonly<Record<string, unknown>> {
  return parseJsonObject(JSON.stringify(reply)) ?? assert.fail('not an object');
}
const purchase = (reply: object) => readPurchase(wire(reply), ATTEMPT, SETTINGS.merchantId);
const check = (reply: object) => readCheck(wire(reply), ATTEMPT, SETTINGS.merchantId);

/** The parts of a result that decide something. */
function gist(result: ProviderResult): string {
  const reason = result.kind === 'declined' ? ` ${result.reason} ${result.providerCode ?? '-'}` : '';
  const attention = result.kind === 'unknown' && result.attention ? ` ${result.attention}` : '';
  return result.kind + reason + attention;
}

const { approved, declined, rejected, checkApproved } = replies;

const PURCHASES: [name: string, reply: object, expected: string][] = [
  ['the documented approval', approved, 'approved'],
  ['C10 an approval in mixed case', { ...approved, transactionStatus: 'Approved' }, 'approved'],
  ['C8 an approval with a digit text', { ...approved, reasonCode: '0' }, 'approved'],
  ['the documented decline, reason as number', declined, 'declined other 55'],
  ['C7 a decline with a reason in words', { ...declined, reason: 'Do not honour' }, 'declined other -'],
  ['a decline for lack of funds', { ...declined, reason: 76 }, 'declined insufficient_funds 76'],
  [
    'a decline for lack of funds, as digit text',
    { ...declined, reason: '559' },
    'declined insufficient_funds 559',
  ],
  ['an approval with an error code', { ...approved, reasonCode: 12 }, 'unknown mismatch'],
  ['an approval without any code', { transactionStatus: 'APPROVED' }, 'unknown mismatch'],
  ['a decline with the success code', { ...declined, reasonCode: 0 }, 'unknown mismatch'],
  ['a decline without any code', { transactionStatus: 'DECLINED' }, 'unknown mismatch'],
  ['an approval with a system error', { ...approved, code: -4 }, 'unknown mismatch'],
  ['an approval that asks for 3-D Secure', { ...replies.threeds2, ...approved }, 'unknown mismatch'],
  ['an approval of another order', { ...approved, order_id: 'other' }, 'unknown mismatch'],
  ['an approval of another amount', { ...approved, amount: '1' }, 'unknown mismatch'],
  ['an approval of an amount written otherwise', { ...approved, amount: 1250.5 }, 'approved'],
  ['an approval in another currency', { ...approved, currency: 'USD' }, 'unknown mismatch'],
  ['an approval for another merchant', { ...approved, merchantAccount: 'other' }, 'unknown mismatch'],
  ['the documented rejection', rejected, 'refused'],
  ['C7 a rejection with a number as message', { code: '-4', message: 4 }, 'refused'],
  ['a system error', { code: -1 }, 'unknown'],
  ['the other system error', { code: -999 }, 'unknown'],
  ['C19 an order id that exists', { code: -9, message: 'x' }, 'unknown'],
  ['a negative code of no table', { code: -77 }, 'unknown'],
  ['code zero', { code: 0 }, 'unknown'],
  ['a positive code', { code: 2002 }, 'unknown'],
  ['an empty object', {}, 'unknown'],
  ['a status that is an object', { transactionStatus: { x: 'APPROVED' }, reasonCode: 0 }, 'unknown'],
  [
    'C20 NEEDS-CLARIFICATION',
    { ...declined, transactionStatus: 'NEEDS-CLARIFICATION' },
    'unknown unresolved',
  ],
  ['a status of no table', { ...declined, transactionStatus: 'WON' }, 'unknown unresolved'],
  ['WAITING-AUTH', { transactionStatus: 'WAITING-AUTH' }, 'pending'],
  ['a refund', { ...approved, transactionStatus: 'REFUNDED' }, 'unknown mismatch'],
];

for (const [name, reply, expected] of PURCHASES)
  test(`purchase: ${name} is ${expected}`, () => assert.equal(gist(purchase(reply)), expected));

for (const code of [-2, -3, -4, -5, -6, -7, -8, -10, -11, -12, -18])
  test(`purchase: code ${code} is a refusal before anything was executed`, () =>
    assert.equal(purchase({ code, message: 'x' }).kind, 'refused'));

const CHECKS: [name: string, reply: object, expected: string][] = [
  ['the sample of a paid order', checkApproved, 'approved'],
  ['C10 a paid order in mixed case', { ...checkApproved, transactionStatus: 'Approved' }, 'approved'],
  ['a paid order without names', { transactionStatus: 'APPROVED' }, 'approved'],
  ['a refunded order', { ...checkApproved, transactionStatus: 'REFUNDED' }, 'unknown mismatch'],
  ['a refund in process', { ...checkApproved, transactionStatus: 'REFUNDINPROC' }, 'unknown mismatch'],
  ['G3 another amount', { ...checkApproved, amount: '1.00' }, 'unknown mismatch'],
  ['an amount that is none', { ...checkApproved, amount: '1250.500' }, 'unknown mismatch'],
  ['another order', { ...checkApproved, orderReference: 'ORD-1' }, 'unknown mismatch'],
  ['another currency', { ...checkApproved, currency: 'EUR' }, 'unknown mismatch'],
  ['G2 another merchant', { ...checkApproved, merchantAccount: 'BO_other' }, 'unknown mismatch'],
  ['a status beside a system error', { ...checkApproved, code: -1 }, 'unknown mismatch'],
  ['an expired order', { ...checkApproved, transactionStatus: 'EXPIRED' }, 'expired'],
  [
    'a decline with its answer code in reasonCode',
    { ...checkApproved, transactionStatus: 'DECLINED', reason: 'x', reasonCode: 210 },
    'declined authentication_failed 210',
  ],
  [
    'a decline with the misprinted name',
    { transactionStatus: 'DECLINED', reasoneCode: 551 },
    'declined card_expired 551',
  ],
  ['an open challenge', { ...checkApproved, transactionStatus: '3ds' }, 'pending'],
  ['a new order', { ...checkApproved, transactionStatus: 'NEW' }, 'pending'],
  [
    'C20 NEEDS-CLARIFICATION',
    { ...checkApproved, transactionStatus: 'NEEDS-CLARIFICATION' },
    'unknown unresolved',
  ],
  ['an unknown order', replies.checkNotFound, 'not_found'],
  ['a rejected query, which decides nothing', rejected, 'unknown'],
  ['an empty object', {}, 'unknown'],
];

for (const [name, reply, expected] of CHECKS)
  test(`status query: ${name} is ${expected}`, () => assert.equal(gist(check(reply)), expected));

test('the sample of a refunded order of another shop is of another payment', () => {
  assert.equal(gist(check(replies.checkRefunded)), 'unknown mismatch');
});

test('Complete3DS: status stands where others have transactionStatus, and code is the answer code', () => {
  const { completed } = replies;
  assert.equal(gist(readCompletion(wire(completed))), 'approved');
  assert.equal(
    gist(readCompletion(wire({ ...completed, status: 'Declined', code: '584' }))),
    'declined authentication_failed 584',
  );
  assert.equal(
    gist(readCompletion(wire({ ...completed, transactionStatus: 'DECLINED' }))),
    'declined other 1',
  );
  assert.equal(gist(readCompletion(wire(rejected))), 'refused');
});

test('hosted page: an address under the provider’s host is followed, and nothing else is', () => {
  const hosted = (reply: object) => gist(readHostedPurchase(wire(reply), ['procard-ltd.com']));
  assert.equal(hosted(replies.hosted), 'redirect');
  assert.equal(hosted({ result: '0', url: 'https://pay.procard-ltd.com/x' }), 'redirect');
  for (const url of [
    'http://procard-ltd.com/x',
    'https://evilprocard-ltd.com/',
    'javascript:1',
    '',
    undefined,
  ])
    assert.equal(hosted({ result: 0, url }), 'unknown mismatch');
  assert.equal(hosted(replies.hostedError), 'unknown');
  assert.equal(hosted({ result: 1, code: -4 }), 'refused');
  assert.equal(hosted({ url: 'https://procard-ltd.com/x' }), 'unknown');
});
