import type { DeclineReason } from '../../../src/contract/index.js';

/**
 * What an answer code means to a buyer; a code that is not listed means `other`. Numbers: ProcardPay, dictionary
 * page, older edition. Two numbers for one thing come from its two generations of processing.
 */
const DECLINE_CODES: Readonly<Record<Exclude<DeclineReason, 'other'>, readonly number[]>> = {
  insufficient_funds: [76, 559],
  card_expired: [51, 551, 901],
  // Invalid or restricted status, lost, stolen, too many wrong PINs, to be kept by the merchant.
  card_blocked: [52, 57, 58, 59, 540, 541, 558, 562, 583, 900, 909],
  // Amount, number of uses, the acquirer's own limit.
  limit_exceeded: [82, 95, 522, 560, 561, 563, 564],
  // CAVV and the wallet's cryptogram.
  authentication_failed: [210, 584, 585, 897],
  // No route, no authorizer, no answer in time.
  issuer_unavailable: [53, 572, 573, 810],
  suspected_fraud: [550, 575],
  // Number, account, kind of card, CVV.
  invalid_card: [75, 105, 200, 211, 552, 580, 581],
};

const REASONS: ReadonlyMap<string, DeclineReason> = new Map(
  Object.entries(DECLINE_CODES).flatMap(([reason, codes]) =>
    codes.map((code) => [String(code), reason as DeclineReason] as const),
  ),
);

/** `code` in decimal digits. */
export function declineReason(code: string | undefined): DeclineReason {
  return (code !== undefined && REASONS.get(code)) || 'other';
}

/**
 * System error codes that say a request was turned away before anything was executed (ProcardPay, dictionary page,
 * older edition; -4 on the Google Pay page). Not among them: -1 and -999 (system error) and -9 (the order id exists,
 * so an earlier attempt may), which leave the outcome open, and codes that no table lists.
 */
export const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['-2', 'ProcardPay missed the merchant id.'],
  ['-3', 'ProcardPay does not know the merchant id.'],
  ['-4', 'ProcardPay found the signature wrong.'],
  ['-5', 'ProcardPay refused: a limit on operations.'],
  ['-6', 'ProcardPay refused: the card number is wrong.'],
  ['-7', 'ProcardPay refused: the currency is wrong.'],
  ['-8', 'ProcardPay refused: the order id is wrong.'],
  ['-10', 'ProcardPay refused: there is no such payment.'],
  ['-11', 'ProcardPay refused: there is no such operation.'],
  ['-12', 'ProcardPay refused the operation.'],
  ['-18', 'ProcardPay refused for security reasons.'],
]);

/** System error code of the status query for an order id that ProcardPay has never seen. */
export const NOT_FOUND = '-10';
