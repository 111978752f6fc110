import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { NextAction } from '../../../src/contract/next-action.js';
import { PayPhaseEvent } from '../../../src/elements/events.js';
import { PayButton } from '../../../src/elements/pay-button.js';
import { FakeMerchant, json, silence, threeds, view } from '../../support/browser/fake-merchant.js';
import { hasFrame, newChallenge, type StayingThreedsFrame } from '../../support/browser/threeds-stage.js';

customElements.define('pay-button', PayButton);

const VIEW = 'GET /pay/payments/p1';
const EVENTS = ['pay-phase', 'pay-error', 'pay-result', 'threeds-shown', 'threeds-error', 'threeds-return'];

describe('<pay-button> with the bank’s page in it', () => {
  const address = location.href;
  let merchant: FakeMerchant;
  beforeEach(() => (merchant = new FakeMerchant()));
  afterEach(() => {
    merchant.close();
    history.replaceState(null, '', address);
  });

  async function challenged() {
    const { frameUrl, token } = await newChallenge();
    const action = { ...threeds(), id: token, frameUrl } as NextAction;
    const answer = json(view({ status: 'requires_action', action }));
    merchant.reply(VIEW, answer, silence);
    history.replaceState(null, '', '?payment=p1');
    const home = await fixture<HTMLElement>(html`<div></div>`);
    const events: string[] = [];
    for (const name of EVENTS)
      home.addEventListener(name, (event) =>
        events.push(event instanceof PayPhaseEvent ? event.detail.phase : name),
      );
    home.innerHTML = '<pay-button endpoint="/pay" order-id="A-1" locale="en"></pay-button>';
    await oneEvent(home, 'threeds-shown');
    const button = home.firstElementChild as PayButton;
    const frame = button.shadowRoot!.querySelector('threeds-frame') as StayingThreedsFrame;
    return { home, button, frame, events, answer };
  }

  it('asks the server after it was moved, and goes to the bank again at the shopper’s word alone', async () => {
    const { home, button, frame, events, answer } = await challenged();
    const elsewhere = home.appendChild(document.createElement('div'));
    merchant.reply(VIEW, answer, silence);
    elsewhere.append(button);
    await merchant.asked(VIEW, 4);
    await button.updateComplete;
    expect(events).to.deep.equal(['challenge', 'threeds-shown', 'loading', 'checking']);
    expect(hasFrame(frame)).to.be.false;

    button.shadowRoot!.querySelector<HTMLElement>('#proceed')!.click();
    await oneEvent(home, 'threeds-shown');
    expect(button.phase).to.equal('challenge');
    expect(hasFrame(frame)).to.be.true;
  });

  it('tells the end once, also when it was moved in between', async () => {
    const { home, button, events } = await challenged();
    merchant.reply(VIEW, json(view({ status: 'approved', version: 2 })));
    home.appendChild(document.createElement('div')).append(button);
    await oneEvent(home, 'pay-result');
    expect(events.filter((name) => name.startsWith('pay-'))).to.deep.equal(['pay-result']);
    expect(button.phase).to.equal('done');
  });
});
