import { isRecoverable, type PayErrorCode } from '../checkout/pay-error.js';
import type { Phase } from '../checkout/phase.js';
import { toDecimal } from '../contract/amount.js';
import type { Money } from '../contract/money.js';
import type { PaymentView } from '../contract/payment.js';
import type { Locale, Messages } from '../i18n/messages.js';
import type { PayError } from './events.js';

/** What the status line says. Empty where something else speaks: a button, Google's sheet, the bank's check, an error. */
export function statusWords(phase: Phase, texts: Messages, locale: Locale): string {
  switch (phase.name) {
    case 'loading':
    case 'submitting':
    case 'redirecting':
      return texts.wait;
    case 'checking':
      return phase.offline ? texts.checkingOffline : texts.checking;
    case 'done':
      return resultWords(phase.payment, texts, `: ${amountWords(phase.payment.money, texts, locale)}`);
    default:
      return '';
  }
}

/** How a payment ended. `amount` follows the word for a paid one, where it stands nowhere else. */
export function resultWords(payment: PaymentView, texts: Messages, amount = ''): string {
  switch (payment.status) {
    case 'approved':
      return texts.paid + amount;
    case 'declined':
      return `${own(texts.declined, payment.decline?.reason) ?? texts.declined.other} ${texts.notCharged}`;
    case 'cancelled':
    case 'expired':
    case 'failed':
      return `${texts[payment.status]} ${texts.notCharged}`;
    default:
      return texts.checking;
  }
}

/** What went wrong, for the shopper; about attributes, for the page's author. */
export function errorWords(problem: PayErrorCode, texts: Messages, attribute = ''): string {
  const { errors } = texts;
  const sure = (words: string): string => `${words} ${texts.notCharged}`;
  if (attribute) return `Attribute missing, wrong or unknown: ${attribute}`;
  switch (problem) {
    case 'threeds_error':
      return texts.threedsBlocked;
    case 'google_pay_error':
    case 'google_pay_unavailable':
      return sure(errors.google_pay);
    case 'amount_mismatch':
      return sure(errors.amount_mismatch);
    case 'order_not_found':
    case 'payment_not_found':
      return errors.not_found;
    default:
      return own(errors, problem) ?? sure(errors.other);
  }
}

/** Not what every object has: the name is the server's. */
function own(words: Record<string, string>, name = ''): string | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}

/** The same for the page: what `pay-error` carries. */
export function errorDetail(code: PayErrorCode, texts: Messages, attribute?: string): PayError {
  return { code, message: errorWords(code, texts, attribute), recoverable: isRecoverable(code) };
}

/**
 * `UAH 125.00`, `125,00 грн`, `150 000 soʻm`: whole sums are written without tiyins, which nobody has in hand. Chromium
 * has no Uzbek numbers; the Finnish ones look the same in every browser, and know no signs for our currencies.
 */
export function amountWords(money: Money, texts: Messages, locale: Locale): string {
  const { currency } = money;
  return new Intl.NumberFormat(locale === 'uz' ? 'fi' : locale, {
    style: 'currency',
    currency,
    trailingZeroDisplay: currency === 'UZS' ? 'stripIfInteger' : 'auto',
  })
    .format(Number(toDecimal(money)))
    .replace('UZS', texts.uzs);
}
