import { expect, fixture, html } from '@open-wc/testing';
import { PayButton } from '../../../src/elements/pay-button.js';
import { json, offer } from '../../support/browser/fake-merchant.js';
import { googleButton, PayStage, reached } from '../../support/browser/pay-stage.js';

const MARKUP = '<pay-button endpoint="/pay" order-id="A-1" locale="en"></pay-button>';

/** Every way in which a page comes to an element; each gives one that is in the page, and in nothing else. */
const WAYS: Record<string, (home: HTMLElement) => void> = {
  innerHTML: (home) => (home.innerHTML = MARKUP),
  insertAdjacentHTML: (home) => home.insertAdjacentHTML('beforeend', MARKUP),
  'document.createElement': (home) => home.append(withAttributes(document.createElement('pay-button'))),
  'its constructor': (home) => {
    const Constructor = customElements.get('pay-button') as typeof PayButton;
    home.append(withAttributes(new Constructor()));
  },
  'properties alone': (home) =>
    home.append(Object.assign(document.createElement('pay-button'), { endpoint: '/pay', orderId: 'A-1' })),
  'properties, once it is in the page': (home) =>
    Object.assign(home.appendChild(document.createElement('pay-button')), {
      endpoint: '/pay',
      orderId: 'A-1',
    }),
  'a template': (home) => {
    const template = document.createElement('template');
    template.innerHTML = MARKUP;
    home.append(document.importNode(template.content, true));
  },
  'a template, cloned without being imported': (home) => {
    const template = document.createElement('template');
    template.innerHTML = MARKUP;
    home.append(template.content.cloneNode(true));
  },
  'another document': (home) =>
    home.append(document.adoptNode(new DOMParser().parseFromString(MARKUP, 'text/html').body.firstChild!)),
  'a range': (home) => home.append(document.createRange().createContextualFragment(MARKUP)),
};

function withAttributes(element: Element): Element {
  for (const [name, value] of [
    ['endpoint', '/pay'],
    ['order-id', 'A-1'],
  ] as const)
    element.setAttribute(name, value);
  return element;
}

describe('<pay-button>, however it is created', () => {
  let stage: PayStage;
  let home: HTMLElement;
  beforeEach(async () => {
    stage = new PayStage();
    stage.merchant.reply('GET /pay/offers/A-1', json(offer()));
    home = await fixture(html`<div></div>`);
  });
  afterEach(() => stage.close());

  for (const [way, create] of Object.entries(WAYS)) {
    it(`is ready when it comes by ${way}`, async () => {
      create(home);
      const button = home.querySelector('pay-button')!;
      await reached(button, 'ready');
      expect(isMounted(button)).to.equal(true);
      expect(stage.merchant.to('GET /pay/offers/A-1')).to.have.length(1);
    });
  }

  it('carries no attribute, holds nothing and asks for nothing before it is in a page', () => {
    const { attributes, childNodes, shadowRoot } = withAttributes(document.createElement('pay-button'));
    expect(attributes.length).to.equal(2);
    expect(childNodes.length).to.equal(0);
    expect(shadowRoot).to.equal(null);
    expect(stage.merchant.requests).to.have.length(0);
  });

  it('is a button of its own when one that is ready is cloned', async () => {
    home.innerHTML = MARKUP;
    const first = home.querySelector('pay-button')!;
    await reached(first, 'ready');
    const second = first.cloneNode(true) as PayButton;
    expect(second.phase).to.equal('loading');
    home.append(second);
    await reached(second, 'ready');
    first.remove();
    expect([isMounted(first), isMounted(second)]).to.deep.equal([false, true]);
  });

  it('keeps the properties and attributes that a page set before the script came', async () => {
    const early = document.createElement('pay-late');
    Object.assign(early, { orderId: 'A-1', locale: 'en' });
    early.setAttribute('endpoint', '/pay');
    home.append(early);
    customElements.define('pay-late', class extends PayButton {});
    const button = early as PayButton;
    await reached(button, 'ready');
    button.orderId = 'A-2'; // its own property would now hide that of the class
    await button.updateComplete;
    expect(stage.merchant.to('GET /pay/offers/A-2')).to.have.length(1);
  });
});

function isMounted(button: Element): boolean {
  return googleButton(button) !== null;
}
