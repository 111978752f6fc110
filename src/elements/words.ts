import type { PayErrorCode } from '../checkout/pay-error.js';
import type { Phase } from '../checkout/phase.js';
import { toDecimal } from '../contract/amount.js';
import type { Money } from '../contract/money.js';
import type { PaymentView } from '../contract/payment.js';
import type { Locale, Messages } from '../i18n/messages.js';

/** What the status line says. Empty where the button speaks for itself. */
export function statusWords(phase: Phase, texts: Messages, locale: Locale): string {
  switch (phase.name) {
    case 'loading':
      return texts.loading;
    case 'sheet':
      return texts.sheetOpen;
    case 'submitting':
      return texts.submitting;
    case 'challenge':
      return texts.challenge;
    case 'redirecting':
      return texts.redirecting;
    case 'checking':
      return phase.offline ? texts.checkingOffline : texts.checking;
    case 'done':
      return resultWords(phase.payment, texts, locale);
    case 'ready':
    case 'unavailable':
    case 'invalid':
      return '';
  }
}

/** How a payment ended. */
export function resultWords(payment: PaymentView, texts: Messages, locale: Locale): string {
  switch (payment.status) {
    case 'approved':
      return texts.paid(amountWords(payment.money, locale));
    case 'declined':
      return `${texts.declined[payment.decline?.reason ?? 'other']} ${texts.notCharged}`;
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
  switch (problem) {
    case 'missing_attribute':
      return texts.missingAttribute(attribute);
    case 'invalid_attribute':
      return texts.invalidAttribute(attribute);
    case 'unknown_attribute':
      return texts.unknownAttribute(attribute);
    default:
      return problem in texts.errors ? texts.errors[problem as keyof Messages['errors']] : texts.errors.other;
  }
}

/** `UAH 125.00`, `125,00 грн` */
export function amountWords(money: Money, locale: Locale): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency });
  return format.format(Number(toDecimal(money)));
}
