import { expect, fixture, html } from '@open-wc/testing';
import { settled } from '../../support/browser/fake-clock.js';
import { hostedOffer, json, offer, silence } from '../../support/browser/fake-merchant.js';
import {
  googleButton,
  isShown,
  part,
  PayStage,
  reached,
  type StayingPayButton,
} from '../../support/browser/pay-stage.js';

const PAY_JS = 'https://pay.google.com/gp/p/js/pay.js';

const byAttributes = html`
  <pay-button
    endpoint="/pay"
    order-id="A-1"
    locale="en"
    amount="1.00"
    currency="UAH"
    country="UA"
    gateway="procard"
    gateway-merchant-id="m"
    merchant-id="BCR2DN"
    merchant-name="Shop"
    environment="TEST"
  ></pay-button>
`;

describe('<pay-button>, Google Pay and the page', () => {
  let stage: PayStage;
  beforeEach(() => {
    stage = new PayStage();
    stage.merchant.reply('GET /pay/offers/A-1', json(offer()));
  });
  afterEach(() => stage.close());

  const changes: [string, (button: StayingPayButton) => void, () => unknown, unknown][] = [
    ['locale', (button) => (button.locale = 'uk'), () => stage.google.buttons.at(-1)!.buttonLocale, 'uk'],
    ['colour', (button) => (button.buttonColor = 'white'), () => stage.google.buttons.at(-1)!.buttonColor, 'white'], // prettier-ignore
    ['environment', (button) => (button.environment = 'PRODUCTION'), () => stage.google.clients.at(-1)!.environment, 'PRODUCTION'], // prettier-ignore
    ['merchant', (button) => (button.merchantName = 'Bakery'), () => stage.google.clients.at(-1)!.merchantInfo?.merchantName, 'Bakery'], // prettier-ignore
    ['gateway', (button) => (button.gatewayMerchantId = 'm2'), () => lastGateway(), { gateway: 'procard', gatewayMerchantId: 'm2' }], // prettier-ignore
  ];
  function lastGateway(): unknown {
    const [method] = stage.google.sheets.at(-1)!.request.allowedPaymentMethods;
    return method!.tokenizationSpecification.parameters;
  }
  for (const [what, change, told, expected] of changes) {
    it(`makes Google’s button anew for another ${what}, and leaves one`, async () => {
      const button = await stage.button(byAttributes);
      await reached(button, 'ready');
      change(button);
      await reached(button, 'loading');
      await reached(button, 'ready');
      googleButton(button).click();
      expect(told()).to.deep.equal(expected);
      expect(part(button, 'google-pay').children).to.have.length(1);
      expect(stage.google.sheets).to.have.length(1);
    });
  }

  it('changed many times at once ends with the last look, and one button', async () => {
    const button = await stage.button(byAttributes);
    for (const color of ['white', 'black', 'default']) {
      button.buttonColor = color;
      await button.updateComplete;
    }
    await reached(button, 'ready');
    expect(stage.google.buttons.at(-1)!.buttonColor).to.equal('default');
    expect(part(button, 'google-pay').children).to.have.length(1);
  });

  describe('with another method after Google Pay', () => {
    const both = json(offer({ methods: [...offer().methods, ...hostedOffer().methods] }));

    it('is made ready by no method of an offer that it has dropped', async () => {
      let release = (): void => undefined;
      stage.google.hold = new Promise((resolve) => (release = resolve));
      stage.merchant.reply('GET /pay/offers/A-1', both, silence);
      const button = await stage.button();
      await settled();
      expect(stage.google.clients).to.have.length(1);
      button.reset();
      release();
      await settled();
      expect(button.phase).to.equal('loading');
    });

    it('keeps to Google Pay however often its sheet breaks: only windows that do not open stand in its way', async () => {
      stage.merchant.reply('GET /pay/offers/A-1', both);
      const button = await stage.button();
      await reached(button, 'ready');
      for (const time of [0, 1]) {
        googleButton(button).click();
        stage.google.sheets[time]!.reject({ statusCode: 'DEVELOPER_ERROR' });
        await reached(button, 'ready');
        await button.updateComplete;
        expect(isShown(googleButton(button))).to.equal(true);
      }
    });

    it('says nothing of Google where the page takes the element away as it becomes ready', async () => {
      stage.google.readiness = 'error';
      stage.merchant.reply('GET /pay/offers/A-1', both);
      const button = await stage.button();
      const told: string[] = [];
      for (const name of ['pay-error', 'pay-ready'])
        button.addEventListener(name, ({ type }) => told.push(type));
      button.addEventListener('pay-phase', () => button.remove());
      await reached(button, 'ready');
      expect(told).to.deep.equal([]);
    });
  });

  describe('with pay.js still to come', () => {
    let scripts: HTMLScriptElement[];
    let PaymentsClient: typeof google.payments.api.PaymentsClient;
    beforeEach(() => {
      ({ PaymentsClient } = google.payments.api);
      stage.google.close();
      scripts = [];
      // Where the network begins: the script is not requested, and the test says how it went.
      document.head.append = (script) => void scripts.push(script as HTMLScriptElement);
    });
    afterEach(() => Reflect.deleteProperty(document.head, 'append'));

    const arrives = () => Object.assign(window, { google: { payments: { api: { PaymentsClient } } } });
    const asked = async () => {
      const button = await stage.button();
      await settled();
      return button;
    };

    it('B11 tells that pay.js was not loaded, and loads it again when asked', async () => {
      const button = await asked();
      scripts[0]!.dispatchEvent(new Event('error'));
      await reached(button, 'unavailable');
      expect(stage.detailsOf('pay-error').map(({ code, recoverable }) => [code, recoverable])).to.deep.equal([
        ['google_pay_unavailable', true],
      ]);
      button.shadowRoot!.querySelector<HTMLElement>('#retry')!.click();
      await settled();
      arrives();
      scripts[1]!.dispatchEvent(new Event('load'));
      await reached(button, 'ready');
      googleButton(button).click();
      expect(stage.google.sheets).to.have.length(1);
    });

    it('asks nobody again where the page has loaded pay.js after all', async () => {
      const button = await asked();
      scripts[0]!.dispatchEvent(new Event('error'));
      await reached(button, 'unavailable');
      arrives();
      button.reset();
      await reached(button, 'ready');
      expect(scripts).to.have.length(1);
    });

    it('shows every button of the page by one load', async () => {
      const first = await asked();
      const second = await stage.button();
      arrives();
      scripts[0]!.dispatchEvent(new Event('load'));
      await Promise.all([reached(first, 'ready'), reached(second, 'ready')]);
      expect(scripts).to.have.length(1);
    });

    it('A16 mounts nothing when pay.js comes after the element is gone', async () => {
      const button = await asked();
      button.remove();
      arrives();
      scripts[0]!.dispatchEvent(new Event('load'));
      await settled();
      expect(stage.google.clients).to.have.length(0);
      expect(googleButton(button)).to.equal(null);
    });
  });
});

