import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import { axeProblems } from '../../support/browser/axe.js';
import { settled } from '../../support/browser/fake-clock.js';
import { hostedOffer, json, offline, problem, silence, view } from '../../support/browser/fake-merchant.js';
import { PayStage, reached } from '../../support/browser/pay-stage.js';

const CREATE = 'POST /pay/payments';
const VIEW = 'GET /pay/payments/p1';
const OFFER = 'GET /pay/offers/A-1';

describe('every phase, for everybody', () => {
  let stage: PayStage;
  beforeEach(() => {
    stage = new PayStage();
    stage.merchant.reply(OFFER, json(hostedOffer())).reply(VIEW, silence).reply(CREATE, silence);
  });
  afterEach(() => stage.close());

  async function status(template = html`<pay-status endpoint="/pay" payment-id="p1"></pay-status>`) {
    const element = await fixture(template);
    await settled();
    return element;
  }

  const answered =
    (answer: Parameters<PayStage['merchant']['reply']>[1], template?: TemplateResult) => () => {
      stage.merchant.reply(VIEW, answer, silence);
      return status(template);
    };

  async function clicked(answer: Parameters<PayStage['merchant']['reply']>[1]) {
    stage.merchant.reply(CREATE, answer);
    const button = await stage.button();
    await reached(button, 'ready');
    button.pay();
    return button;
  }

  async function ended(payment: Parameters<typeof view>[0]) {
    const button = await clicked(json(view(payment), 201));
    await reached(button, 'done');
    return button;
  }

  const receiptUrl = 'https://ofd.example/r';
  const phases: [name: string, arrange: () => Promise<Element>][] = [
    ['pay-status, checking', status],
    ['pay-status, offline', answered(offline)],
    ['pay-status, paid', answered(json(view({ status: 'approved', receiptUrl })))],
    ['pay-status, declined', answered(json(view({ status: 'declined', decline: { reason: 'other' } })))],
    ['pay-status, unknown', answered(problem('payment_not_found', 404))],
    ['pay-status, misspelt', answered(silence, html`<pay-status></pay-status>`)],
    ['pay-button, cancelled', () => ended({ status: 'cancelled' })],
    ['pay-button, expired', () => ended({ status: 'expired' })],
    ['pay-button, failed', () => ended({ status: 'failed' })],
    ['pay-button, checking', () => clicked(json(view({ status: 'processing' }), 201))],
    [
      'pay-button, unavailable',
      async () => {
        stage.merchant.reply(OFFER, problem('order_not_found', 404));
        const button = await stage.button();
        await reached(button, 'unavailable');
        return button;
      },
    ],
    [
      'pay-button, disabled',
      async () => {
        const button = await stage.button();
        await reached(button, 'ready');
        button.disabled = true;
        return button;
      },
    ],
  ];
  for (const [name, arrange] of phases) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`passes axe: ${name}, on a ${colorScheme} page`, async () => {
        const element = await arrange();
        const page = element.parentElement!;
        page.style.cssText = `color-scheme: ${colorScheme}; background: Canvas; color: CanvasText`;
        expect(await axeProblems(element)).to.deep.equal([]);
      });
    }
  }

  it('keeps every button of ours 44 pixels high', async () => {
    const button = await ended({ status: 'failed' });
    const shown = [...button.shadowRoot!.querySelectorAll('button')].filter((each) => each.checkVisibility());
    expect(shown).to.have.length(1);
    for (const each of shown) expect(each.getBoundingClientRect().height).to.be.at.least(44);
  });

  it('says how it ended once, politely, in the region that was there before', async () => {
    const button = await clicked(json(view({ status: 'approved' }), 201));
    const region = button.shadowRoot!.querySelector('[role=status]')!;
    const said: string[] = [];
    const watch = new MutationObserver(() => said.push(region.textContent.trim()));
    watch.observe(region, { characterData: true, childList: true, subtree: true });
    await oneEvent(button, 'pay-result');
    await button.updateComplete;
    button.requestUpdate();
    await button.updateComplete;
    expect(said.filter((words) => words.startsWith('Paid'))).to.have.length(1);
    expect(button.shadowRoot!.querySelector('[role=alert]')!.textContent.trim()).to.equal('');
    watch.disconnect();
  });
});
