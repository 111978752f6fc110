import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import type { Phase } from '../../../src/checkout/phase.js';
import { messagesFor, type Locale } from '../../../src/i18n/messages.js';
import { axeProblems, axeProblemsInBothSchemes } from '../../support/browser/axe.js';
import { settled } from '../../support/browser/fake-clock.js';
import {
  hostedOffer,
  json,
  offer,
  offline,
  problem,
  redirect,
  silence,
  threeds,
  view,
} from '../../support/browser/fake-merchant.js';
import { emulateMedia, naturalMedia } from '../../support/browser/media.js';
import { googleButton, part, PayStage, reached } from '../../support/browser/pay-stage.js';

const CREATE = 'POST /pay/payments';
const VIEW = 'GET /pay/payments/p1';
const OFFER = 'GET /pay/offers/A-1';

type Reply = Parameters<PayStage['merchant']['reply']>[1];
type Row = [state: string, arrange: () => Promise<Element>];

const receiptUrl = 'https://ofd.example/r';
const declined = { status: 'declined', decline: { reason: 'other' } } as const;
const waitsForShopper = (action = redirect()) => json(view({ status: 'requires_action', action }), 201);

let stage: PayStage;

async function button(phase: Phase['name'], offered: Reply = json(hostedOffer()), template?: TemplateResult) {
  stage.merchant.reply(OFFER, offered);
  const element = await stage.button(
    template ?? html`<pay-button endpoint="/pay" order-id="A-1"></pay-button>`,
  );
  await reached(element, phase);
  return element;
}

/** The shopper has clicked, and the server says this to it. */
async function clicked(answer: Reply, phase: Phase['name']) {
  stage.merchant.reply(CREATE, answer);
  const element = await button('ready');
  element.pay();
  await reached(element, phase);
  return element;
}

const ended = (part: Parameters<typeof view>[0]) => clicked(json(view(part), 201), 'done');

/** With Google's sheet open; confirmed where there is an answer to it. */
async function sheet(answer?: Reply, phase: Phase['name'] = 'sheet') {
  const element = await button('ready', json(offer()));
  googleButton(element).click();
  const opened = await stage.google.sheet();
  if (answer) {
    stage.merchant.reply(CREATE, answer);
    opened.confirm();
  }
  await reached(element, phase);
  return element;
}

async function back(answer: Reply) {
  stage.visit('payment=p1');
  stage.merchant.reply(VIEW, answer, silence);
  return button('checking');
}

/** Every phase has its rows: without them this does not compile. */
const PAY_BUTTON: Record<Phase['name'], [Row, ...Row[]]> = {
  loading: [['', () => button('loading', silence)]],
  ready: [
    ['for Google Pay', () => button('ready', json(offer()))],
    ['for the provider’s page', () => button('ready')],
    ['after a refusal', () => clicked(problem('order_busy'), 'ready')],
    [
      'disabled',
      () =>
        button('ready', undefined, html`<pay-button endpoint="/pay" order-id="A-1" disabled></pay-button>`),
    ],
  ],
  sheet: [['', () => sheet()]],
  submitting: [['', () => clicked(silence, 'submitting')]],
  challenge: [['', () => sheet(waitsForShopper(threeds()), 'challenge')]],
  redirecting: [['', () => clicked(waitsForShopper(), 'redirecting')]],
  checking: [
    ['', () => clicked(json(view({ status: 'processing' }), 201), 'checking')],
    ['offline', () => clicked(offline, 'checking')],
    ['with something to do', () => back(waitsForShopper())],
  ],
  done: [
    ['paid', () => ended({ status: 'approved', receiptUrl })],
    ['declined', () => ended(declined)],
    ['cancelled', () => ended({ status: 'cancelled' })],
    ['expired', () => ended({ status: 'expired' })],
    ['failed', () => ended({ status: 'failed' })],
  ],
  unavailable: [['', () => button('unavailable', problem('order_not_found', 404))]],
  invalid: [['', () => button('invalid', undefined, html`<pay-button endpoint="/pay"></pay-button>`)]],
};

async function status(
  answer: Reply,
  template = html`<pay-status endpoint="/pay" payment-id="p1"></pay-status>`,
) {
  stage.merchant.reply(VIEW, answer, silence);
  const element = await fixture(template);
  await settled();
  return element;
}

const PAY_STATUS: Row[] = [
  ['checking', () => status(silence)],
  ['offline', () => status(offline)],
  ['paid', () => status(json(view({ status: 'approved', receiptUrl })))],
  ['declined', () => status(json(view(declined)))],
  ['unknown', () => status(problem('payment_not_found', 404))],
  ['misspelt', () => status(silence, html`<pay-status></pay-status>`)],
];

