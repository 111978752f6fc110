import { expect, html } from '@open-wc/testing';
import { settled } from '../../support/browser/fake-clock.js';
import { json, offer, silence } from '../../support/browser/fake-merchant.js';
import { googleButton, PayStage, reached, words } from '../../support/browser/pay-stage.js';

describe('<pay-button> and its attributes', () => {
  let stage: PayStage;
  beforeEach(() => {
    stage = new PayStage();
    stage.merchant.reply('GET /pay/offers/A-1', json(offer()));
  });
  afterEach(() => stage.close());

  it('says in place which attribute is missing, to the page’s author and so in English, and tells it once', async () => {
    const button = await stage.button(html`<pay-button endpoint="/pay" locale="uk"></pay-button>`);
    expect(button.phase).to.equal('invalid');
    expect(words(button, 'message')).to.equal('Attribute missing, wrong or unknown: order-id');
    button.requestUpdate();
    await button.updateComplete;
    expect(stage.detailsOf('pay-error')).to.deep.equal([
      {
        code: 'missing_attribute',
        message: 'Attribute missing, wrong or unknown: order-id',
        recoverable: false,
      },
    ]);
    expect(stage.merchant.requests).to.have.length(0);
  });

  it('says which attribute is wrong, and which it does not know', async () => {
    const wrong = await stage.button(
      html`<pay-button endpoint="/pay" order-id="A-1" method="cash" locale="en"></pay-button>`,
    );
    expect(words(wrong, 'message')).to.equal('Attribute missing, wrong or unknown: method');
    const unknown = await stage.button(
      html`<pay-button endpoint="/pay" order-id="A-1" amout="1.00" locale="en"></pay-button>`,
    );
    expect(words(unknown, 'message')).to.equal('Attribute missing, wrong or unknown: amout');
    expect(stage.detailsOf('pay-error').map(({ code }) => code)).to.deep.equal([
      'invalid_attribute',
      'unknown_attribute',
    ]);
  });

  it('works as soon as the attributes are right', async () => {
    const button = await stage.button(html`<pay-button endpoint="/pay" locale="en"></pay-button>`);
    expect(button.phase).to.equal('invalid');
    button.setAttribute('order-id', 'A-1');
    await reached(button, 'ready');
    expect(words(button, 'message')).to.equal('');
  });

  it('stops when they become wrong', async () => {
    const button = await stage.button();
    await reached(button, 'ready');
    button.removeAttribute('order-id');
    await reached(button, 'invalid');
    expect(googleButton(button)).to.equal(null);
    button.pay();
    button.reset();
    button.resume('p1');
    button.cancel();
    expect(button.phase).to.equal('invalid');
  });

  it('stops for good also while it looks for a payment', async () => {
    stage.visit('payment=p1');
    stage.merchant.reply('GET /pay/payments/p1', silence);
    const button = await stage.button();
    await stage.merchant.asked('GET /pay/payments/p1');
    button.removeAttribute('order-id');
    await settled();
    expect(button.phase).to.equal('invalid');
  });

  it('takes another order when told to', async () => {
    stage.merchant.reply('GET /pay/offers/B-2', json(offer({ orderId: 'B-2' })));
    const button = await stage.button();
    await reached(button, 'ready');
    button.orderId = 'B-2';
    await stage.merchant.asked('GET /pay/offers/B-2');
    await reached(button, 'ready');
  });

  it('drops the offer that it waits for when anything else changes, and asks anew', async () => {
    stage.merchant.reply('GET /pay/offers/A-1', silence, json(offer()));
    const button = await stage.button();
    const { signal } = await stage.merchant.asked('GET /pay/offers/A-1');
    button.buttonColor = 'white';
    await button.updateComplete;
    expect(signal.aborted).to.equal(true);
    await reached(button, 'ready');
    expect(stage.google.buttons.map(({ buttonColor }) => buttonColor)).to.deep.equal(['white']);
  });

  it('looks for a way to pay anew when anything changes where there was none', async () => {
    const button = await stage.button(
      html`<pay-button endpoint="/pay" order-id="A-1" method="hosted-page"></pay-button>`,
    );
    await reached(button, 'unavailable');
    button.method = 'auto';
    await reached(button, 'ready');
  });

  it('leaves a payment under way alone when its looks change, and shows them afterwards', async () => {
    stage.merchant.reply('POST /pay/payments', silence);
    const button = await stage.button();
    await reached(button, 'ready');
    googleButton(button).click();
    button.buttonColor = 'white';
    await button.updateComplete;
    expect(button.phase).to.equal('sheet');
    stage.google.sheets[0]!.reject({ statusCode: 'CANCELED' });
    await reached(button, 'loading');
    await reached(button, 'ready');
    expect(stage.google.buttons.at(-1)!.buttonColor).to.equal('white');
  });

  it('speaks another language when told to', async () => {
    stage.merchant.reply('GET /pay/offers/A-1', json(offer({ methods: [{ type: 'hosted-page' }] })));
    const button = await stage.button();
    await reached(button, 'ready');
    expect(words(button, 'button')).to.equal('Pay by card');
    button.locale = 'uk';
    await button.updateComplete;
    expect(words(button, 'button')).to.equal('Оплатити карткою');
  });

  it('mirrors attributes in properties', async () => {
    const button = await stage.button(
      html`<pay-button endpoint="/pay" order-id="A-1" gateway-merchant-id="m" disabled></pay-button>`,
    );
    expect(button.orderId).to.equal('A-1');
    expect(button.gatewayMerchantId).to.equal('m');
    expect(button.disabled).to.equal(true);
    button.disabled = false;
    await button.updateComplete;
    expect(button.hasAttribute('disabled')).to.equal(false);
  });
});
