import { expect } from '@open-wc/testing';
import type { PayErrorCode } from '../../../src/checkout/pay-error.js';
import type { Phase } from '../../../src/checkout/phase.js';
import type { DeclineReason, PaymentView } from '../../../src/contract/payment.js';
import { errorWords, resultWords, statusWords } from '../../../src/elements/words.js';
import { en } from '../../../src/i18n/en.js';
import { view } from '../../support/browser/fake-merchant.js';

describe('the words for a phase', () => {
  const payment = view({ status: 'approved' });
  const table: [Phase, string][] = [
    [{ name: 'loading' }, en.wait],
    [{ name: 'submitting', method: 'google-pay' }, en.wait],
    [{ name: 'redirecting', payment }, en.wait],
    [{ name: 'checking', payment, offline: false }, en.checking],
    [{ name: 'checking', payment, offline: true }, en.checkingOffline],
    [{ name: 'done', payment }, 'Paid: UAH\u00a0125.00'],
    [{ name: 'ready', method: 'google-pay' }, ''],
    [{ name: 'sheet' }, ''],
    [{ name: 'challenge', payment }, ''],
    [{ name: 'unavailable', problem: 'network' }, ''],
    [{ name: 'invalid', problem: 'missing_attribute', attribute: 'endpoint' }, ''],
  ];
  for (const [phase, words] of table) {
    it(`are “${words}” in ${phase.name}`, () => expect(statusWords(phase, en, 'en')).to.equal(words));
  }
});

describe('the words for a result', () => {
  const declined = (reason: string): Partial<PaymentView> => ({
    status: 'declined',
    decline: { reason: reason as DeclineReason },
  });
  const table: [Partial<PaymentView>, string][] = [
    [{ status: 'approved' }, 'Paid'],
    [declined('card_expired'), 'The card has expired. You have not been charged.'],
    [declined('no_such_reason'), 'The bank declined the payment. You have not been charged.'],
    // Names that every object has are no words of ours.
    [declined('toString'), 'The bank declined the payment. You have not been charged.'],
    [declined('__proto__'), 'The bank declined the payment. You have not been charged.'],
    [{ status: 'declined' }, 'The bank declined the payment. You have not been charged.'],
    [{ status: 'cancelled' }, 'The payment was cancelled. You have not been charged.'],
    [{ status: 'expired' }, 'The time for this payment has run out. You have not been charged.'],
    [{ status: 'failed' }, 'The payment did not go through. You have not been charged.'],
    [{ status: 'created' }, en.checking],
    [{ status: 'processing' }, en.checking],
    [{ status: 'requires_action' }, en.checking],
  ];
  for (const [payment, words] of table) {
    it(`are “${words}” for ${payment.decline?.reason ?? payment.status}`, () =>
      expect(resultWords(view(payment), en)).to.equal(words));
  }

  it('name the amount of a paid payment alone', () => {
    expect(resultWords(view({ status: 'approved' }), en, ': ₴1')).to.equal('Paid: ₴1');
    expect(resultWords(view({ status: 'failed' }), en, ': ₴1')).not.to.contain('₴1');
  });
});

describe('the words for an error', () => {
  const table: [PayErrorCode, string][] = [
    ['threeds_error', 'Your bank’s page cannot be shown here.'],
    ['google_pay_error', 'Google Pay did not work. You have not been charged.'],
    ['google_pay_unavailable', 'Google Pay did not work. You have not been charged.'],
    ['amount_mismatch', 'The price has changed. You have not been charged.'],
    ['order_not_found', 'There is no such order or payment.'],
    ['payment_not_found', 'There is no such order or payment.'],
    ['not_found', 'There is no such order or payment.'],
    // An earlier payment may have been taken.
    ['already_paid', 'This order is already paid.'],
    ['order_busy', 'An earlier payment is still being checked. Please try again in a minute.'],
    ['network', 'No connection to the shop.'],
    ['popup_blocked', 'The browser blocked the payment window. Please allow pop-ups.'],
    ['no_method', 'This order cannot be paid in this browser.'],
    ['internal', 'The payment could not be started. You have not been charged.'],
    ['no_such_code' as PayErrorCode, 'The payment could not be started. You have not been charged.'],
    ['toString' as PayErrorCode, 'The payment could not be started. You have not been charged.'],
    ['__proto__' as PayErrorCode, 'The payment could not be started. You have not been charged.'],
  ];
  for (const [code, words] of table) {
    // As text: the runner cannot tell of a function that was found in the words' place.
    it(`are “${words}” for ${code}`, () => expect(String(errorWords(code, en))).to.equal(words));
  }

  it('are for the page’s author where an attribute is meant', () => {
    expect(errorWords('missing_attribute', en, 'order-id')).to.equal(
      'Attribute missing, wrong or unknown: order-id',
    );
  });
});
