/**
 * Everything the sandbox can be made to do, in one table. The Google Pay stand-in and the card pages list its cards,
 * the demo shows its rows, and the journey tests run through them. There are no hidden rules beside it.
 *
 * This file is data: it imports nothing.
 */

/** What ProcardPay's gateway, or GlobalPay's processing, does with a card. */
export type CardBehaviour =
  | { kind: 'approve' }
  /** `reason` is text or a number, as documented for ProcardPay; for GlobalPay it is the `error` word. */
  | { kind: 'decline'; reason: string | number }
  /** The request is rejected with this system error code (ProcardPay). */
  | { kind: 'reject'; code: number }
  /** 3-D Secure, then approval if the shopper passes it and a refusal if not. */
  | { kind: 'threeds'; version: 1 | 2 }
  /** The charge goes through, and the connection is cut before the answer. */
  | { kind: 'answer_lost' }
  /** Uzcard and Humo: a code by SMS, then the behaviour in `then`. */
  | { kind: 'sms'; then: { kind: 'approve' } | { kind: 'decline'; reason: string } }
  /** Visa and Mastercard on GlobalPay's page: the bank's own page, then approval. */
  | { kind: 'bank_page' };

export interface SandboxCard {
  id: string;
  /** Written on the card in the sheet and on the card pages. */
  label: string;
  network: 'VISA' | 'MASTERCARD' | 'UZCARD' | 'HUMO';
  /** Invented numbers in the networks' test ranges. */
  pan: string;
  authMethod: 'PAN_ONLY' | 'CRYPTOGRAM_3DS';
  behaviour: CardBehaviour;
}

/** What the shopper does, once the card has been chosen. */
export type ShopperStep =
  | 'none'
  | 'enters the right code'
  | 'enters a wrong code'
  | 'closes the window'
  | 'pays on the page'
  | 'lets the time run out';

export type FinalStatus = 'approved' | 'declined' | 'cancelled' | 'expired' | 'failed';

export interface Scenario {
  id: string;
  title: string;
  provider: 'procard' | 'globalpay';
  method: 'google-pay' | 'hosted-page';
  card: SandboxCard;
  shopper: ShopperStep;
  final: FinalStatus;
  /** `decline.reason` of the merchant API, where `final` is `declined`. */
  declineReason?: string;
  /** Whether the provider's callback is delivered, and when. */
  callback: 'after the answer' | 'never';
  receipt?: boolean;
}

/** The code that every sandbox bank and SMS sends. Any other is wrong. */
export const RIGHT_CODE = '123456';

export const CARDS = {
  visaApproved: {
    id: 'visa-approved',
    label: 'Approved at once',
    network: 'VISA',
    pan: '4000000000001000',
    authMethod: 'CRYPTOGRAM_3DS',
    behaviour: { kind: 'approve' },
  },
  visaDeclinedText: {
    id: 'visa-declined-text',
    label: 'Declined, reason as text',
    network: 'VISA',
    pan: '4000000000001018',
    authMethod: 'CRYPTOGRAM_3DS',
    behaviour: { kind: 'decline', reason: 'Do not honour' },
  },
  mastercardDeclinedNumber: {
    id: 'mastercard-declined-number',
    label: 'Insufficient funds, reason as number 76',
    network: 'MASTERCARD',
    pan: '5200000000001021',
    authMethod: 'CRYPTOGRAM_3DS',
    behaviour: { kind: 'decline', reason: 76 },
  },
  mastercard3ds2: {
    id: 'mastercard-3ds2',
    label: '3-D Secure 2',
    network: 'MASTERCARD',
    pan: '5200000000002003',
    authMethod: 'PAN_ONLY',
    behaviour: { kind: 'threeds', version: 2 },
  },
  visa3ds1: {
    id: 'visa-3ds1',
    label: '3-D Secure 1',
    network: 'VISA',
    pan: '4000000000002008',
    authMethod: 'PAN_ONLY',
    behaviour: { kind: 'threeds', version: 1 },
  },
  visaRejected: {
    id: 'visa-rejected',
    label: 'Request rejected (-4)',
    network: 'VISA',
    pan: '4000000000003006',
    authMethod: 'CRYPTOGRAM_3DS',
    behaviour: { kind: 'reject', code: -4 },
  },
  visaAnswerLost: {
    id: 'visa-answer-lost',
    label: 'Charged, but the answer is lost',
    network: 'VISA',
    pan: '4000000000004004',
    authMethod: 'CRYPTOGRAM_3DS',
    behaviour: { kind: 'answer_lost' },
  },
  uzcardApproved: {
    id: 'uzcard-approved',
    label: 'Uzcard, SMS code, approved',
    network: 'UZCARD',
    pan: '8600000000000007',
    authMethod: 'PAN_ONLY',
    behaviour: { kind: 'sms', then: { kind: 'approve' } },
  },
  humoNoFunds: {
    id: 'humo-no-funds',
    label: 'Humo, SMS code, insufficient funds',
    network: 'HUMO',
    pan: '9860000000000009',
    authMethod: 'PAN_ONLY',
    behaviour: { kind: 'sms', then: { kind: 'decline', reason: 'INSUFFICIENT_FUNDS' } },
  },
  visaBankPage: {
    id: 'visa-bank-page',
    label: "Visa, the bank's own page",
    network: 'VISA',
    pan: '4000000000005001',
    authMethod: 'PAN_ONLY',
    behaviour: { kind: 'bank_page' },
  },
} as const satisfies Record<string, SandboxCard>;