/** A shop whose policy has no place for what Google Pay needs. */
const strictPage = (policy: string) => `<!doctype html>
  <meta http-equiv="content-security-policy" content="${policy}">
  <pay-button endpoint="/pay" order-id="A-1" locale="en"></pay-button>
  <script>
    const violations = [];
    addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));
    window.fetch = async () => Response.json(${JSON.stringify(offer())});
    for (const type of ['pay-ready', 'pay-error']) {
      addEventListener(type, ({ detail }) => setTimeout(() => parent.postMessage({ type, code: detail.code, violations }, '*')));
    }
  </script>
  <script type="module" src="${location.origin}/src/define.ts"></script>`;

describe('<pay-button> on a page that blocks pay.js', () => {
  const policies: [string, string, string][] = [
    [
      'by its addresses of scripts',
      `script-src 'unsafe-inline' ${location.origin}`,
      `script-src-elem ${PAY_JS}`,
    ],
    [
      'by a list of policies without ours',
      `require-trusted-types-for 'script'; trusted-types lit-html`,
      'trusted-types trusted-types-policy',
    ],
  ];
  for (const [how, policy, violation] of policies) {
    it(`B11 says so, where the page does it ${how}`, async () => {
      const told = new Promise<unknown>((resolve) =>
        window.addEventListener('message', ({ data }) => resolve(data), { once: true }),
      );
      await fixture(html`<iframe title="shop" .srcdoc=${strictPage(policy)}></iframe>`);
      expect(await told).to.deep.equal({
        type: 'pay-error',
        code: 'google_pay_unavailable',
        violations: [violation],
      });
    });
  }
});
