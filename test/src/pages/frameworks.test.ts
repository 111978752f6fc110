import { expect, fixture, html } from '@open-wc/testing';
import type { PayButton } from '../../../src/elements/pay-button.js';
import { json, offer, view } from '../../support/browser/fake-merchant.js';
import { googleButton, PayStage, reached } from '../../support/browser/pay-stage.js';

describe('<pay-button> in the hands of frameworks', () => {
  let stage: PayStage;
  let button: PayButton;
  beforeEach(async () => {
    stage = new PayStage();
    stage.merchant.reply('GET /pay/offers/A-1', json(offer()));
    stage.merchant.reply('GET /pay/offers/1001', json(offer({ orderId: '1001' })));
    button = await stage.button();
    await reached(button, 'ready');
  });
  afterEach(() => stage.close());

  const clients = () => stage.google.buttons.length;
  const settle = async () => {
    await button.updateComplete;
    await new Promise((resolve) => setTimeout(resolve));
    await button.updateComplete;
  };

  it('takes null, undefined and no attribute for "not given", and begins nothing anew over them', async () => {
    for (const nothing of [null, undefined]) {
      Object.assign(button, {
        ...{
          method: nothing,
          presentation: nothing,
          returnUrl: nothing,
          amount: nothing,
          merchantId: nothing,
        },
        ...{ buttonColor: nothing, buttonType: nothing, buttonRadius: nothing },
      });
      await settle();
    }
    button.setAttribute('method', 'auto');
    button.removeAttribute('method');
    await settle();
    expect(button.phase).to.equal('ready');
    expect(clients()).to.equal(1);
    expect(stage.detailsOf('pay-error')).to.deep.equal([]);
  });

  it('takes up again what was removed and set in two renderings', async () => {
    button.removeAttribute('order-id');
    await reached(button, 'invalid');
    button.setAttribute('order-id', 'A-1');
    await reached(button, 'ready');
    expect(googleButton(button) !== null).to.equal(true);
  });

  it('sees no change where attributes are removed and set within one', async () => {
    for (const { name, value } of [...button.attributes]) {
      button.removeAttribute(name);
      button.setAttribute(name, value);
    }
    await settle();
    expect(clients()).to.equal(1);
    expect(stage.detailsOf('pay-error')).to.deep.equal([]);
  });

  it('takes numbers for the texts that they are written as', async () => {
    const parts = offer().methods[0];
    if (parts?.type !== 'google-pay') throw new Error('the offer has changed');
    const { gateway, gatewayMerchantId, merchantName, environment } = parts;
    Object.assign(button, {
      ...{ orderId: 1001, amount: 125.25, currency: 'UAH', country: 'UA', buttonRadius: 0 },
      ...{ gateway, gatewayMerchantId, merchantName, environment },
    });
    await settle();
    await reached(button, 'ready');
    stage.merchant.reply('POST /pay/payments', json(view({ orderId: '1001', status: 'approved' }), 201));
    button.pay();
    (await stage.google.sheet()).confirm();
    await reached(button, 'done');
    const { body } = stage.merchant.to('POST /pay/payments')[0]!;
    expect(body).to.deep.include({ orderId: '1001', expected: { minor: 12_525, currency: 'UAH' } });
    expect(stage.google.buttons.at(-1)?.buttonRadius).to.equal(0);
  });

  it('can be moved about a list: one button stands and pays', async () => {
    const list = await fixture(
      html`<ul>
        <li></li>
        <li></li>
      </ul>`,
    );
    for (const place of [...list.children, ...list.children]) place.append(button);
    await button.updateComplete;
    await reached(button, 'ready');
    expect(button.shadowRoot!.querySelectorAll('[part=google-pay] button').length).to.equal(1);
    button.pay();
    expect(stage.google.sheets).to.have.length(1);
  });

  it('sends whole arrays and numbers where an old library taught them a JSON of their own', async () => {
    stage.merchant.reply('POST /pay/payments', json(view({ status: 'approved' }), 201));
    const taught = [Array, Number, String, Boolean];
    for (const { prototype } of taught) Object.assign(prototype, { toJSON: () => 'spoilt' });
    try {
      button.pay();
      (await stage.google.sheet()).confirm();
      await reached(button, 'done');
    } finally {
      for (const { prototype } of taught) Reflect.deleteProperty(prototype, 'toJSON');
    }
    expect(JSON.stringify(stage.merchant.to('POST /pay/payments')[0]?.body)).not.to.contain('spoilt');
  });
});
