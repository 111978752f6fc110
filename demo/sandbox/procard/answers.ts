import type { BankChallenge } from '../acs/bank.js';
import { maskedPan, NETWORK_NAMES } from '../cards.js';
import { SYSTEM_ERRORS, type SystemError } from './dictionaries.js';
import type { ProcardPayment } from './payment.js';

export function systemError(code: SystemError) {
  return { code, message: SYSTEM_ERRORS[code] };
}

/**
 * Answer to GooglePayPurchase (ProcardPay, Google Pay page): `reason` is a text or a number there. For a payment that is
 * neither approved nor declined, `reasonCode` 0 is assumed: the request succeeded.
 */
export function purchaseAnswer({ outcome: { status, code, text } }: ProcardPayment) {
  if (status !== 'DECLINED') return { reasonCode: 0, reason: 'OK', transactionStatus: status };
  return { reasonCode: 12, reason: code === 12 ? text : code, transactionStatus: status };
}

/** Answer to GooglePayPurchase where 3-D Secure is needed: the other version's fields are empty strings. */
export function challengeAnswer(origin: string, bank: BankChallenge, transactionKey: string) {
  return {
    code: bank.version === 1 ? 2001 : 2002,
    status: '3ds',
    d3AcsUrl: acsUrl(origin, bank),
    d3Creq: bank.version === 2 ? bank.creq : '',
    d3Md: bank.version === 1 ? bank.MD : '',
    d3Pareq: bank.version === 1 ? bank.PaReq : '',
    transaction_key: transactionKey,
  };
}

export function acsUrl(origin: string, bank: BankChallenge): string {
  return `${origin}/acs/3ds${bank.version}`;
}

/** Answer to Complete3DS (ProcardPay, dispatcher page, older edition). */
export function completeAnswer(payment: ProcardPayment) {
  return {
    status: payment.outcome.status,
    code: payment.outcome.code,
    order_id: payment.orderId,
    amount: payment.amount,
    fee: '0.00',
    currency: payment.currency,
    card_pan: payment.card ? maskedPan(payment.card) : '',
    transaction_id: payment.transactionId,
  };
}

/** Answer to the status query, in the shape that its public integrations show. */
export function statusAnswer(payment: ProcardPayment, merchantAccount: string) {
  const { outcome, reversedAt } = payment;
  return {
    code: 0,
    merchantAccount,
    orderReference: payment.orderId,
    currency: payment.currency,
    ...factsOf(payment),
    ...processingOf(payment),
    transactionStatus: outcome.status,
    ...(reversedAt !== undefined && {
      reverseAmount: payment.amount,
      reverseDate: dateText(reversedAt),
    }),
    reason: outcome.text,
    reasonCode: outcome.code,
  };
}

/** The same as the older edition prints it, `reasoneCode` included. It names neither order nor currency. */
export function printedStatusAnswer(payment: ProcardPayment, merchantAccount: string, now: number) {
  return {
    reasoneCode: payment.outcome.code,
    reason: payment.outcome.text,
    merchantAccount,
    ...factsOf(payment),
    message: payment.outcome.text,
    datetime: dateText(now),
    transactionStatus: payment.outcome.status,
  };
}

/** What the status query and the callback have in common. */
export function factsOf(payment: ProcardPayment) {
  return {
    amount: payment.amount,
    phone: payment.phone,
    createdDate: dateText(payment.createdAt),
    cardPan: payment.card ? maskedPan(payment.card) : '',
    cardType: payment.card ? NETWORK_NAMES[payment.card.network] : '',
    fee: '0.00',
    transactionId: String(payment.transactionId),
  };
}

/** The processing centre's own names for a charge, as seen in public integrations. Their values are invented. */
export function processingOf({ transactionId, outcome }: ProcardPayment) {
  if (outcome.status !== 'APPROVED' && outcome.status !== 'REFUNDED') return {};
  return {
    rrn: `6327${transactionId}`,
    pcTransactionID: String(transactionId + 40_000_000),
    pcApprovalCode: String(transactionId).slice(-6),
  };
}

/** `2026-11-20 12:01:26`, Kyiv time (assumed: the documents name no zone). */
function dateText(at: number): string {
  return new Date(at).toLocaleString('sv-SE', { timeZone: 'Europe/Kyiv' });
}