export const SCENARIOS: readonly Scenario[] = [
  {
    id: 'google-pay-approved',
    title: 'Google Pay, approved',
    provider: 'procard',
    method: 'google-pay',
    card: CARDS.visaApproved,
    shopper: 'none',
    final: 'approved',
    callback: 'after the answer',
  },
  {
    id: 'google-pay-declined-text',
    title: 'Google Pay, declined with a text reason',
    provider: 'procard',
    method: 'google-pay',
    card: CARDS.visaDeclinedText,
    shopper: 'none',
    final: 'declined',
    declineReason: 'other',
    callback: 'after the answer',
  },
  {
    id: 'google-pay-declined-number',
    title: 'Google Pay, declined with a numeric reason',
    provider: 'procard',
    method: 'google-pay',
    card: CARDS.mastercardDeclinedNumber,
    shopper: 'none',
    final: 'declined',
    declineReason: 'insufficient_funds',
    callback: 'after the answer',
  },
  {
    id: 'threeds2-passed',
    title: '3-D Secure 2, passed',
    provider: 'procard',
    method: 'google-pay',
    card: CARDS.mastercard3ds2,
    shopper: 'enters the right code',
    final: 'approved',
    callback: 'after the answer',
  },
  {
    id: 'threeds2-failed',
    title: '3-D Secure 2, wrong code',
    provider: 'procard',
    method: 'google-pay',
    card: CARDS.mastercard3ds2,
    shopper: 'enters a wrong code',
    final: 'declined',
    declineReason: 'authentication_failed',
    callback: 'after the answer',
  },
  {
    id: 'threeds2-closed',
    title: '3-D Secure 2, closed by the shopper',
    provider: 'procard',
    method: 'google-pay',
    card: CARDS.mastercard3ds2,
    shopper: 'closes the window',
    final: 'cancelled',
    callback: 'never',
  },
  {
    id: 'threeds1-passed',
    title: '3-D Secure 1, passed',
    provider: 'procard',
    method: 'google-pay',
    card: CARDS.visa3ds1,
    shopper: 'enters the right code',
    final: 'approved',
    callback: 'after the answer',
  },
  {
    id: 'request-rejected',
    title: 'Request rejected (-4)',
    provider: 'procard',
    method: 'google-pay',
    card: CARDS.visaRejected,
    shopper: 'none',
    final: 'failed',
    callback: 'never',
  },
  {
    id: 'answer-lost',
    title: 'Answer lost, approved later',
    provider: 'procard',
    method: 'google-pay',
    card: CARDS.visaAnswerLost,
    shopper: 'none',
    final: 'approved',
    callback: 'never',
  },
  {
    id: 'procard-page',
    title: "ProcardPay's own page",
    provider: 'procard',
    method: 'hosted-page',
    card: CARDS.visaApproved,
    shopper: 'pays on the page',
    final: 'approved',
    callback: 'after the answer',
  },
  {
    id: 'uzcard-approved',
    title: 'Uzcard with SMS code, approved, with receipt',
    provider: 'globalpay',
    method: 'hosted-page',
    card: CARDS.uzcardApproved,
    shopper: 'enters the right code',
    final: 'approved',
    callback: 'after the answer',
    receipt: true,
  },
  {
    id: 'humo-no-funds',
    title: 'Humo, insufficient funds',
    provider: 'globalpay',
    method: 'hosted-page',
    card: CARDS.humoNoFunds,
    shopper: 'enters the right code',
    final: 'declined',
    declineReason: 'insufficient_funds',
    callback: 'after the answer',
  },
  {
    id: 'visa-bank-page',
    title: "Visa with the bank's page",
    provider: 'globalpay',
    method: 'hosted-page',
    card: CARDS.visaBankPage,
    shopper: 'enters the right code',
    final: 'approved',
    callback: 'after the answer',
    receipt: true,
  },
  {
    id: 'token-expired',
    title: 'Payment token expired',
    provider: 'globalpay',
    method: 'hosted-page',
    card: CARDS.uzcardApproved,
    shopper: 'lets the time run out',
    final: 'expired',
    callback: 'never',
  },
];
