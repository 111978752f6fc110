import type { BankChallenge } from '../acs/bank.js';
import { maskedPan, NETWORK_NAMES } from '../cards.js';
import type { ProcardPayment } from './gateway.js';
import { hmacHex } from './signature.js';

/** System error codes in use, with their texts (ProcardPay, dictionary page; -4 as on the Google Pay page). */
const REJECTIONS = {
  [-2]: 'Не передан параметр merchant_id',
  [-3]: 'Мерчант не найден',
  [-4]: 'Неверная подпись',
  [-7]: 'Неверная валюта',
  [-8]: 'Неверный order_id',
  [-9]: 'Операция с таким order_id уже существует',
  [-10]: 'Платеж не найден',
  [-11]: 'Неверный тип операции',
  [-12]: 'Операция отклонена',
} as const;
export type Rejection = keyof typeof REJECTIONS;

export function rejection(code: Rejection) {
  return { code, message: REJECTIONS[code] };
}

/** Answer to GooglePayPurchase (ProcardPay, Google Pay page): `reason` is a text or a number there. */
export function purchaseAnswer({ outcome: { status, code, text } }: ProcardPayment) {
  if (status === 'APPROVED') return { reasonCode: 0, reason: 'OK', transactionStatus: status };
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
  return {
    code: 0,
    ...facts(payment, merchantAccount),
    transactionStatus: payment.outcome.status,
    ...(payment.outcome.status === 'REFUNDED' && {
      reverseAmount: payment.amount,
      reverseDate: dateText(payment.createdAt),
    }),
    reason: payment.outcome.text,
    reasonCode: payment.outcome.code,
  };
}

/** Body of the callback (ProcardPay, dispatcher page, older edition). The signature leaves the status out. */
export function callbackBody(
  payment: ProcardPayment,
  signer: { merchantAccount: string; secret: string; algorithm: 'sha512' | 'md5' },
) {
  const { merchantAccount, secret, algorithm } = signer;
  return {
    ...facts(payment, merchantAccount),
    type: 'payment',
    transactionStatus: payment.outcome.status === 'APPROVED' ? 'Approved' : 'Declined',
    reason: payment.outcome.text,
    reasonCode: payment.outcome.code,
    merchantSignature: hmacHex(algorithm, secret, [
      merchantAccount,
      payment.orderId,
      payment.amount,
      payment.currency,
    ]),
    add_params: payment.addParams,
  };
}

function facts(payment: ProcardPayment, merchantAccount: string) {
  return {
    merchantAccount,
    orderReference: payment.orderId,
    amount: payment.amount,
    currency: payment.currency,
    phone: '',
    createdDate: dateText(payment.createdAt),
    cardPan: payment.card ? maskedPan(payment.card) : '',
    cardType: payment.card ? NETWORK_NAMES[payment.card.network] : '',
    fee: '0.00',
    transactionId: String(payment.transactionId),
  };
}

/** `2026-11-20 12:01:26`, Kyiv time (assumed: the documents name no zone). */
function dateText(at: number): string {
  return new Date(at).toLocaleString('sv-SE', { timeZone: 'Europe/Kyiv' });
}
