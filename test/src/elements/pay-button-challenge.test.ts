import { expect } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import type { NextAction } from '../../../src/contract/next-action.js';
import {
  ThreedsCancelEvent,
  ThreedsErrorEvent,
  ThreedsReturnEvent,
} from '../../../src/elements/threeds-events.js';
import { settled } from '../../support/browser/fake-clock.js';
import { held, json, offer, redirect, silence, threeds, view } from '../../support/browser/fake-merchant.js';
import {
  frameOf,
  googleButton,
  isShown,
  PayStage,
  reached,
  words,
  type StayingPayButton,
} from '../../support/browser/pay-stage.js';

const CREATE = 'POST /pay/payments';
const VIEW = 'GET /pay/payments/p1';
const CANCEL = 'POST /pay/payments/p1/cancel';
const FRAME_URL = `${location.origin}/pay/3ds/c1`;

describe('<pay-button> and the bank', () => {
  let stage: PayStage;
  beforeEach(() => {
    stage = new PayStage();
    stage.merchant.reply('GET /pay/offers/A-1', json(offer())).reply(VIEW, silence);
  });
  afterEach(() => stage.close());

  async function challenged(version: 1 | 2 = 2, template?: TemplateResult) {
    stage.merchant.reply(
      CREATE,
      json(view({ status: 'requires_action', action: threeds(version), version: 3 }), 201),
    );
    const button = await stage.button(template);
    await reached(button, 'ready');
    googleButton(button).click();
    (await stage.google.sheet()).confirm();
    await stage.merchant.asked(VIEW);
    return button;
  }

  const button = (element: Element, id: string) => element.shadowRoot!.querySelector<HTMLElement>(`#${id}`)!;

  it('shows the bank’s page in a dialog and waits for the payment to move on', async () => {
    const element = await challenged();
    expect(element.phase).to.equal('challenge');
    expect(frameOf(element).calls).to.deep.equal([`show modal 02 ${FRAME_URL}`]);
    expect(stage.merchant.to(VIEW)[0]!.path).to.equal('/pay/payments/p1?wait=20&after=3');
  });

  it('leaves the words to the bank’s check, which says them itself', async () => {
    expect(words(await challenged(), 'status')).to.equal('');
  });

  it('gives 3-D Secure 1 the whole page', async () => {
    const element = await challenged(1);
    expect(element.phase).to.equal('redirecting');
    expect(frameOf(element).calls).to.deep.equal([`show redirect 02 ${FRAME_URL}`]);
  });

  it('shows the bank where the page wants it', async () => {
    const element = await challenged(
      1,
      html`<pay-button endpoint="/pay" order-id="A-1" presentation="inline"></pay-button>`,
    );
    expect(frameOf(element).calls).to.deep.equal([`show inline 02 ${FRAME_URL}`]);
  });

  it('B7 asks the server at once when the bank sends the shopper back, and believes it alone', async () => {
    const element = await challenged();
    const answer = held();
    stage.merchant.reply(VIEW, answer.reply);
    frameOf(element).dispatchEvent(new ThreedsReturnEvent());
    expect(element.phase).to.equal('checking');
    const asked = await stage.merchant.asked(VIEW, 2);
    expect(stage.merchant.to(VIEW)[0]!.signal.aborted).to.equal(true);
    expect(asked.path).to.equal('/pay/payments/p1?wait=20&after=3');
    answer.release(view({ status: 'approved', version: 5 }));
    await reached(element, 'done');
    expect(words(element, 'status')).to.contain('Paid');
    expect(stage.detailsOf('pay-result')).to.have.length(1);
  });

  it('B7 many returns within a second are one question', async () => {
    const element = await challenged();
    for (let i = 0; i < 5; i += 1) {
      frameOf(element).dispatchEvent(new ThreedsReturnEvent());
      await settled();
    }
    expect(stage.merchant.to(VIEW)).to.have.length(2);
  });

  it('B7 makes of a stranger’s word one question to the server, wherever it comes from', async () => {
    const element = await challenged();
    const child = element.appendChild(document.createElement('p'));
    for (const stranger of [element, child, document.body]) stranger.dispatchEvent(new ThreedsReturnEvent());
    await settled();
    expect(element.phase).to.equal('challenge');
    expect(stage.merchant.to(VIEW)).to.have.length(1);

    frameOf(element).dispatchEvent(new ThreedsReturnEvent());
    await stage.merchant.asked(VIEW, 2);
    for (let i = 0; i < 100; i += 1) frameOf(element).dispatchEvent(new ThreedsReturnEvent());
    await settled();
    expect(stage.merchant.to(VIEW)).to.have.length(2);
    expect(element.payment?.status).to.equal('requires_action');
    expect(stage.detailsOf('pay-result')).to.deep.equal([]);
    expect(stage.detailsOf('pay-error')).to.deep.equal([]);
  });

  it('asks nothing when a return is claimed while there is no payment', async () => {
    const element = await challenged();
    stage.merchant.reply(CANCEL, json(view({ status: 'cancelled', version: 4 })));
    element.cancel();
    await reached(element, 'done');
    element.reset();
    await reached(element, 'ready');
    const asked = stage.merchant.requests.length;
    frameOf(element).dispatchEvent(new ThreedsReturnEvent());
    await settled();
    expect(element.phase).to.equal('ready');
    expect(stage.merchant.requests).to.have.length(asked);
  });

  it('has nothing of the bank in the page before there is a check', async () => {
    const element = await stage.button();
    await reached(element, 'ready');
    expect(element.shadowRoot!.querySelector('threeds-frame')).to.equal(null);
  });

  it('shows no bank’s page that was given up before it was there', async () => {
    stage.merchant.reply(CANCEL, silence);
    const giveUp = ({ detail, target }: HTMLElementEventMap['pay-phase']) => {
      if (detail.phase === 'challenge') queueMicrotask(() => (target as StayingPayButton).cancel());
    };
    document.addEventListener('pay-phase', giveUp);
    const element = await challenged();
    document.removeEventListener('pay-phase', giveUp);
    await settled();
    expect(element.phase).to.equal('checking');
    expect(frameOf(element).calls).to.deep.equal(['close']);
  });

  it('has said its last word with the result: no error of the bank’s page follows', async () => {
    const answer = held();
    stage.merchant.reply(VIEW, answer.reply);
    const element = await challenged();
    answer.release(view({ status: 'approved', version: 6 }));
    await reached(element, 'done');
    const told = stage.events.length;
    frameOf(element).dispatchEvent(new ThreedsErrorEvent('interrupted'));
    frameOf(element).dispatchEvent(new ThreedsReturnEvent());
    frameOf(element).dispatchEvent(new ThreedsCancelEvent());
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await settled();
    expect(stage.events.slice(told)).to.deep.equal([]);
    expect(element.phase).to.equal('done');
    expect(stage.merchant.to(CANCEL)).to.deep.equal([]);
  });

  it('leaves the bank’s page when the server has the answer before the bank says so', async () => {
    const answer = held();
    stage.merchant.reply(VIEW, answer.reply);
    const element = await challenged();
    answer.release(view({ status: 'approved', version: 6 }));
    await reached(element, 'done');
    expect(frameOf(element).calls.at(-1)).to.equal('close');
  });

  it('asks the server to cancel when the shopper leaves the bank, and shows what it says', async () => {
    const element = await challenged();
    const answer = held();
    stage.merchant.reply(CANCEL, answer.reply);
    frameOf(element).dispatchEvent(new ThreedsCancelEvent());
    await stage.merchant.asked(CANCEL);
    expect(element.phase).to.equal('checking');
    answer.release(view({ status: 'approved', version: 7 }));
    await reached(element, 'done');
    expect(words(element, 'status')).to.contain('Paid');
    expect(stage.detailsOf('pay-result')).to.have.length(1);
  });

  it('does not go back to what an older answer to the cancelling says', async () => {
    const element = await challenged();
    const [newer, older] = [held(), held()];
    stage.merchant.reply(VIEW, newer.reply, silence).reply(CANCEL, older.reply);
    element.cancel();
    await stage.merchant.asked(CANCEL);
    document.dispatchEvent(new Event('visibilitychange'));
    await stage.merchant.asked(VIEW, 2);
    newer.release(view({ version: 5 }));
    await settled();
    older.release(view({ status: 'requires_action', action: threeds(), version: 4 }));
    await settled();
    expect(element.payment?.version).to.equal(5);
  });

  it('cancels nothing when the page keeps the check open', async () => {
    const element = await challenged();
    element.addEventListener('threeds-cancel', (event) => event.preventDefault());
    frameOf(element).dispatchEvent(new ThreedsCancelEvent());
    await Promise.resolve();
    await Promise.resolve();
    expect(element.phase).to.equal('challenge');
    expect(stage.merchant.to(CANCEL)).to.have.length(0);
  });

  it('cancel() does what leaving the bank does', async () => {
    const element = await challenged();
    stage.merchant.reply(CANCEL, json(view({ status: 'cancelled', version: 8 })));
    element.cancel();
    await reached(element, 'done');
    expect(words(element, 'status')).to.contain('cancelled');
    expect(frameOf(element).calls).to.include('close');
  });

  it('offers the whole window where the bank’s page cannot be shown in this one', async () => {
    const element = await challenged();
    frameOf(element).dispatchEvent(new ThreedsErrorEvent('blocked_by_policy'));
    expect(element.phase).to.equal('checking');
    expect(stage.detailsOf('pay-error')[0]).to.deep.include({ code: 'threeds_error', recoverable: true });
    await element.updateComplete;
    button(element, 'proceed').click();
    expect(element.phase).to.equal('redirecting');
    await element.updateComplete;
    expect(frameOf(element).calls.at(-1)).to.equal(`show redirect 02 ${FRAME_URL}`);
  });

  it('takes a hidden frame for no end: the challenge goes on', async () => {
    const element = await challenged();
    frameOf(element).dispatchEvent(new ThreedsErrorEvent('not_visible'));
    expect(element.phase).to.equal('challenge');
  });

  it('keeps the bank’s page open that came back with the page, as it stood, and asks the server', async () => {
    stage.merchant.reply(VIEW, silence);
    const element = await challenged();
    const asked = stage.merchant.to(VIEW).length;
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await stage.merchant.asked(VIEW, asked + 1);
    expect(element.phase).to.equal('challenge');
    expect(frameOf(element).calls).not.to.include('close');
  });

  it('waits for the shopper who came back from the provider’s page without an answer', async () => {
    stage.merchant
      .reply(CREATE, json(view({ status: 'requires_action', action: redirect(), version: 2 }), 201))
      .reply(CANCEL, json(view({ status: 'cancelled', version: 3 })));
    const element = await stage.button();
    await reached(element, 'ready');
    googleButton(element).click();
    (await stage.google.sheet()).confirm();
    await reached(element, 'redirecting');

    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await reached(element, 'checking');
    await stage.merchant.asked(VIEW, 2);
    expect(isShown(button(element, 'proceed'))).to.equal(true);
    button(element, 'proceed').click();
    await reached(element, 'redirecting');
    expect(element.visits).to.have.length(2);

    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await reached(element, 'checking');
    button(element, 'cancel').click();
    await reached(element, 'done');
    expect(stage.detailsOf('pay-result')).to.have.length(1);
  });

  it('shows the next bank check of the payment as it showed the first', async () => {
    const element = await challenged();
    const action = { ...threeds(), id: 'c2', frameUrl: `${FRAME_URL}-2` } as NextAction;
    stage.merchant.reply(VIEW, json(view({ status: 'requires_action', action, version: 4 })), silence);
    frameOf(element).dispatchEvent(new ThreedsReturnEvent());
    await stage.merchant.asked(VIEW, 3);
    expect(element.phase).to.equal('challenge');
    expect(frameOf(element).calls.at(-1)).to.equal(`show modal 02 ${FRAME_URL}-2`);
  });

  it('B13 tells the page nothing that could be replayed', async () => {
    const element = await challenged();
    stage.merchant.reply(VIEW, json(view({ status: 'approved', version: 9 })));
    frameOf(element).dispatchEvent(new ThreedsReturnEvent());
    await reached(element, 'done');
    const key = stage.merchant.to(CREATE)[0]!.headers.get('Idempotency-Key')!;
    const told = JSON.stringify(stage.events);
    for (const secret of ['SECRET', key, 'creq']) expect(told).not.to.contain(secret);
  });
});