const ROWS: Row[] = [
  ...Object.entries(PAY_BUTTON).flatMap(([phase, rows]) =>
    rows.map(([state, arrange]): Row => [`pay-button, ${phase} ${state}`, arrange]),
  ),
  ...PAY_STATUS.map(([state, arrange]): Row => [`pay-status, ${state}`, arrange]),
];

describe('every phase, for everybody', () => {
  const { lang } = document.documentElement;
  beforeEach(() => {
    stage = new PayStage();
    document.documentElement.lang = 'uk';
    stage.merchant.reply(VIEW, silence);
  });
  afterEach(() => {
    stage.close();
    document.documentElement.lang = lang;
  });

  for (const [state, arrange] of ROWS) {
    it(`passes axe on light and dark pages: ${state}`, async () => {
      expect(await axeProblemsInBothSchemes(await arrange())).to.deep.equal([]);
    });
  }

  it('fits into 320 pixels at twice the text, whatever it says', async () => {
    await setViewport({ width: 320, height: 640 });
    document.documentElement.style.fontSize = '200%';
    for (const [state, arrange] of ROWS) {
      const element = await arrange();
      expect(document.documentElement.scrollWidth, state).to.be.at.most(320);
      element.remove();
      stage.close();
      stage = new PayStage();
      stage.merchant.reply(VIEW, silence);
    }
    document.documentElement.style.fontSize = '';
    await setViewport({ width: 800, height: 600 });
  });

  it('still turns visibly in forced colours, in <pay-status> too', async () => {
    const element = await status(silence);
    await emulateMedia(element, { forcedColors: 'active' });
    const { borderTopColor, borderBottomColor } = getComputedStyle(part(element, 'spinner'));
    expect(borderTopColor).not.to.equal(borderBottomColor);
    expect(await axeProblems(element)).to.deep.equal([]);
    await naturalMedia();
  });

  for (const locale of ['uk', 'ru', 'uz', 'en'] satisfies Locale[]) {
    it(`names its buttons in ${locale}, and passes axe there`, async () => {
      document.documentElement.lang = locale;
      const element = await back(waitsForShopper());
      const shown = [...element.shadowRoot!.querySelectorAll('button')].filter((each) =>
        each.checkVisibility(),
      );
      const texts = messagesFor(locale);
      expect(shown.map((each) => each.textContent.trim())).to.deep.equal([texts.proceed, texts.cancel]);
      expect(await axeProblems(element)).to.deep.equal([]);
    });
  }

  it('would see faint words, a control without a name, and one that no finger can hit', async () => {
    const page = await fixture(html`
      <div>
        <p style="color: #999; background: #fff">faint</p>
        <button></button>
        <button style="all: unset; inline-size: 9px; block-size: 9px">a</button
        ><button style="all: unset; inline-size: 9px; block-size: 9px">b</button>
      </div>
    `);
    const rules = (await axeProblems(page)).map((problem) => problem.split(':', 1)[0]);
    expect(rules).to.include.members(['color-contrast', 'button-name', 'target-size']);
  });

  it('keeps every button of ours 44 pixels high', async () => {
    const element = await ended({ status: 'failed' });
    const shown = [...element.shadowRoot!.querySelectorAll('button')].filter((each) =>
      each.checkVisibility(),
    );
    expect(shown).to.have.length(1);
    for (const each of shown) expect(each.getBoundingClientRect().height).to.be.at.least(44);
  });

  it('says how it ended once, politely, in the region that was there before', async () => {
    document.documentElement.lang = 'en';
    const element = await clicked(json(view({ status: 'processing' }), 201), 'checking');
    const region = element.shadowRoot!.querySelector('[role=status]')!;
    const said: string[] = [];
    const watch = new MutationObserver(() => said.push(region.textContent.trim()));
    watch.observe(region, { characterData: true, childList: true, subtree: true });
    stage.merchant.reply(VIEW, json(view({ status: 'approved', version: 2 })));
    const told = oneEvent(element, 'pay-result');
    window.dispatchEvent(new Event('online'));
    await told;
    await element.updateComplete;
    element.requestUpdate();
    await element.updateComplete;
    expect(said.filter((words) => words.startsWith('Paid'))).to.have.length(1);
    expect(element.shadowRoot!.querySelector('[role=alert]')!.textContent.trim()).to.equal('');
    watch.disconnect();
  });
});
