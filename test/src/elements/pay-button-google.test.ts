import { expect, oneEvent } from '@open-wc/testing';
import { html } from 'lit';
import { hostedOffer, json, offer, view } from '../../support/browser/fake-merchant.js';
import { FakeClock, settled } from '../../support/browser/fake-clock.js';
import { emulateMedia, naturalMedia } from '../../support/browser/media.js';
import { googleButton, isShown, part, PayStage, reached, words } from '../../support/browser/pay-stage.js';

const OFFER = 'GET /pay/offers/A-1';

describe('<pay-button> and Google Pay', () => {
  let stage: PayStage;
  beforeEach(() => {
    stage = new PayStage();
    stage.merchant.reply(OFFER, json(offer()));
  });
  afterEach(async () => {
    stage.close();
    await naturalMedia();
  });

  const both = () => json(offer({ methods: [...offer().methods, ...hostedOffer().methods] }));

  async function openSheet() {
    const button = await stage.button();
    await reached(button, 'ready');
    googleButton(button).click();
    return { button, sheet: await stage.google.sheet() };
  }

  const closings: [string, () => unknown][] = [
    ['as a popup', () => ({ statusCode: 'CANCELED' })],
    [
      'as a payment request',
      () => Object.assign(new DOMException('closed', 'AbortError'), { statusCode: 'CANCELED' }),
    ],
  ];
  for (const [kind, reason] of closings) {
    it(`B11 a sheet closed ${kind} is no error: the button is usable again`, async () => {
      const { button, sheet } = await openSheet();
      sheet.reject(reason());
      await reached(button, 'ready');
      expect(stage.detailsOf('pay-dismissed')).to.have.length(1);
      expect(stage.detailsOf('pay-error')).to.have.length(0);
      googleButton(button).click();
      expect(stage.google.sheets).to.have.length(2);
    });
  }

  const failures: [string, unknown, string][] = [
    ['the popup was blocked', 'failed to open window', 'popup_blocked'],
    ['the request was wrong', { statusCode: 'DEVELOPER_ERROR' }, 'google_pay_error'],
    [
      'show() was refused',
      Object.assign(new DOMException('no', 'SecurityError'), { statusCode: 'CANCELED' }),
      'google_pay_error',
    ],
    ['nothing is known', undefined, 'google_pay_error'],
  ];
  for (const [kind, reason, code] of failures) {
    it(`B11 tells that ${kind}, and the button is usable again`, async () => {
      const { button, sheet } = await openSheet();
      sheet.reject(reason ?? new Error());
      await reached(button, 'ready');
      expect(stage.detailsOf('pay-error').map(({ code, recoverable }) => [code, recoverable])).to.deep.equal([
        [code, true],
      ]);
      expect(words(button, 'message')).not.to.equal('');
      googleButton(button).click();
      expect(stage.google.sheets).to.have.length(2);
      await button.updateComplete;
      expect(words(button, 'message')).to.equal('');
    });
  }

  it('offers the provider’s page, with the reason, where windows do not open, as in apps’ web views', async () => {
    stage.merchant.reply(OFFER, both());
    const { button, sheet } = await openSheet();
    sheet.reject('failed to open window');
    await reached(button, 'ready');
    await button.updateComplete;
    expect(isShown(part(button, 'google-pay')), 'windows may be allowed by now').to.equal(true);
    googleButton(button).click();
    stage.google.sheets[1]!.reject('failed to open window');
    await reached(button, 'ready');
    await button.updateComplete;
    expect(isShown(part(button, 'button'))).to.equal(true);
    expect(isShown(part(button, 'google-pay'))).to.equal(false);
    expect(words(button, 'message')).to.contain('blocked the payment window');
    stage.merchant.reply('POST /pay/payments', json(view({ status: 'approved' }), 201));
    button.pay();
    await reached(button, 'done');
    const sent = stage.merchant.to('POST /pay/payments')[0]!.body as { method: { type: string } };
    expect(sent.method.type).to.equal('hosted-page');
  });

  it('keeps to Google Pay where no window opens and the page asks for nothing else', async () => {
    stage.merchant.reply(OFFER, both());
    const button = await stage.button(
      html`<pay-button endpoint="/pay" order-id="A-1" method="google-pay"></pay-button>`,
    );
    await reached(button, 'ready');
    for (const time of [0, 1]) {
      googleButton(button).click();
      stage.google.sheets[time]!.reject('failed to open window');
      await reached(button, 'ready');
      await button.updateComplete;
      expect(isShown(googleButton(button))).to.equal(true);
    }
  });

  it('offers the provider’s page where Google cannot pay', async () => {
    stage.google.readiness = 'no';
    stage.merchant.reply(OFFER, both());
    const button = await stage.button();
    await reached(button, 'ready');
    expect(isShown(part(button, 'button'))).to.equal(true);
    expect(googleButton(button)).to.equal(null);
    expect(stage.detailsOf('pay-ready')).to.deep.equal([{ method: 'hosted-page' }]);
    expect(stage.detailsOf('pay-error')).to.have.length(0);
  });

  it('tells the page alone why the provider’s page stands in for a Google Pay that fails', async () => {
    stage.google.readiness = 'error';
    stage.merchant.reply(OFFER, both());
    const button = await stage.button();
    await reached(button, 'ready');
    expect(stage.events.filter(({ type }) => type !== 'pay-phase').map(({ type }) => type)).to.deep.equal([
      'pay-error',
      'pay-ready',
    ]);
    expect(stage.detailsOf('pay-error')[0]).to.deep.include({
      code: 'google_pay_unavailable',
      recoverable: true,
    });
    expect(stage.detailsOf('pay-ready')).to.deep.equal([{ method: 'hosted-page' }]);
    expect(words(button, 'message')).to.equal('');
    expect(isShown(part(button, 'button'))).to.equal(true);
  });

  it('is not ready where the page takes the element away at that', async () => {
    stage.google.readiness = 'error';
    stage.merchant.reply(OFFER, both());
    const button = await stage.button();
    let isReady = false;
    button.addEventListener('pay-ready', () => (isReady = true));
    button.addEventListener('pay-error', () => button.remove());
    await oneEvent(button, 'pay-error');
    await settled();
    expect(isReady).to.equal(false);
  });

  it('says so where Google cannot pay and there is nothing else', async () => {
    stage.google.readiness = 'no';
    const button = await stage.button();
    await reached(button, 'unavailable');
    expect(stage.detailsOf('pay-error')[0]).to.deep.include({ code: 'no_method', recoverable: false });
    expect(words(button, 'message')).to.contain('cannot be paid in this browser');
  });

  it('says so where Google’s own check fails, and tries again when asked', async () => {
    stage.google.readiness = 'error';
    const button = await stage.button();
    await reached(button, 'unavailable');
    expect(stage.detailsOf('pay-error')[0]).to.deep.include({
      code: 'google_pay_unavailable',
      recoverable: true,
    });
    stage.google.readiness = 'yes';
    button.shadowRoot!.querySelector<HTMLElement>('#retry')!.click();
    await reached(button, 'ready');
  });

  it('gives Google up when it is silent for 10 s', async () => {
    const clock = new FakeClock();
    try {
      stage.google.readiness = 'silent';
      const button = await stage.button();
      await clock.tick(9_000);
      expect(button.phase).to.equal('loading');
      await clock.tick(1_500);
      expect(button.phase).to.equal('unavailable');
      expect(googleButton(button)).to.equal(null);
    } finally {
      clock.close();
    }
  });

  it('gives every sheet a request of its own, since Google writes into it', async () => {
    const { button, sheet } = await openSheet();
    sheet.reject({ statusCode: 'CANCELED' });
    await reached(button, 'ready');
    googleButton(button).click();
    expect(stage.google.sheets).to.have.length(2);
    expect(stage.google.sheets[1]!.request).to.deep.equal(sheet.request);
  });

  it('A16 mounts nothing when Google answers after the element is gone', async () => {
    let release = (): void => undefined;
    stage.google.hold = new Promise((resolve) => (release = resolve));
    const button = await stage.button();
    await stage.merchant.asked(OFFER);
    await settled();
    expect(stage.google.clients).to.have.length(1);
    button.remove();
    release();
    await settled();
    expect(stage.google.buttons).to.have.length(0);
  });

  it('leaves what the page did not choose to Google', async () => {
    const button = await stage.button();
    await reached(button, 'ready');
    const unset = Object.entries(stage.google.buttons[0]!).filter(([, value]) => value === null);
    expect(unset.map(([name]) => name)).to.deep.equal([]);
  });

  it('builds one client for buttons that are alike, however often they are mounted', async () => {
    const clients = stage.google.clients.length;
    for (let mounts = 0; mounts < 3; mounts += 1) {
      const button = await stage.button();
      await reached(button, 'ready');
      button.remove();
    }
    expect(stage.google.clients.length - clients).to.be.at.most(1);
  });

  it('takes only the method it is told to', async () => {
    stage.merchant.reply(OFFER, both());
    const button = await stage.button(
      html`<pay-button endpoint="/pay" order-id="A-1" method="hosted-page"></pay-button>`,
    );
    await reached(button, 'ready');
    expect(stage.google.clients).to.have.length(0);
    expect(isShown(part(button, 'button'))).to.equal(true);
  });

  it('gives Google the look, two letters of locale, and our name', async () => {
    const button = await stage.button(
      html`<pay-button
        endpoint="/pay"
        order-id="A-1"
        locale="uk"
        button-color="white"
        button-type="pay"
        button-radius="8"
      ></pay-button>`,
    );
    await reached(button, 'ready');
    expect(stage.google.buttons[0]).to.deep.include({
      buttonColor: 'white',
      buttonType: 'pay',
      buttonRadius: 8,
      buttonSizeMode: 'fill',
      buttonLocale: 'uk',
      buttonRootNode: button.shadowRoot,
    });
    expect(stage.google.clients[0]!.merchantInfo?.softwareInfo?.id).to.equal('pay-elements');
  });

  it('leaves the words and the size to Google where the page wants it so', async () => {
    const button = await stage.button(
      html`<pay-button endpoint="/pay" order-id="A-1" locale="en" button-size-mode="static"></pay-button>`,
    );
    await reached(button, 'ready');
    expect(stage.google.buttons[0])
      .to.include({ buttonSizeMode: 'static' })
      .and.not.to.have.property('buttonType');
  });

  it('gives Google’s button no words where it has none: in Uzbek', async () => {
    const button = await stage.button(
      html`<pay-button endpoint="/pay" order-id="A-1" locale="uz"></pay-button>`,
    );
    await reached(button, 'ready');
    expect(stage.google.buttons[0]).to.deep.include({ buttonType: 'plain', buttonLocale: 'en' });
  });

  it('takes the white button on a page that is dark', async () => {
    const button = await stage.button(
      html`<pay-button endpoint="/pay" order-id="A-1" style="color-scheme: dark"></pay-button>`,
    );
    await reached(button, 'ready');
    expect(stage.google.buttons[0]!.buttonColor).to.equal('white');
  });

  it('takes the other colour when the device turns dark, on a page that follows it', async () => {
    const button = await stage.button(
      html`<pay-button endpoint="/pay" order-id="A-1" style="color-scheme: light dark"></pay-button>`,
    );
    await reached(button, 'ready');
    expect(stage.google.buttons[0]!.buttonColor).to.equal('black');
    const again = oneEvent(button, 'pay-ready');
    await emulateMedia(button, { colorScheme: 'dark' });
    await again;
    expect(stage.google.buttons.at(-1)!.buttonColor).to.equal('white');

    button.remove();
    let updates = 0;
    button.requestUpdate = () => void (updates += 1);
    const light = oneEvent(matchMedia('(prefers-color-scheme: light)'), 'change');
    await naturalMedia();
    await light;
    expect(updates).to.equal(0);
  });

  it('gives Google the page’s nonce, and adds no style of its own', async () => {
    const button = await stage.button(
      html`<pay-button endpoint="/pay" order-id="A-1" locale="en" .nonce=${'n0nce'}></pay-button>`,
    );
    await reached(button, 'ready');
    expect(button.shadowRoot!.querySelector('style')).to.equal(null);
    expect(stage.google.clients[0]!.nonce).to.equal('n0nce');
  });

  it('counts a new price from the next click, without another button', async () => {
    const button = await stage.button(html`
      <pay-button
        endpoint="/pay"
        order-id="A-1"
        amount="1.00"
        currency="UAH"
        country="UA"
        gateway="procard"
        gateway-merchant-id="m"
        merchant-name="Shop"
        environment="TEST"
      ></pay-button>
    `);
    await reached(button, 'ready');
    button.amount = '2.50';
    await button.updateComplete;
    googleButton(button).click();
    expect(stage.google.sheets[0]!.request.transactionInfo).to.deep.include({ totalPrice: '2.50' });
    expect(stage.google.clients).to.have.length(1);
  });

  it('replaces Google’s button when anything else changes', async () => {
    const button = await stage.button();
    await reached(button, 'ready');
    button.buttonColor = 'white';
    await button.updateComplete;
    expect(button.phase).to.equal('loading');
    await reached(button, 'ready');
    expect(stage.google.buttons.at(-1)!.buttonColor).to.equal('white');
    expect(part(button, 'google-pay').children).to.have.length(1);
  });
});
