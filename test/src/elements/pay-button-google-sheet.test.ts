import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import type { CreatePayment } from '../../../src/contract/api.js';
import { settled } from '../../support/browser/fake-clock.js';
import { held, json, offer, offline, problem, silence, view } from '../../support/browser/fake-merchant.js';
import {
  googleButton,
  PayStage,
  reached,
  words,
  type StayingPayButton,
} from '../../support/browser/pay-stage.js';

const OFFER = 'GET /pay/offers/A-1';
const OTHER_OFFER = 'GET /pay/offers/A-2';
const CREATE = 'POST /pay/payments';

const priced = (amount: string) => html`
  <pay-button
    endpoint="/pay"
    order-id="A-1"
    locale="en"
    amount=${amount}
    currency="UAH"
    country="UA"
    gateway="procard"
    gateway-merchant-id="m"
    merchant-name="Shop"
    environment="TEST"
  ></pay-button>
`;

describe('<pay-button> and Google’s sheet', () => {
  let stage: PayStage;
  beforeEach(() => {
    stage = new PayStage();
    stage.merchant
      .reply(OFFER, json(offer()))
      .reply(OTHER_OFFER, json(offer({ orderId: 'A-2' })))
      .reply(CREATE, silence);
  });
  afterEach(() => stage.close());

  async function ready(template?: ReturnType<typeof html>) {
    const button = await stage.button(template);
    await reached(button, 'ready');
    return button;
  }

  async function opened(template?: ReturnType<typeof html>) {
    const button = await ready(template);
    googleButton(button).click();
    return { button, sheet: await stage.google.sheet() };
  }

  const expectedOf = (index: number) => (stage.merchant.to(CREATE)[index]!.body as CreatePayment).expected;

  it('opens within the click, before anything is waited for', async () => {
    const button = await ready();
    let sheets = 0;
    button.addEventListener('click', () => (sheets = stage.google.sheets.length));
    googleButton(button).click();
    expect(sheets).to.equal(1);
  });

  it('B10 a key that is held down opens one sheet and creates one payment', async () => {
    const button = await ready();
    googleButton(button).focus();
    for (let presses = 0; presses < 5; presses += 1) await sendKeys({ down: 'Enter' });
    await sendKeys({ up: 'Enter' });
    stage.google.sheets[0]!.confirm();
    await stage.merchant.asked(CREATE);
    await settled();
    expect(stage.google.sheets).to.have.length(1);
    expect(stage.merchant.to(CREATE)).to.have.length(1);
  });

  it('pays the price that the open sheet shows, and the new one from the next click', async () => {
    stage.merchant.reply(CREATE, problem('order_busy'));
    const { button, sheet } = await opened(priced('1.00'));
    button.amount = '2.50';
    await button.updateComplete;
    expect(button.phase).to.equal('sheet');
    sheet.confirm();
    await reached(button, 'ready');
    expect(sheet.request.transactionInfo).to.deep.include({ totalPrice: '1.00' });
    expect(expectedOf(0)).to.deep.equal({ minor: 100, currency: 'UAH' });

    googleButton(button).click();
    stage.google.sheets[1]!.confirm();
    await stage.merchant.asked(CREATE, 2);
    expect(stage.google.sheets[1]!.request.transactionInfo).to.deep.include({ totalPrice: '2.50' });
    expect(expectedOf(1)).to.deep.equal({ minor: 250, currency: 'UAH' });
  });

  it('shows the price of its attributes, also where an offer comes just as they are set', async () => {
    const late = held();
    stage.merchant.reply(OFFER, late.reply);
    const button = await stage.button();
    await stage.merchant.asked(OFFER);
    late.release(offer());
    Object.assign(button, {
      amount: '1.00',
      currency: 'UAH',
      country: 'UA',
      gateway: 'procard',
      gatewayMerchantId: 'm',
      merchantName: 'Shop',
      environment: 'TEST',
    });
    await reached(button, 'ready');
    button.amount = '2.50';
    await button.updateComplete;
    googleButton(button).click();
    expect(stage.google.sheets[0]!.request.transactionInfo).to.deep.include({ totalPrice: '2.50' });
  });

  const replacements: [string, (button: StayingPayButton) => void][] = [
    ['a reset', (button) => button.reset()],
    ['another order', (button) => (button.orderId = 'A-2')],
    ['a move within the page', (button) => button.parentElement!.append(button)],
  ];
  const endings: [string, (sheet: Awaited<ReturnType<typeof stage.google.sheet>>) => void][] = [
    ['confirmed', (sheet) => sheet.confirm()],
    ['closed', (sheet) => sheet.reject({ statusCode: 'CANCELED' })],
    ['broken', (sheet) => sheet.reject({ statusCode: 'DEVELOPER_ERROR' })],
  ];
  for (const [what, replace] of replacements) {
    for (const [how, end] of endings) {
      it(`lets a sheet that is ${how} after ${what} count for nothing, and the new button works`, async () => {
        const { button, sheet } = await opened();
        replace(button);
        await reached(button, 'ready');
        const told = stage.events.length;
        end(sheet);
        await settled();
        expect(stage.events).to.have.length(told);
        expect(button.phase).to.equal('ready');
        expect(stage.merchant.to(CREATE)).to.have.length(0);
        googleButton(button).click();
        expect(button.phase).to.equal('sheet');
        expect(stage.google.sheets).to.have.length(2);
      });
    }

    it(`lets no click on the old button count after ${what}, and the new button works`, async () => {
      const button = await ready();
      const old = googleButton(button);
      replace(button);
      await reached(button, 'loading');
      await reached(button, 'ready');
      const told = stage.events.length;
      old.click();
      expect(stage.events).to.have.length(told);
      expect(button.phase).to.equal('ready');
      googleButton(button).click();
      expect(stage.google.sheets).to.have.length(1);
    });
  }

  it('does not open where the page takes the element away at its opening', async () => {
    const button = await ready();
    button.addEventListener('pay-phase', () => button.remove());
    googleButton(button).click();
    expect(stage.google.sheets).to.have.length(0);
  });

  it('changes nothing but the price while the sheet is open, and everything once it is closed', async () => {
    const { button, sheet } = await opened();
    button.buttonColor = 'white';
    await button.updateComplete;
    expect(button.phase).to.equal('sheet');
    sheet.reject({ statusCode: 'CANCELED' });
    await reached(button, 'loading');
    await reached(button, 'ready');
    expect(stage.google.buttons.at(-1)!.buttonColor).to.equal('white');
  });

  it('stays open, and asks the server nothing, while the page is out of sight', async () => {
    const { button, sheet } = await opened();
    const asked = stage.merchant.requests.length;
    for (const hidden of [true, false]) {
      Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
      document.dispatchEvent(new Event('visibilitychange'));
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: !hidden }));
    }
    Reflect.deleteProperty(document, 'hidden');
    await settled();
    expect(button.phase).to.equal('sheet');
    expect(stage.merchant.requests).to.have.length(asked);
    sheet.confirm();
    await reached(button, 'submitting');
  });

  it('makes an error of an answer that is no payment, and the button is usable again', async () => {
    const button = await ready();
    google.payments.api.PaymentsClient.prototype.loadPaymentData = () => Promise.resolve({} as never);
    googleButton(button).click();
    await reached(button, 'ready');
    expect(stage.detailsOf('pay-error')[0]).to.deep.include({ code: 'google_pay_error', recoverable: true });
    expect(stage.merchant.to(CREATE)).to.have.length(0);
  });

  it('pays also where the browser’s storage is full', async () => {
    const setItem = Object.getOwnPropertyDescriptor(Storage.prototype, 'setItem')!;
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      stage.merchant.reply(CREATE, json(view({ status: 'approved', version: 3 }), 201));
      const { button, sheet } = await opened();
      sheet.confirm();
      await reached(button, 'done');
    } finally {
      Object.defineProperty(Storage.prototype, 'setItem', setItem);
    }
  });

  it('B11 goes on by itself once the network is back that was lost behind the sheet', async () => {
    stage.merchant.reply(CREATE, offline, json(view({ status: 'approved', version: 3 }), 201));
    const { button, sheet } = await opened();
    sheet.confirm();
    await reached(button, 'checking');
    expect(words(button, 'status')).not.to.equal('');
    window.dispatchEvent(new Event('online'));
    await reached(button, 'done');
    const keys = stage.merchant.to(CREATE).map(({ headers }) => headers.get('Idempotency-Key'));
    expect(keys).to.have.length(2);
    expect(new Set(keys).size).to.equal(1);
  });

  it('B11 tells by its codes which way Google Pay failed', async () => {
    const button = await ready();
    const reasons = [{ statusCode: 'CANCELED' }, 'failed to open window', { statusCode: 'DEVELOPER_ERROR' }];
    for (const [index, reason] of reasons.entries()) {
      googleButton(button).click();
      stage.google.sheets[index]!.reject(reason);
      await reached(button, 'ready');
    }
    const told = stage.events.filter(({ type }) => type === 'pay-dismissed' || type === 'pay-error');
    expect(told.map(({ type, detail }) => detail?.['code'] ?? type)).to.deep.equal([
      'pay-dismissed',
      'popup_blocked',
      'google_pay_error',
    ]);
  });

  it('B13 repeats nothing of what Google says about a failure', async () => {
    const { button, sheet } = await opened();
    sheet.reject({ statusCode: 'DEVELOPER_ERROR', statusMessage: 'SECRET-token', token: 'SECRET-token' });
    await reached(button, 'ready');
    expect(JSON.stringify(stage.events)).not.to.contain('SECRET');
    expect(button.shadowRoot!.textContent).not.to.contain('SECRET');
  });
});
