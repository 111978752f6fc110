import type { CreatePayment } from '../contract/api.js';
import type { DeclineReason } from '../contract/payment.js';
import { en } from './en.js';
import { ru } from './ru.js';
import { uk } from './uk.js';
import { uz } from './uz.js';

export type Locale = CreatePayment['locale'];

/** Everything a shopper may read. All locales together are a sixth of the whole script: short words are also cheap ones. */
export interface Messages {
  wait: string;
  payByCard: string;
  checking: string;
  /** The connection is gone while a payment is under way. It must keep people from paying twice. */
  checkingOffline: string;
  tryAgain: string;
  /** Back to the bank or the provider, to a payment that waits there. */
  proceed: string;
  cancel: string;
  receipt: string;
  /** What the currency is called where its shoppers read this language, else its code. */
  uzs: string;

  /** The amount stands by it. */
  paid: string;
  cancelled: string;
  expired: string;
  failed: string;
  declined: Record<DeclineReason, string>;
  /** Follows every reason for which no money was taken, and every error after which none can have been. */
  notCharged: string;

  errors: {
    not_found: string;
    amount_mismatch: string;
    already_paid: string;
    order_busy: string;
    network: string;
    popup_blocked: string;
    google_pay: string;
    no_method: string;
    /** For every code that has no words of its own. Nothing was started. */
    other: string;
  };

  threedsTitle: string;
  threedsFrameTitle: string;
  threedsLoaded: string;
  threedsLeave: string;
  threedsOpenInTab: string;
  threedsBlocked: string;
  threedsInterrupted: string;
}

const CATALOGUES: Record<Locale, Messages> = { en, ru, uk, uz };

export function isLocale(text: string): text is Locale {
  return Object.hasOwn(CATALOGUES, text);
}

export function messagesFor(locale: Locale): Messages {
  return CATALOGUES[locale];
}
