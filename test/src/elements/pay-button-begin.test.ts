import { expect } from '@open-wc/testing';
import { hostedOffer, json } from '../../support/browser/fake-merchant.js';
import { PayStage, reached } from '../../support/browser/pay-stage.js';

describe('<pay-button> for the provider’s page', () => {
  let stage: PayStage;
  beforeEach(() => {
    stage = new PayStage();
    stage.merchant.reply('GET /pay/offers/A-1', json(hostedOffer()));
  });
  afterEach(() => stage.close());

  it('begins nothing that the page does not allow', async () => {
    const button = await stage.button();
    await reached(button, 'ready');
    button.addEventListener('pay-begin', (event) => event.preventDefault());
    button.pay();
    expect(button.phase).to.equal('ready');
    expect(stage.merchant.to('POST /pay/payments')).to.have.length(0);
  });
});
