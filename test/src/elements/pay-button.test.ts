import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { settled } from '../../support/browser/fake-clock.js';
import {
  held,
  hostedOffer,
  json,
  offer,
  problem,
  redirect,
  silence,
  view,
} from '../../support/browser/fake-merchant.js';
import { emulateMedia, naturalMedia } from '../../support/browser/media.js';
import { googleButton, isShown, part, PayStage, reached, words } from '../../support/browser/pay-stage.js';
import type { CreatePayment } from '../../../src/contract/api.js';

const OFFER = 'GET /pay/offers/A-1';
const CREATE = 'POST /pay/payments';
const VIEW = 'GET /pay/payments/p1';

describe('<pay-button>', () => {
  let stage: PayStage;
  beforeEach(() => {
    stage = new PayStage();
    stage.merchant.reply(OFFER, json(offer())).reply(VIEW, silence);
  });
  afterEach(() => stage.close());

  async function readyButton() {
    const button = await stage.button();
    await reached(button, 'ready');
    return button;
  }

  it('asks for the offer, shows a spinner meanwhile, then Google’s button, and nothing moves', async () => {
    const answer = held();
    stage.merchant.reply(OFFER, answer.reply);
    const button = await stage.button();
    expect(button.phase).to.equal('loading');
    expect(isShown(part(button, 'spinner'))).to.equal(true);
    const before = button.getBoundingClientRect();

    answer.release(offer());
    await reached(button, 'ready');
    expect(googleButton(button).checkVisibility()).to.equal(true);
    expect(isShown(part(button, 'spinner'))).to.equal(false);
    expect(button.getBoundingClientRect().height).to.equal(before.height);
    expect(stage.detailsOf('pay-ready')).to.deep.equal([{ method: 'google-pay' }]);
  });

  it('prints no button: nobody can click on paper', async () => {
    const button = await readyButton();
    await emulateMedia(button, { media: 'print' });
    try {
      expect(googleButton(button).checkVisibility()).to.equal(false);
    } finally {
      await naturalMedia();
    }
  });

  it('sends what the sheet displayed, the untouched token and a key, and shows that it is paid', async () => {
    stage.merchant.reply(CREATE, json(view({ status: 'approved', version: 3 }), 201));
    const button = await readyButton();
    googleButton(button).click();
    expect(button.phase).to.equal('sheet');
    const sheet = await stage.google.sheet();
    expect(sheet.request.transactionInfo).to.deep.include({
      totalPrice: '125.00',
      currencyCode: 'UAH',
      countryCode: 'UA',
    });
    sheet.confirm();
    await reached(button, 'done');

    const [request] = stage.merchant.to(CREATE);
    const body = request!.body as CreatePayment;
    expect(request!.headers.get('Idempotency-Key')).to.match(/^[0-9a-f]{32}$/);
    expect(body.orderId).to.equal('A-1');
    expect(body.expected).to.deep.equal({ minor: 12_500, currency: 'UAH' });
    expect(body.locale).to.equal('en');
    expect(body.browser.javascriptEnabled).to.equal(true);
    expect(
      body.method.type === 'google-pay' && body.method.paymentData.paymentMethodData.tokenizationData.token,
    ).to.equal('{"signature":"SECRET-token\\u003d"}');
    expect(words(button, 'status')).to.equal('Paid: UAH 125.00');
    expect(stage.detailsOf('pay-result')).to.have.length(1);
    expect(
      stage.events.map(({ type, detail }) => (type === 'pay-phase' ? detail['phase'] : type)),
    ).to.deep.equal(['ready', 'pay-ready', 'pay-begin', 'sheet', 'submitting', 'done', 'pay-result']);
  });

  it('B10 20 double clicks open one sheet and create one payment', async () => {
    stage.merchant.reply(CREATE, silence);
    const button = await readyButton();
    for (let i = 0; i < 20; i += 1) {
      googleButton(button).click();
      googleButton(button).click();
    }
    (await stage.google.sheet()).confirm();
    await stage.merchant.asked(CREATE);
    button.pay();
    expect(stage.google.sheets).to.have.length(1);
    expect(stage.merchant.to(CREATE)).to.have.length(1);
  });

  it('does nothing at a click that the page does not allow', async () => {
    const button = await readyButton();
    button.addEventListener('pay-begin', (event) => event.preventDefault());
    googleButton(button).click();
    expect(button.phase).to.equal('ready');
    expect(stage.google.sheets).to.have.length(0);
  });

  it('does nothing at a click while it is disabled', async () => {
    const button = await stage.button(
      html`<pay-button endpoint="/pay" order-id="A-1" locale="en" disabled></pay-button>`,
    );
    await reached(button, 'ready');
    googleButton(button).click();
    button.pay();
    expect(stage.google.sheets).to.have.length(0);
    expect(stage.detailsOf('pay-begin')).to.have.length(0);
  });

  it('pay() opens the sheet as a click does', async () => {
    const button = await readyButton();
    button.pay();
    expect(button.phase).to.equal('sheet');
    expect(stage.google.sheets).to.have.length(1);
  });

  it('goes to the provider’s page by our own button, once', async () => {
    stage.merchant
      .reply(OFFER, json(hostedOffer()))
      .reply(CREATE, json(view({ status: 'requires_action', action: redirect() }), 201));
    const button = await readyButton();
    expect(part(button, 'button').textContent.trim()).to.equal('Pay by card');
    part(button, 'button').click();
    part(button, 'button').click();
    await reached(button, 'redirecting');
    expect(button.visits).to.deep.equal(['https://psp.example/page']);
    expect(stage.merchant.to(CREATE)).to.have.length(1);
    expect((stage.merchant.to(CREATE)[0]!.body as CreatePayment).method).to.deep.equal({
      type: 'hosted-page',
    });
  });

  it('begins nothing by our own button, either, that the page does not allow', async () => {
    stage.merchant.reply(OFFER, json(hostedOffer()));
    const button = await readyButton();
    button.addEventListener('pay-begin', (event) => event.preventDefault());
    part(button, 'button').click();
    expect(button.phase).to.equal('ready');
    expect(stage.detailsOf('pay-begin')).to.deep.equal([{ method: 'hosted-page' }]);
    expect(stage.merchant.to(CREATE)).to.have.length(0);
  });

  it('leaves for no page with an unsafe address, and asks no more about that payment', async () => {
    const action = redirect('javascript:alert(1)');
    stage.merchant
      .reply(OFFER, json(hostedOffer()))
      .reply(CREATE, json(view({ status: 'requires_action', action }), 201));
    const button = await readyButton();
    part(button, 'button').click();
    await reached(button, 'unavailable');
    expect(button.visits).to.deep.equal([]);
    expect(stage.detailsOf('pay-error')).to.have.length(1);
    expect(stage.detailsOf('pay-error')[0]).to.deep.include({ code: 'unsafe_url', recoverable: false });
    await settled();
    expect(stage.merchant.to(VIEW)).to.have.length(0);
  });

  it('sends the return address of this page, without the payment of an earlier visit', async () => {
    stage.visit('payment=other&shelf=2');
    stage.merchant
      .reply(OFFER, json(hostedOffer()))
      .reply('GET /pay/payments/other', problem('payment_not_found', 404))
      .reply(CREATE, silence);
    const button = await readyButton();
    part(button, 'button').click();
    const { body } = await stage.merchant.asked(CREATE);
    const returnUrl = new URL((body as CreatePayment).returnUrl);
    expect(returnUrl.searchParams.get('shelf')).to.equal('2');
    expect(returnUrl.searchParams.has('payment')).to.equal(false);
  });

  it('sends the return address of its attribute in full', async () => {
    stage.merchant.reply(OFFER, json(hostedOffer())).reply(CREATE, silence);
    const button = await stage.button(
      html`<pay-button endpoint="/pay" order-id="A-1" return-url="/thanks?x=1"></pay-button>`,
    );
    await reached(button, 'ready');
    part(button, 'button').click();
    const { body } = await stage.merchant.asked(CREATE);
    expect((body as CreatePayment).returnUrl).to.equal(`${location.origin}/thanks?x=1`);
  });

  const refusals: [
    code: string,
    status: number,
    phase: 'ready' | 'unavailable',
    recoverable: boolean,
    words: string,
  ][] = [
    ['amount_mismatch', 409, 'unavailable', true, 'The price has changed. You have not been charged.'],
    ['already_paid', 409, 'unavailable', false, 'This order is already paid.'],
    ['order_busy', 409, 'ready', true, 'An earlier payment'],
    ['rate_limited', 429, 'ready', true, 'could not be started. You have not been charged.'],
    ['unavailable', 503, 'ready', true, 'could not be started. You have not been charged.'],
    ['method_unavailable', 422, 'unavailable', false, 'could not be started'],
  ];
  for (const [code, status, phase, recoverable, text] of refusals) {
    it(`tells a shopper in words that the server refused: ${code}`, async () => {
      stage.merchant.reply(CREATE, problem(code, status));
      const button = await readyButton();
      googleButton(button).click();
      (await stage.google.sheet()).confirm();
      await reached(button, 'submitting');
      await reached(button, phase);
      expect(words(button, 'message')).to.contain(text);
      expect(stage.detailsOf('pay-error')).to.have.length(1);
      expect(stage.detailsOf('pay-error')[0]).to.deep.include({ code, recoverable });
      expect(stage.detailsOf('pay-result')).to.have.length(0);
      expect(sessionStorage.length).to.equal(0);
    });
  }

  it('A20 shows no price of its own: the displayed one goes to the server as a claim', async () => {
    stage.merchant.reply(CREATE, problem('amount_mismatch'));
    const button = await stage.button(
      html`<pay-button
        endpoint="/pay"
        order-id="A-1"
        amount="1.00"
        currency="UAH"
        country="UA"
        gateway="procard"
        gateway-merchant-id="m"
        merchant-name="Shop"
        environment="TEST"
      ></pay-button>`,
    );
    await reached(button, 'ready');
    googleButton(button).click();
    (await stage.google.sheet()).confirm();
    await reached(button, 'unavailable');
    expect((stage.merchant.to(CREATE)[0]!.body as CreatePayment).expected).to.deep.equal({
      minor: 100,
      currency: 'UAH',
    });
    expect(stage.merchant.to(OFFER)).to.have.length(0);
  });

  it('starts anew at "Try again", with another key', async () => {
    stage.merchant.reply(CREATE, json(view({ status: 'declined', decline: { reason: 'other' } }), 201));
    const button = await readyButton();
    googleButton(button).click();
    (await stage.google.sheet()).confirm();
    await reached(button, 'done');
    button.shadowRoot!.querySelector<HTMLElement>('#retry')!.click();
    expect(button.payment).to.equal(null);
    await reached(button, 'ready');
    googleButton(button).click();
    stage.google.sheets[1]!.confirm();
    const second = await stage.merchant.asked(CREATE, 2);
    expect(second.headers.get('Idempotency-Key')).not.to.equal(
      stage.merchant.to(CREATE)[0]!.headers.get('Idempotency-Key'),
    );
  });
});
