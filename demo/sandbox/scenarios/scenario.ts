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
