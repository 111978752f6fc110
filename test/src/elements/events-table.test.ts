import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { NextAction } from '../../../src/contract/next-action.js';
import * as payEvents from '../../../src/elements/events.js';
import { PayButton } from '../../../src/elements/pay-button.js';
import { PayStatus } from '../../../src/elements/pay-status.js';
import * as threedsEvents from '../../../src/elements/threeds-events.js';
import { FakeGoogle } from '../../support/browser/fake-google.js';
import {
  FakeMerchant,
  json,
  offer,
  problem,
  silence,
  threeds,
  view,
} from '../../support/browser/fake-merchant.js';
import {
  bankFrame,
  newChallenge,
  part,
  say,
  type StayingThreedsFrame,
} from '../../support/browser/threeds-stage.js';

customElements.define('pay-button', PayButton);
customElements.define('pay-status', PayStatus);

/** A row of the table in INTEGRATION.md. */
interface Row {
  readonly often: string;
  readonly after: string;
  readonly detail: string[];
  readonly cancelable: boolean;
}

/** What the shopper and the server did, in the units in which the table counts. */
type Deeds = Partial<Record<string, number>>;

const guide = await (await fetch('/INTEGRATION.md')).text();
const plain = (cell = ''): string => cell.replaceAll('`', '').trim();
const TABLE = new Map<string, Row>(
  (/^## Events$(.*?)(^## |$(?![^]))/ms.exec(guide)?.[1] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [, name, , often, after, detail, cancelable] = line.split('|').map(plain);
      const keys = detail ? detail.split(', ') : [];
      return [name!, { often: often!, after: after!, detail: keys, cancelable: cancelable !== '' }];
    }),
);

