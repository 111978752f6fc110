import { expect } from '@open-wc/testing';
import { held, json, silence, view } from '../../support/browser/fake-merchant.js';
import { settled } from '../../support/browser/fake-clock.js';
import { PayStage } from '../../support/browser/pay-stage.js';

const OFFER = 'GET /pay/offers/A-1';
const VIEW = 'GET /pay/payments/p1';

/** An answer takes fewer steps than this from the network to the page's events. */
const STEPS = 40;

describe('<pay-button> left while an answer is on its way through it', () => {
  let stage: PayStage;
  beforeEach(() => (stage = new PayStage()));
  afterEach(() => stage.close());

  it('shows nothing of a payment that was left, in whatever step of its answer', async () => {
    for (let steps = 0; steps < STEPS; steps += 1) {
      const answer = held();
      stage.visit('payment=p1');
      stage.merchant.reply(OFFER, silence).reply(VIEW, json(view()), answer.reply);
      const button = await stage.button();
      await stage.merchant.asked(VIEW, 2 * (steps + 1));
      answer.release(view({ status: 'approved', version: 2 }));
      for (let step = 0; step < steps; step += 1) await Promise.resolve();
      button.reset();
      await settled();
      expect([button.phase, button.payment], `after ${steps} steps`).to.deep.equal(['loading', null]);
      button.remove();
    }
  });
});
