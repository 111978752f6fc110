import { expect } from '@open-wc/testing';
import type { DeclineReason, PaymentView } from '../../../src/contract/payment.js';
import { json, offer, view } from '../../support/browser/fake-merchant.js';
import { googleButton, isShown, part, PayStage, reached, words } from '../../support/browser/pay-stage.js';

const CREATE = 'POST /pay/payments';

describe('<pay-button> and how payments end', () => {
  let stage: PayStage;
  beforeEach(() => {
    stage = new PayStage();
    stage.merchant.reply('GET /pay/offers/A-1', json(offer()));
  });
  afterEach(() => stage.close());

  async function ended(payment: Partial<PaymentView>) {
    stage.merchant.reply(CREATE, json(view(payment), 201));
    const button = await stage.button();
    await reached(button, 'ready');
    googleButton(button).click();
    (await stage.google.sheet()).confirm();
    await reached(button, 'done');
    return button;
  }

  const declines: [DeclineReason, string][] = [
    ['insufficient_funds', 'not enough money'],
    ['card_expired', 'has expired'],
    ['card_blocked', 'is blocked'],
    ['limit_exceeded', 'limit'],
    ['authentication_failed', 'could not confirm that it is you'],
    ['issuer_unavailable', 'not responding'],
    ['suspected_fraud', 'security reasons'],
    ['invalid_card', 'not accepted here'],
    ['other', 'declined'],
    ['newer_than_this_page' as DeclineReason, 'declined'],
  ];
  for (const [reason, text] of declines) {
    it(`says in words of ours why a payment was declined: ${reason}`, async () => {
      const button = await ended({ status: 'declined', decline: { reason, providerCode: '51' } });
      expect(words(button, 'status')).to.contain(text);
      expect(words(button, 'status')).to.contain('You have not been charged.');
      expect(isShown(button.shadowRoot!.querySelector('#retry')!)).to.equal(true);
    });
  }

  const endings: [PaymentView['status'], string][] = [
    ['cancelled', 'cancelled'],
    ['expired', 'run out'],
    ['failed', 'did not go through'],
  ];
  for (const [status, text] of endings) {
    it(`says that nothing was charged when a payment is ${status}`, async () => {
      const button = await ended({ status });
      expect(words(button, 'status')).to.contain(text);
      expect(words(button, 'status')).to.contain('You have not been charged.');
      expect(stage.detailsOf('pay-result')).to.have.length(1);
      expect(stage.detailsOf('pay-error')).to.have.length(0);
    });
  }

  it('offers the receipt of a paid payment, and no second try', async () => {
    const button = await ended({ status: 'approved', receiptUrl: 'https://ofd.example/r?t=1' });
    const link = part(button, 'receipt') as HTMLAnchorElement;
    expect(isShown(link)).to.equal(true);
    expect(link.href).to.equal('https://ofd.example/r?t=1');
    expect(isShown(button.shadowRoot!.querySelector('#retry')!)).to.equal(false);
  });

  it('links no receipt with an unsafe address', async () => {
    const button = await ended({ status: 'approved', receiptUrl: 'javascript:alert(1)' });
    expect(isShown(part(button, 'receipt'))).to.equal(false);
    expect(part(button, 'receipt').hasAttribute('href')).to.equal(false);
  });

  it('forgets the attempt once it is final', async () => {
    await ended({ status: 'approved' });
    expect(sessionStorage.length).to.equal(0);
  });

  it('ends when the server ends: no request follows', async () => {
    await ended({ status: 'approved' });
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(stage.merchant.requests).to.have.length(2);
  });

  it('gives the page the payment without anything that could be replayed at the bank', async () => {
    const action = { type: 'redirect', id: 'r', url: 'https://psp.example/SECRET-page' } as const;
    const button = await ended({ status: 'approved', action });
    expect(JSON.stringify(stage.events)).not.to.contain('SECRET');
    expect(button.payment?.action).to.equal(null);
  });
});
