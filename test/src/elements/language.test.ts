import { expect, fixture, html } from '@open-wc/testing';
import { ThreedsReturnEvent } from '../../../src/elements/threeds-events.js';
import { en } from '../../../src/i18n/en.js';
import { uk } from '../../../src/i18n/uk.js';
import { uz } from '../../../src/i18n/uz.js';
import type { PayStatus } from '../../../src/elements/pay-status.js';
import { settled } from '../../support/browser/fake-clock.js';
import { json, offer, silence, threeds, view } from '../../support/browser/fake-merchant.js';
import { frameOf, PayStage, reached, words } from '../../support/browser/pay-stage.js';

/** Mutation records have been delivered, and what they ask for is rendered. */
async function noticed(element: { updateComplete: Promise<unknown> }): Promise<void> {
  await Promise.resolve();
  await element.updateComplete;
}

describe('the language of the page, changed while it is read', () => {
  let stage: PayStage;
  const before = document.documentElement.lang;
  beforeEach(() => {
    stage = new PayStage();
    stage.merchant.reply('GET /pay/offers/A-1', json(offer())).reply('GET /pay/payments/p1', silence);
  });
  afterEach(() => {
    document.documentElement.lang = before;
    stage.close();
  });

  it('changes all words of <pay-button>, and those of the bank’s frame within it', async () => {
    const checked = view({ status: 'requires_action', action: threeds(), version: 2 });
    stage.merchant.reply('GET /pay/payments/p1', json(checked), silence);
    stage.visit('payment=p1');
    const button = await stage.button(
      html`<div lang="en"><pay-button endpoint="/pay" order-id="A-1"></pay-button></div>`,
    );
    const inner = button.querySelector('pay-button')!;
    await reached(inner, 'challenge');
    await inner.updateComplete;
    frameOf(inner).dispatchEvent(new ThreedsReturnEvent());
    await inner.updateComplete;
    expect(words(inner, 'status')).to.equal(en.checking);
    button.setAttribute('lang', 'uz');
    await noticed(inner);
    expect(words(inner, 'status')).to.equal(uz.checking);
    expect(frameOf(inner).locale).to.equal('uz');
  });

  it('changes Google’s button too', async () => {
    document.documentElement.lang = 'en';
    const button = await stage.button(html`<pay-button endpoint="/pay" order-id="A-1"></pay-button>`);
    await reached(button, 'ready');
    document.documentElement.lang = 'uk-UA';
    await noticed(button);
    await reached(button, 'ready');
    expect(stage.google.buttons.map(({ buttonLocale }) => buttonLocale)).to.deep.equal(['en', 'uk']);
  });

  it('leaves an element alone that has a locale of its own', async () => {
    const button = await stage.button();
    await reached(button, 'ready');
    document.documentElement.lang = 'uk';
    await noticed(button);
    expect(button.phase).to.equal('ready');
    expect(stage.google.buttons).to.have.length(1);
  });

  it('changes all words of <pay-status>', async () => {
    document.documentElement.lang = 'en';
    stage.merchant.reply(
      'GET /pay/payments/p1',
      json(view({ status: 'approved', receiptUrl: 'https://r.example/' })),
    );
    const status = await fixture<PayStatus>(html`<pay-status endpoint="/pay" payment-id="p1"></pay-status>`);
    await settled();
    document.documentElement.lang = 'uk';
    await noticed(status);
    expect(words(status, 'status')).to.equal(uk.paid);
    expect(words(status, 'amount')).to.match(/^125,00/);
    expect(words(status, 'receipt')).to.equal(uk.receipt);
  });

  it('is nothing to an element that has left the page', async () => {
    const status = await fixture<PayStatus>(html`<pay-status endpoint="/pay" payment-id="p1"></pay-status>`);
    await status.updateComplete;
    status.remove();
    document.documentElement.lang = 'ru';
    await Promise.resolve();
    expect(status.isUpdatePending).to.equal(false);
  });
});
