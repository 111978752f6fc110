/** What ProcardPay's gateway, or GlobalPay's processing, does with a card. */
export type CardBehaviour =
  | { kind: 'approve' }
  /** `reason` is text or a number, as documented for ProcardPay; for GlobalPay it is the `error` word. */
  | { kind: 'decline'; reason: string | number }
  /** The request is rejected with this system error code (ProcardPay). */
  | { kind: 'reject'; code: number }
  /** 3-D Secure, then approval if the shopper passes it and a refusal if not. */
  | ({ kind: 'threeds'; version: 1 | 2 } & BankTraits)
  /** The charge goes through, and the connection is cut before the answer. */
  | { kind: 'answer_lost' }
  /** The payment stays in this status for so long, and is then approved (ProcardPay). */
  | { kind: 'pending'; status: string; seconds: number }
  /** Uzcard and Humo: a code by SMS, then the behaviour in `then`. */
  | { kind: 'sms'; then: Ending }
  /** Visa and Mastercard on GlobalPay's page: the bank's own page, then approval. */
  | { kind: 'bank_page' };

/** How a payment on GlobalPay's page ends. `receipt`: where the fiscal receipt does not come with the money. */
export type Ending = { kind: 'approve'; receipt?: 'late' | 'none' } | { kind: 'decline'; reason: string };

/** How the cardholder's bank behaves once the shopper is with it. Whatever it does, it is decided only once. */
export type BankManner =
  /** Asks for the code of its text message. */
  | 'code'
  /** Asks in its app: a window of its own, for which the first page waits. */
  | 'app'
  /** The same as `code`, but its page is two seconds in coming. */
  | 'slow'
  /** Its page is white and stays so. */
  | 'blank'
  /** Gives the shopper three seconds instead of ten minutes. */
  | 'impatient'
  /** Answers every CReq with an Erro message. */
  | 'error'
  /** Sends the shopper back with `target="_top"`, which a sandboxed frame refuses. */
  | 'top-window'
  /** Hides where it comes from: the return has `Origin: null` and no Referer. */
  | 'no-referrer'
  /** Posts its answer twice at the same moment. */
  | 'posts-twice';

/** EMV 3DS Core 2.3.1, Table A.23: 250 × 400, 390 × 400, 500 × 600, 600 × 400 and the full page. */
export type WindowSize = '01' | '02' | '03' | '04' | '05';

/** Left out: a bank that asks for a code, in a window of 500 × 600, as in ProcardPay's sample. */
export interface BankTraits {
  bank?: BankManner;
  /** What the CReq names, in 3-D Secure 2. */
  windowSize?: WindowSize;
}

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
  | 'approves in the bank’s app'
  | 'goes on in a new tab'
  | 'waits'
  | 'gives up'
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
