import { expect, fixture, html } from '@open-wc/testing';
import type { PayButton } from '../../../src/elements/pay-button.js';
import { FakeClock, settled } from '../../support/browser/fake-clock.js';
import {
  answer,
  held,
  json,
  offer,
  offline,
  problem,
  redirect,
  silence,
  threeds,
  view,
} from '../../support/browser/fake-merchant.js';
import { frameOf, googleButton, isShown, PayStage, reached, words } from '../../support/browser/pay-stage.js';

const OFFER = 'GET /pay/offers/A-1';
const CREATE = 'POST /pay/payments';
const BY_KEY = 'GET /pay/payments';
const VIEW = 'GET /pay/payments/p1';

/** As a page that is loaded again finds it: the same storage, a new element. */
async function reload(button: PayButton, stage: PayStage) {
  button.remove();
  return stage.button();
}

describe('<pay-button> and payments under way', () => {
  let stage: PayStage;
  beforeEach(() => {
    stage = new PayStage();
    stage.merchant.reply(OFFER, json(offer())).reply(VIEW, silence);
  });
  afterEach(() => stage.close());

  async function clicked(button?: PayButton) {
    const element = button ?? (await stage.button());
    await reached(element, 'ready');
    googleButton(element).click();
    (await stage.google.sheet()).confirm();
    await stage.merchant.asked(CREATE);
    return element;
  }

  it('resumes the payment whose return address this page is', async () => {
    stage.visit('payment=p1');
    stage.merchant.reply(VIEW, json(view({ status: 'approved', version: 4 })));
    const button = await stage.button();
    await reached(button, 'done');
    expect(words(button, 'status')).to.contain('Paid');
    expect(stage.detailsOf('pay-result')).to.have.length(1);
    expect(stage.merchant.to(OFFER)).to.have.length(0);
  });

  it('leaves a payment of another order in the address alone, without a word', async () => {
    stage.visit('payment=p1');
    stage.merchant.reply(VIEW, json(view({ orderId: 'B-2', status: 'approved' })));
    const button = await stage.button();
    await reached(button, 'ready');
    expect(stage.detailsOf('pay-result')).to.have.length(0);
    expect(stage.detailsOf('pay-error')).to.have.length(0);
  });

  it('H14 after a reload resumes by the payment’s id', async () => {
    stage.merchant.reply(CREATE, json(view({ version: 2 }), 201));
    const first = await clicked();
    await stage.merchant.asked(VIEW);
    stage.merchant.reply(VIEW, json(view({ status: 'approved', version: 3 })));
    const second = await reload(first, stage);
    await reached(second, 'done');
    expect(stage.merchant.to(CREATE)).to.have.length(1);
    expect(stage.detailsOf('pay-result')).to.have.length(1);
  });

  it('after a reload before the answer came, finds the payment by its key', async () => {
    stage.merchant.reply(CREATE, silence);
    const first = await clicked();
    const key = stage.merchant.to(CREATE)[0]!.headers.get('Idempotency-Key');
    stage.merchant.reply(BY_KEY, json(view({ status: 'approved' })));
    const second = await reload(first, stage);
    await reached(second, 'done');
    expect(stage.merchant.to(BY_KEY)[0]!.headers.get('Idempotency-Key')).to.equal(key);
    expect(stage.merchant.to(CREATE)).to.have.length(1);
  });

  it('forgets a key that the server does not know, and offers the order again', async () => {
    stage.merchant.reply(CREATE, silence);
    const first = await clicked();
    stage.merchant.reply(BY_KEY, problem('payment_not_found', 404));
    const second = await reload(first, stage);
    await reached(second, 'ready');
    expect(sessionStorage.length).to.equal(0);
  });

  it('prefers the attempt under way to an earlier payment in the address', async () => {
    stage.visit('payment=old');
    stage.merchant
      .reply('GET /pay/payments/old', problem('payment_not_found', 404))
      .reply(CREATE, json(view({ version: 2 }), 201));
    const first = await clicked();
    await stage.merchant.asked(VIEW);
    stage.merchant
      .reply('GET /pay/payments/old', json(view({ id: 'old', status: 'declined' })))
      .reply(VIEW, json(view({ status: 'approved', version: 3 })));
    const second = await reload(first, stage);
    await reached(second, 'done');
    expect(words(second, 'status')).to.contain('Paid');
  });

  it('takes a left payment out of the address at "Try again"', async () => {
    stage.visit('payment=p1&shelf=2');
    stage.merchant.reply(VIEW, json(view({ status: 'declined', decline: { reason: 'other' } })));
    const button = await stage.button();
    await reached(button, 'done');
    button.reset();
    await reached(button, 'ready');
    expect(location.search).to.contain('shelf=2').and.not.to.contain('payment=');
  });

  it('forgets the payment under way when the page offers the order again', async () => {
    stage.merchant.reply(CREATE, json(view({ version: 2 }), 201));
    const button = await clicked();
    await stage.merchant.asked(VIEW);
    button.reset();
    expect(sessionStorage.length).to.equal(0);
    expect(stage.merchant.to(VIEW)[0]!.signal.aborted).to.equal(true);
    await reached(button, 'ready');
  });

  it('shows the bank’s page again after a reload', async () => {
    stage.visit('payment=p1');
    stage.merchant.reply(VIEW, json(view({ status: 'requires_action', action: threeds() })), silence);
    const button = await stage.button();
    await reached(button, 'challenge');
    expect(frameOf(button).calls).to.have.length(1);
  });

  it('sends nobody away unasked who comes back: Back must not lead to the provider again', async () => {
    stage.visit('payment=p1');
    stage.merchant.reply(VIEW, json(view({ status: 'requires_action', action: redirect() })), silence);
    const button = await stage.button();
    await reached(button, 'checking');
    expect(button.visits).to.deep.equal([]);
    expect(isShown(button.shadowRoot!.querySelector('#proceed')!)).to.equal(true);
  });

  it('resume() takes up the payment it is given', async () => {
    const button = await stage.button();
    await reached(button, 'ready');
    stage.merchant.reply('GET /pay/payments/p9', json(view({ id: 'p9', status: 'expired' })));
    button.resume('p9');
    expect(button.phase, 'nothing to click while it is looked for').to.equal('loading');
    await reached(button, 'done');
    expect(button.payment?.id).to.equal('p9');
  });

  it('resume() of a payment that is not of this order says that there is none', async () => {
    const button = await stage.button();
    await reached(button, 'ready');
    stage.merchant.reply(
      'GET /pay/payments/p9',
      json(view({ id: 'p9', orderId: 'B-2', status: 'approved' })),
    );
    button.resume('p9');
    await reached(button, 'unavailable');
    expect(stage.detailsOf('pay-error')[0]).to.deep.include({
      code: 'payment_not_found',
      recoverable: false,
    });
    expect(stage.detailsOf('pay-result')).to.have.length(0);
  });

  it('tells the end of a payment once, however often it hears of it', async () => {
    stage.merchant.reply(VIEW, json(view({ status: 'approved', version: 4 })));
    const button = await stage.button();
    await reached(button, 'ready');
    for (let i = 0; i < 3; i += 1) {
      button.resume('p1');
      await reached(button, 'done');
    }
    expect(stage.detailsOf('pay-result')).to.have.length(1);
  });

  describe('without a network', () => {
    let clock: FakeClock;
    beforeEach(() => (clock = new FakeClock()));
    afterEach(() => clock.close());

    async function readyButton() {
      const button = await stage.button();
      while (button.phase !== 'ready') await clock.tick(10);
      return button;
    }

    async function submit(button: PayButton) {
      googleButton(button).click();
      stage.google.sheets[0]!.confirm();
      await clock.tick(0);
    }

    it('sends the same request with the same key again, ever more slowly, until there is an answer', async () => {
      stage.merchant.reply(
        CREATE,
        offline,
        offline,
        problem('in_progress'),
        json(view({ status: 'approved' }), 201),
      );
      const button = await readyButton();
      await submit(button);
      expect(button.phase).to.equal('checking');
      expect(words(button, 'status')).to.contain('do not pay again');
      expect(stage.merchant.to(CREATE)).to.have.length(1);
      await clock.tick(1_000);
      expect(stage.merchant.to(CREATE)).to.have.length(2);
      await clock.tick(1_999);
      expect(stage.merchant.to(CREATE)).to.have.length(2);
      await clock.tick(1);
      expect(stage.merchant.to(CREATE)).to.have.length(3);
      await clock.tick(4_000);
      expect(button.phase).to.equal('done');
      const keys = stage.merchant.to(CREATE).map(({ headers }) => headers.get('Idempotency-Key'));
      expect(new Set(keys).size).to.equal(1);
      expect(new Set(stage.merchant.to(CREATE).map(({ body }) => JSON.stringify(body))).size).to.equal(1);
      expect(stage.detailsOf('pay-error')).to.have.length(0);
    });

    it('takes a page of a gateway for no answer', async () => {
      const gateway = () => answer('<h1>502</h1>', 502);
      stage.merchant.reply(CREATE, gateway, json(view({ status: 'approved' }), 201));
      const button = await readyButton();
      await submit(button);
      expect(button.phase).to.equal('checking');
      await clock.tick(1_000);
      expect(button.phase).to.equal('done');
    });

    for (const [code, status] of [
      ['rate_limited', 429],
      ['unavailable', 503],
    ] as const) {
      it(`does not take ${code} for the end of a request that may have arrived before`, async () => {
        stage.merchant.reply(CREATE, offline, problem(code, status), json(view({ status: 'approved' }), 201));
        const button = await readyButton();
        await submit(button);
        await clock.tick(1_000);
        expect(button.phase).to.equal('checking');
        expect(sessionStorage.length).to.equal(1);
        await clock.tick(2_000);
        expect(button.phase).to.equal('done');
        expect(stage.detailsOf('pay-error')).to.have.length(0);
      });

      it(`goes on asking for a payment's end after ${code}`, async () => {
        stage.merchant
          .reply(CREATE, json(view({ version: 2 }), 201))
          .reply(VIEW, problem(code, status), json(view({ status: 'approved', version: 3 })));
        const button = await readyButton();
        await submit(button);
        expect(button.phase).to.equal('checking');
        await clock.tick(1_000);
        expect(button.phase).to.equal('done');
      });

      it(`does not forget an attempt that it may not ask about now: ${code}`, async () => {
        stage.merchant
          .reply(CREATE, silence)
          .reply(BY_KEY, problem(code, status), json(view({ status: 'approved' })));
        const first = await readyButton();
        await submit(first);
        const second = await reload(first, stage);
        await settled();
        expect(second.phase).to.equal('checking');
        await clock.tick(1_000);
        expect(second.phase).to.equal('done');
      });

      it(`offers to try again when the order cannot be read now: ${code}`, async () => {
        stage.merchant.reply(OFFER, problem(code, status));
        const button = await stage.button();
        await settled();
        expect(button.phase).to.equal('unavailable');
        expect(stage.detailsOf('pay-error')[0]).to.deep.include({ code, recoverable: true });
      });
    }

    it('H15 asks once as soon as the browser is online again, and creates nothing', async () => {
      stage.merchant.reply(CREATE, json(view({ version: 2 }), 201)).reply(VIEW, offline);
      const button = await readyButton();
      await submit(button);
      await clock.tick(60_000);
      expect(words(button, 'status')).to.contain('do not pay again');
      const before = stage.merchant.to(VIEW).length;
      stage.merchant.reply(VIEW, silence);
      window.dispatchEvent(new Event('online'));
      document.dispatchEvent(new Event('visibilitychange'));
      await settled();
      expect(stage.merchant.to(VIEW)).to.have.length(before + 1);
      expect(stage.merchant.to(CREATE)).to.have.length(1);
    });

    it('asks at short notice again after it was woken up', async () => {
      stage.merchant.reply(CREATE, json(view({ version: 2 }), 201)).reply(VIEW, offline);
      const button = await readyButton();
      await submit(button);
      await clock.tick(60_000);
      window.dispatchEvent(new Event('online'));
      await settled();
      const before = stage.merchant.to(VIEW).length;
      await clock.tick(1_000);
      expect(stage.merchant.to(VIEW)).to.have.length(before + 1);
    });

    it('A16 leaves no timer behind when it is removed while it waits', async () => {
      stage.merchant.reply(CREATE, json(view({ version: 2 }), 201)).reply(VIEW, offline);
      const button = await readyButton();
      await submit(button);
      await clock.tick(5_000);
      expect(clock.pending).to.equal(1);
      button.remove();
      await settled();
      expect(clock.pending).to.equal(0);
    });

    it('H13 asks at once when the page comes back into view', async () => {
      stage.merchant.reply(CREATE, json(view({ version: 2 }), 201)).reply(VIEW, silence);
      const button = await readyButton();
      await submit(button);
      await clock.tick(20 * 60_000);
      document.dispatchEvent(new Event('visibilitychange'));
      await settled();
      expect(stage.merchant.to(VIEW)).to.have.length(2);
    });

    it('asks no more than once a second where the server does not hold its answer back', async () => {
      stage.merchant.reply(CREATE, json(view({ version: 2 }), 201)).reply(VIEW, json(view({ version: 2 })));
      const button = await readyButton();
      await submit(button);
      await clock.tick(4_500);
      expect(stage.merchant.to(VIEW)).to.have.length(5);
    });

    it('goes on asking about a payment that the server has lost sight of', async () => {
      stage.merchant
        .reply(CREATE, json(view({ version: 2 }), 201))
        .reply(VIEW, problem('payment_not_found', 404), json(view({ status: 'approved', version: 3 })));
      const button = await readyButton();
      await submit(button);
      await clock.tick(1_000);
      expect(button.phase).to.equal('done');
    });

    it('does not go back to what an older answer says', async () => {
      stage.merchant
        .reply(CREATE, json(view({ version: 5 }), 201))
        .reply(VIEW, json(view({ status: 'approved', version: 4 })), silence);
      const button = await readyButton();
      await submit(button);
      await clock.tick(2_000);
      expect(button.phase).to.equal('checking');
    });

    it('says no more that the server is silent once it answers, be there news or not', async () => {
      const payment = json(view({ version: 2 }), 201);
      stage.merchant.reply(CREATE, payment).reply(VIEW, offline, payment, silence);
      const button = await readyButton();
      await submit(button);
      expect(words(button, 'status')).to.contain('do not pay again');
      await clock.tick(1_000);
      expect(words(button, 'status')).not.to.contain('do not pay again');
    });

    it('says that the shop cannot be reached, and tries again when asked', async () => {
      stage.merchant.reply(OFFER, offline, json(offer()));
      const button = await stage.button();
      await settled();
      expect(button.phase).to.equal('unavailable');
      expect(stage.detailsOf('pay-error')[0]).to.deep.include({ code: 'network', recoverable: true });
      await button.updateComplete;
      button.shadowRoot!.querySelector<HTMLElement>('#retry')!.click();
      while (button.phase !== 'ready') await clock.tick(10);
    });
  });

  it('A16 is silent once it is removed: no listener, timer or request is left', async () => {
    stage.merchant.reply(CREATE, json(view({ version: 2 }), 201));
    const answer = held();
    stage.merchant.reply(VIEW, answer.reply);
    const button = await clicked();
    await stage.merchant.asked(VIEW);
    button.remove();
    const events = stage.events.length;
    expect(
      stage.merchant.requests.every(({ path, signal }) => !path.includes('wait') || signal.aborted),
    ).to.equal(true);
    expect(googleButton(button)).to.equal(null);
    answer.release(view({ status: 'approved', version: 9 }));
    window.dispatchEvent(new Event('online'));
    await settled();
    expect(stage.merchant.to(VIEW)).to.have.length(1);
    expect(stage.events).to.have.length(events);
  });

  it('A16 starts nothing when it is removed before the offer or the sheet has answered', async () => {
    const late = held();
    stage.merchant.reply(OFFER, late.reply);
    const early = await stage.button();
    early.remove();
    late.release(offer());
    await settled();
    expect(stage.google.clients).to.have.length(0);

    stage.merchant.reply(OFFER, json(offer()));
    const button = await stage.button();
    await reached(button, 'ready');
    googleButton(button).click();
    button.remove();
    stage.google.sheets[0]!.confirm();
    await settled();
    expect(stage.merchant.to(CREATE)).to.have.length(0);
  });

  it('takes up its payment again when it is put elsewhere in the page', async () => {
    stage.merchant.reply(CREATE, json(view({ version: 2 }), 201));
    const button = await clicked();
    await stage.merchant.asked(VIEW);
    const elsewhere = await fixture(html`<div></div>`);
    stage.merchant.reply(VIEW, json(view({ status: 'approved', version: 3 })));
    elsewhere.append(button);
    await reached(button, 'done');
    expect(stage.detailsOf('pay-result')).to.have.length(1);
  });

  it('stays as it is when it is moved after the end', async () => {
    stage.merchant.reply(CREATE, json(view({ status: 'approved' }), 201));
    const button = await clicked();
    await reached(button, 'done');
    const elsewhere = await fixture(html`<div></div>`);
    elsewhere.append(button);
    await button.updateComplete;
    expect(button.phase).to.equal('done');
    expect(stage.detailsOf('pay-result')).to.have.length(1);
  });

  it('works without storage', async () => {
    const storage = Object.getOwnPropertyDescriptor(window, 'sessionStorage')!;
    Object.defineProperty(window, 'sessionStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    try {
      stage.merchant.reply(CREATE, json(view({ status: 'approved' }), 201));
      await reached(await clicked(), 'done');
    } finally {
      Object.defineProperty(window, 'sessionStorage', storage);
    }
  });
});
