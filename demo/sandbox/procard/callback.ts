import type { CallbackFault } from '../faults/fault.js';
import type { Check } from '../journal.js';
import type { Credentials } from '../settings.js';
import { factsOf, processingOf } from './answers.js';
import { ANSWER_TEXTS } from './dictionaries.js';
import type { Outcome, ProcardPayment } from './payment.js';
import { hmacHex } from './signature.js';

/** SHA-512: as current integrations have it. MD5: the wiki's edition, with its names and its upper-case statuses. */
export type CallbackAlgorithm = 'sha512' | 'md5';

/** Statuses as callbacks write them; those that are not here stay as they are. REFUNDED: assumed. */
const CALLBACK_STATUSES = new Map([
  ['APPROVED', 'Approved'],
  ['DECLINED', 'Declined'],
  ['EXPIRED', 'Expired'],
  ['REFUNDED', 'Refunded'],
]);

/** The callback's body (ProcardPay, dispatcher page, older edition), and what the journal says about its signature. */
export function composeCallback(
  payment: ProcardPayment,
  credentials: Credentials,
  algorithm: CallbackAlgorithm,
  fault: CallbackFault['fault'] | undefined,
): { body: object; checks: Check[] } {
  const { procardMerchantId: merchant, procardSecret } = credentials;
  const amount = fault === 'callback_trimmed' ? trimmed(payment.amount) : payment.amount;
  const secret = fault === 'callback_unsigned' ? `another ${procardSecret}` : procardSecret;
  const { status, code, text } = fault === 'callback_forged' ? opposite(payment.outcome) : payment.outcome;
  const isWiki = algorithm === 'md5';
  const body = {
    operation: 'CallBack',
    [isWiki ? 'merchant_id' : 'merchantAccount']: merchant,
    orderReference: payment.orderId,
    ...factsOf(payment),
    amount,
    currency: payment.currency,
    ...processingOf(payment),
    type: payment.reversedAt === undefined ? 'payment' : 'reverse',
    transactionStatus: isWiki ? status : (CALLBACK_STATUSES.get(status) ?? status),
    reason: text,
    reasonCode: code,
    recToken: '',
    merchantSignature: hmacHex(algorithm, secret, [merchant, payment.orderId, amount, payment.currency]),
    add_params: payment.addParams,
  };
  const formula = `HMAC-${isWiki ? 'MD5' : 'SHA512'} over merchantAccount;orderReference;amount;currency`;
  return {
    body,
    checks: [
      { what: `merchantSignature: ${formula}`, passed: fault !== 'callback_unsigned' },
      { what: 'transactionStatus: as the payment stands', passed: fault !== 'callback_forged' },
    ],
  };
}

/** `100.50` → `100.5`, `100.00` → `100`. */
function trimmed(amount: string): string {
  return amount.replace(/(\.\d*[1-9])0+$|\.0+$/, '$1');
}

function opposite({ status }: Outcome): Outcome {
  const code = status === 'APPROVED' ? 76 : 1;
  return { status: code === 1 ? 'APPROVED' : 'DECLINED', code, text: ANSWER_TEXTS[code] ?? '' };
}