describe('the table of events in INTEGRATION.md', () => {
  const address = location.href;
  let merchant: FakeMerchant;
  let google: FakeGoogle;
  let events: Event[];
  let home: HTMLElement;
  let listening: AbortController;

  beforeEach(async () => {
    sessionStorage.clear();
    merchant = new FakeMerchant().reply('GET /pay/offers/A-1', json(offer()));
    google = new FakeGoogle();
    home = await fixture(html`<div></div>`);
    events = [];
    listening = new AbortController();
    const { signal } = listening;
    for (const name of TABLE.keys())
      document.addEventListener(name, (event) => events.push(event), { signal });
  });
  afterEach(() => {
    listening.abort();
    merchant.close();
    google.close();
    history.replaceState(null, '', address);
  });

  async function ready(): Promise<PayButton> {
    const came = oneEvent(home, 'pay-ready');
    home.innerHTML = '<pay-button endpoint="/pay" order-id="A-1" locale="en"></pay-button>';
    await came;
    return home.firstElementChild as PayButton;
  }

  const click = (button: PayButton) =>
    button.shadowRoot!.querySelector<HTMLElement>('[part=google-pay] button')!.click();

  /** A payment in a bank's check, and its frame. */
  async function challenged() {
    const { frameUrl, token, message } = await newChallenge();
    const action = { ...threeds(), id: token, frameUrl } as NextAction;
    merchant
      .reply('POST /pay/payments', json(view({ status: 'requires_action', action }), 201))
      .reply('GET /pay/payments/p1', silence);
    const button = await ready();
    click(button);
    const shown = oneEvent(home, 'threeds-shown');
    (await google.sheet()).confirm();
    await shown;
    const frame = button.shadowRoot!.querySelector('threeds-frame') as StayingThreedsFrame;
    return { button, frame, message };
  }

  /** Holds what was heard to every row of the table. */
  function agree(deeds: Deeds): void {
    for (const [name, { often, after, detail, cancelable }] of TABLE) {
      const heard = events.filter(({ type }) => type === name);
      const unit = /^once per (.+)$/.exec(often)?.[1];
      if (unit) expect(heard.length, `${name}: ${often}`).to.equal(deeds[unit] ?? 0);
      for (const event of heard) {
        expect([event.bubbles, event.composed, event.cancelable], name).to.deep.equal([
          true,
          true,
          cancelable,
        ]);
        expect(Object.keys((Reflect.get(event, 'detail') as object | undefined) ?? {}), name).to.have.members(
          detail,
        );
        const before = events.slice(0, events.indexOf(event)).map(({ type }) => type);
        if (after) expect(before, `${name} only after ${after}`).to.include(after);
      }
    }
    const types = events.map(({ type }) => type);
    if (types.includes('pay-result'))
      expect(types.lastIndexOf('pay-error')).to.be.below(types.indexOf('pay-result'));
    const phases = events
      .filter((event) => event instanceof payEvents.PayPhaseEvent)
      .map(({ detail }) => detail);
    expect(phases.slice(1).map(({ previous }) => previous)).to.deep.equal(
      phases.slice(0, -1).map(({ phase }) => phase),
    );
    expect(phases.every(({ phase, previous }) => phase !== previous)).to.equal(true);
  }

  it('names every event that there is, and no other', () => {
    const classes = { ...payEvents, ...threedsEvents } as unknown as Record<string, new () => Event>;
    // The classes take what their details hold; the type is theirs alone.
    const types = Object.values(classes).map((event) => new event().type);
    expect([...TABLE.keys()]).to.have.members(types);
  });

  it('is true of a payment that the bank confirmed', async () => {
    const { frame, message } = await challenged();
    merchant.reply('GET /pay/payments/p1', json(view({ status: 'approved', version: 2 })));
    const result = oneEvent(home, 'pay-result');
    await say(bankFrame(frame)!, message('returned'));
    await result;
    agree({ offer: 1, click: 1, payment: 1, 'bank page': 1, return: 1 });
  });

  it('is true of a shopper who stops the payment at the bank', async () => {
    const { frame } = await challenged();
    merchant.reply('POST /pay/payments/p1/cancel', json(view({ status: 'cancelled', version: 2 })));
    const result = oneEvent(home, 'pay-result');
    part(frame, 'dialog-cancel')!.click();
    await result;
    agree({ offer: 1, click: 1, payment: 1, 'bank page': 1, 'wish to leave': 1 });
  });

  it('is true of a bank whose page cannot go on', async () => {
    const { frame } = await challenged();
    Object.assign(frame, { visit: () => false });
    const error = oneEvent(home, 'pay-error');
    frame.openInTop();
    await error;
    agree({ offer: 1, click: 1, problem: 1, 'bank page': 1, obstacle: 1 });
  });

  it('is true of a closed sheet, a stopped click, a decline and a second try', async () => {
    const button = await ready();
    const stop = (event: Event) => event.preventDefault();
    button.addEventListener('pay-begin', stop);
    click(button);
    expect(google.sheets).to.have.length(0);
    button.removeEventListener('pay-begin', stop);

    click(button);
    const dismissed = oneEvent(home, 'pay-dismissed');
    (await google.sheet()).reject({ statusCode: 'CANCELED' });
    await dismissed;

    merchant.reply('POST /pay/payments', json(view({ status: 'declined' }), 201));
    click(button);
    const result = oneEvent(home, 'pay-result');
    google.sheets.at(-1)!.confirm();
    await result;

    const again = oneEvent(home, 'pay-ready');
    button.reset();
    await again;
    agree({ offer: 2, click: 3, 'closed sheet': 1, payment: 1 });
  });

  it('is true of a refused payment', async () => {
    merchant.reply('POST /pay/payments', problem('amount_mismatch'));
    const button = await ready();
    click(button);
    const error = oneEvent(home, 'pay-error');
    (await google.sheet()).confirm();
    await error;
    agree({ offer: 1, click: 1, problem: 1 });
  });

  it('is true of <pay-status>', async () => {
    merchant.reply('GET /pay/payments/p1', json(view({ status: 'declined' })));
    const result = oneEvent(home, 'pay-result');
    home.innerHTML = '<pay-status endpoint="/pay" payment-id="p1"></pay-status>';
    await result;
    agree({ payment: 1 });
  });
});
