import { expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import { json, offer, silence, view } from '../../support/browser/fake-merchant.js';
import {
  googleButton,
  part,
  PayStage,
  reached,
  type StayingPayButton,
} from '../../support/browser/pay-stage.js';

/** What Google's brand pages for the web ask for. */
describe('Google’s brand rules', () => {
  let stage: PayStage;
  beforeEach(() => {
    stage = new PayStage();
    stage.merchant.reply('GET /pay/offers/A-1', json(offer()));
  });
  afterEach(() => stage.close());

  const between = (width: string, style = '') => html`
    <div style="width: ${width}">
      <p style="margin: 0">Above</p>
      <pay-button endpoint="/pay" order-id="A-1" locale="en" style=${style}></pay-button>
    </div>
  `;

  async function shown(width: string, style?: string) {
    const page = await fixture(between(width, style));
    const element = page.querySelector('pay-button') as StayingPayButton;
    await reached(element, 'ready');
    const { left, right, top, bottom, height, width: inline } = part(element, 'google-pay').getBoundingClientRect(); // prettier-ignore
    return { page, element, left, right, top, bottom, height, inline };
  }

  for (const width of ['600px', '100px']) {
    it(`keeps 8 px clear on every side, and 240 px of width, in a column of ${width}`, async () => {
      const { page, element, left, right, top, bottom, inline } = await shown(width);
      const host = element.getBoundingClientRect();
      const above = page.firstElementChild!.getBoundingClientRect();
      const below = part(element, 'status').getBoundingClientRect();
      expect(left - host.left).to.equal(8);
      expect(host.right - right).to.equal(8);
      expect(top - above.bottom).to.be.at.least(8);
      expect(below.top - bottom).to.be.at.least(8);
      expect(inline).to.be.at.least(240);
    });
  }

  it('keeps 8 px clear also where the page takes every margin and padding away', async () => {
    const reset = await fixture(
      html`<style>
        * {
          margin: 0;
          padding: 0;
        }
      </style>`,
    );
    const { page, left, top } = await shown('600px');
    const host = page.querySelector('pay-button')!.getBoundingClientRect();
    expect(left - host.left).to.equal(8);
    expect(top - page.firstElementChild!.getBoundingClientRect().bottom).to.be.at.least(8);
    reset.remove();
  });

  it('is never lower than 40 px, whatever height the page asks for', async () => {
    expect((await shown('600px')).height).to.equal(48);
    expect((await shown('600px', '--pay-button-height: 20px')).height).to.equal(40);
    expect((await shown('600px', '--pay-button-height: 60px')).height).to.equal(60);
  });

  it('is at least as large as the button to the provider’s page', async () => {
    const { element, height, inline } = await shown('600px');
    stage.merchant.reply('GET /pay/offers/A-1', json(offer({ methods: [{ type: 'hosted-page' }] })));
    element.reset();
    await reached(element, 'loading');
    await reached(element, 'ready');
    const own = part(element, 'button').getBoundingClientRect();
    expect([own.height, own.width]).to.deep.equal([height, inline]);
  });

  it('styles nothing of the button itself, which only gets a ring around it when the keyboard is there', async () => {
    const { element } = await shown('600px');
    const rules = element.shadowRoot!.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules]);
    const touching = () =>
      rules
        .filter((rule) => rule instanceof CSSStyleRule)
        .filter(({ selectorText }) => googleButton(element).matches(selectorText))
        .flatMap(({ style }) => [...style].map((name) => name.split('-')[0]));
    expect(touching()).to.deep.equal([]);
    googleButton(element).focus({ focusVisible: true });
    expect(new Set(touching())).to.deep.equal(new Set(['outline']));
  });

  // pay.js as published in December 2022 (github.com/google/payjs) adds its styles once per root, and never again: a
  // root that is rendered anew leaves a button of 16 px.
  it('keeps the styles that pay.js puts beside the button, through every phase', async () => {
    const { element } = await shown('600px');
    const style = document.createElement('style');
    element.shadowRoot!.append(style);
    stage.merchant
      .reply('POST /pay/payments', json(view({ status: 'declined', decline: { reason: 'other' } }), 201))
      .reply('GET /pay/payments/p1', silence);
    googleButton(element).click();
    (await stage.google.sheet()).confirm();
    await reached(element, 'done');
    element.reset();
    await reached(element, 'ready');
    expect(style.isConnected).to.equal(true);
  });
});
