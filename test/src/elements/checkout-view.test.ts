import { expect, fixture, fixtureCleanup } from '@open-wc/testing';
import type { CheckoutController } from '../../../src/checkout/checkout-controller.js';
import type { Phase } from '../../../src/checkout/phase.js';
import { renderCheckout } from '../../../src/elements/checkout-view.js';
import { en } from '../../../src/i18n/en.js';
import { redirect, view } from '../../support/browser/fake-merchant.js';

const payment = view({ status: 'requires_action', action: redirect() });
const plain = view({ status: 'processing' });
const paid = view({ status: 'approved', receiptUrl: 'https://ofd.example/r' });

/** What stands before the shopper, by part, or by id where a part is shared. */
async function shownIn(phase: Phase): Promise<string[]> {
  const checkout = { phase, payment: 'payment' in phase ? phase.payment : null } as CheckoutController;
  const root = await fixture<HTMLElement>(renderCheckout(checkout, 'en', false));
  const pieces = [...root.parentElement!.querySelectorAll<HTMLElement>('[part]:not(p)')];
  const shown = pieces.filter((piece) => !piece.closest('[hidden]'));
  expect(root.ariaDisabled).to.equal('false');
  return shown.map(({ id, part }) => (part.value === 'action' ? id : part.value));
}

describe('what a checkout shows', () => {
  const table: [string, Phase, string[]][] = [
    ['while it loads', { name: 'loading' }, ['google-pay', 'spinner']],
    ['for Google Pay', { name: 'ready', method: 'google-pay' }, ['google-pay']],
    ['for the provider’s page', { name: 'ready', method: 'hosted-page' }, ['button']],
    ['under Google’s sheet', { name: 'sheet' }, ['google-pay']],
    ['while it is sent', { name: 'submitting', method: 'google-pay' }, ['spinner']],
    ['under the bank’s dialog', { name: 'challenge', payment }, []],
    ['as it leaves', { name: 'redirecting', payment }, ['spinner']],
    ['while the server is asked', { name: 'checking', payment: plain, offline: false }, ['spinner']],
    [
      'while a payment waits for the shopper',
      { name: 'checking', payment, offline: false },
      ['spinner', 'proceed', 'cancel'],
    ],
    ['when it is paid', { name: 'done', payment: paid }, ['receipt']],
    ['when it is not', { name: 'done', payment: view({ status: 'declined' }) }, ['retry']],
    ['after what may pass', { name: 'unavailable', problem: 'network' }, ['retry']],
    ['after what will not', { name: 'unavailable', problem: 'order_not_found' }, []],
    ['to its author', { name: 'invalid', problem: 'missing_attribute', attribute: 'endpoint' }, []],
  ];
  for (const [when, phase, pieces] of table) {
    it(`is ${pieces.join(', ') || 'words alone'} ${when}`, async () =>
      expect(await shownIn(phase)).to.deep.equal(pieces));
  }

  it('says what went wrong, and to the page’s author where', async () => {
    const alert = () => document.querySelector('[role=alert]')!.textContent.trim();
    await shownIn({ name: 'unavailable', problem: 'network' });
    expect(alert()).to.equal(en.errors.network);
    fixtureCleanup();
    await shownIn({ name: 'invalid', problem: 'missing_attribute', attribute: 'endpoint' });
    expect(alert()).to.contain('endpoint');
    fixtureCleanup();
    await shownIn({ name: 'loading' });
    expect(alert()).to.equal('');
  });

  it('leads to the receipt', async () => {
    await shownIn({ name: 'done', payment: paid });
    expect(document.querySelector<HTMLAnchorElement>('[part=receipt]')!.href).to.equal(paid.receiptUrl);
  });
});
