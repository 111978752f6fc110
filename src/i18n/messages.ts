import type { CreatePayment } from '../contract/api.js';
import type { DeclineReason } from '../contract/payment.js';
import { en } from './en.js';
import { uk } from './uk.js';

export type Locale = CreatePayment['locale'];

/** Everything a shopper may read. A text that depends on a value is a function, so that its grammar stays with it. */
export interface Messages {
  loading: string;
  payByCard: string;
  sheetOpen: string;
  submitting: string;
  challenge: string;
  redirecting: string;
  checking: string;
  /** The connection is gone while a payment is under way. It must keep people from paying twice. */
  checkingOffline: string;
  tryAgain: string;
  /** Back to the bank or the provider, to a payment that waits there. */
  proceed: string;
  cancel: string;
  receipt: string;
  receiptQr: string;

  paid(amount: string): string;
  cancelled: string;
  expired: string;
  failed: string;
  declined: Record<DeclineReason, string>;
  /** Follows every reason for which no money was taken. */
  notCharged: string;

  errors: {
    order_not_found: string;
    payment_not_found: string;
    amount_mismatch: string;
    already_paid: string;
    order_busy: string;
    network: string;
    popup_blocked: string;
    google_pay_error: string;
    google_pay_unavailable: string;
    no_method: string;
    unsafe_url: string;
    threeds_error: string;
    bad_answer: string;
    /** For every code that has no words of its own. */
    other: string;
  };
  missingAttribute(name: string): string;
  invalidAttribute(name: string): string;
  unknownAttribute(name: string): string;

  threedsTitle: string;
  threedsFrameTitle: string;
  threedsCancel: string;
  threedsOpening: string;
  threedsLoaded: string;
  threedsChecking: string;
  threedsAskCancel: string;
  threedsStay: string;
  threedsLeave: string;
  threedsOpenInTop: string;
  threedsBlocked: string;
  threedsInvalid: string;
  threedsAlreadyOpen: string;
  threedsInterrupted: string;
  threedsResume: string;
}

const CATALOGUES: Partial<Record<Locale, Messages>> = {
  en,
  uk,
};

/** The texts of a locale; English where there are none. */
export function messagesFor(locale: Locale): Messages {
  return CATALOGUES[locale] ?? en;
}
