import { expect, fixture, html } from '@open-wc/testing';
import { mountGoogleButton, type GoogleButton, type Sheet } from '../../../src/google-pay/google-button.js';
import { paymentDataRequest } from '../../../src/google-pay/request.js';
import type { GooglePayMethod } from '../../../src/contract/api.js';
import { FakeClock, settled } from '../../support/browser/fake-clock.js';
import { FakeGoogle } from '../../support/browser/fake-google.js';
import { offer } from '../../support/browser/fake-merchant.js';

type Client = google.payments.api.PaymentsClient;

const request = () => paymentDataRequest(offer(), offer().methods[0] as GooglePayMethod);

const button = (part: Partial<GoogleButton> = {}): GoogleButton => ({
  environment: 'TEST',
  request: request(),
  locale: 'en',
  look: { buttonColor: 'black', buttonType: null, buttonRadius: null, buttonSizeMode: 'fill', buttonBorderType: null }, // prettier-ignore
  nonce: '',
  sheet: { opening: () => true, paid: () => undefined, closed: () => undefined, failed: () => undefined },
  ...part,
});

/** Notes how the next sheet ends. */
function noting(): { sheet: Sheet; end: Promise<string> } {
  let end: (how: string) => void;
  const ended = new Promise<string>((resolve) => (end = resolve));
  const sheet: Sheet = {
    opening: () => true,
    paid: () => end('paid'),
    closed: () => end('closed'),
    failed: (problem) => end(problem),
  };
  return { sheet, end: ended };
}

describe('Google’s button', () => {
  let fake: FakeGoogle;
  let slot: HTMLElement;
  beforeEach(async () => {
    fake = new FakeGoogle();
    slot = await fixture(html`<div style="block-size: 48px"></div>`);
  });
  afterEach(() => fake.close());

  const mount = (part: Partial<GoogleButton> = {}, signal = new AbortController().signal) =>
    mountGoogleButton(slot, button(part), signal);

  /** In place of what the fake does; it is made anew for every test. */
  const instead = (changes: Partial<Record<keyof Client, unknown>>) =>
    Object.assign(google.payments.api.PaymentsClient.prototype, changes);

  const fails = (): never => {
    throw new Error('broken');
  };

  const broken: [string, () => void][] = [
    ['cannot make a client', () => (google.payments.api.PaymentsClient = fails as never)],
    ['throws when it is asked whether it can pay', () => instead({ isReadyToPay: fails })],
    ['refuses to say whether it can pay', () => instead({ isReadyToPay: () => Promise.reject(new Error('DEVELOPER_ERROR')) })], // prettier-ignore
    ['says nothing in its answer', () => instead({ isReadyToPay: () => Promise.resolve() })],
    ['throws when it makes the button', () => instead({ createButton: fails })],
    ['makes no button', () => instead({ createButton: () => undefined })],
    ['makes a button that nobody can see', () => instead({ createButton: () => document.createElement('div') })], // prettier-ignore
  ];
  for (const [what, doIt] of broken) {
    it(`fails where pay.js ${what}`, async () => {
      doIt();
      expect(await mount()).to.equal('failed');
    });
  }

  it('is not taken for invisible on a page that shows it later', async () => {
    slot.hidden = true;
    expect(await mount()).to.equal('ready');
    slot.hidden = false;
    expect(slot.querySelector('button')!.checkVisibility()).to.equal(true);
  });

  it('shows for shoppers without a card at Google too: it never asks whether they have one', async () => {
    const asked: object[] = [];
    instead({
      isReadyToPay: (question: object) => {
        asked.push(question);
        return Promise.resolve({ result: true, paymentMethodPresent: false });
      },
    });
    expect(await mount()).to.equal('ready');
    expect(asked[0]).not.to.have.property('existingPaymentMethodRequired');
  });

  it('goes when its signal aborts, and stays away when that is before Google has answered', async () => {
    const shown = new AbortController();
    await mount({}, shown.signal);
    expect(slot.children).to.have.length(1);
    shown.abort();
    expect(slot.children).to.have.length(0);

    const early = new AbortController();
    const mounting = mount({}, early.signal);
    early.abort();
    expect(await mounting).to.equal('failed');
    expect(slot.children).to.have.length(0);
  });

  it('asks Google nothing when its signal aborts before pay.js is there', async () => {
    const early = new AbortController();
    const mounting = mount({ nonce: 'early' }, early.signal);
    early.abort();
    await mounting;
    expect(fake.clients).to.have.length(0);
  });

  it('stays away when its signal aborts while Google is asked', async () => {
    const late = new AbortController();
    let answer!: () => void;
    fake.hold = new Promise((resolve) => (answer = resolve));
    const mounting = mount({}, late.signal);
    await settled();
    late.abort();
    answer();
    expect(await mounting).to.equal('failed');
    expect(slot.children).to.have.length(0);
  });

  it('gives Google 10 s to say whether it can pay, and leaves no timer behind', async () => {
    const clock = new FakeClock();
    try {
      await mount();
      expect(clock.pending).to.equal(0);
      fake.readiness = 'silent';
      let outcome: string | undefined;
      void mount().then((how) => (outcome = how));
      await clock.tick(9_999);
      expect(outcome).to.equal(undefined);
      await clock.tick(1);
      expect(outcome).to.equal('failed');
    } finally {
      clock.close();
    }
  });

  it('tells pay.js how it is to look, and nothing of what the page did not choose', async () => {
    const look = { buttonColor: 'white', buttonType: null, buttonRadius: '8', buttonSizeMode: undefined, buttonBorderType: 'no_border' }; // prettier-ignore
    await mount({ look });
    await mount({ look: { ...look, buttonRadius: null } });
    expect(fake.buttons[0]).to.include({
      buttonColor: 'white',
      buttonRadius: 8,
      buttonBorderType: 'no_border',
    });
    expect(fake.buttons.map((options) => Object.keys(options).sort())).to.deep.equal([
      ['buttonBorderType', 'buttonColor', 'buttonLocale', 'buttonRadius', 'buttonRootNode', 'onClick'],
      ['buttonBorderType', 'buttonColor', 'buttonLocale', 'buttonRootNode', 'onClick'],
    ]);
  });

  it('works with a pay.js that fetches nothing in advance', async () => {
    instead({ prefetchPaymentData: undefined });
    expect(await mount()).to.equal('ready');
    await settled();
    slot.querySelector('button')!.click();
    expect(fake.sheets).to.have.length(1);
  });

  it('has pay.js fetch the sheet in advance, without a price', async () => {
    const fetched: google.payments.api.PaymentDataRequest[] = [];
    instead({ prefetchPaymentData: (given: (typeof fetched)[0]) => fetched.push(given) });
    await mount();
    await settled();
    expect(fetched).to.deep.equal([
      { ...request(), transactionInfo: { totalPriceStatus: 'NOT_CURRENTLY_KNOWN', currencyCode: 'UAH' } },
    ]);
  });

  it('works where fetching in advance does not, and hides nothing of that', async () => {
    instead({ prefetchPaymentData: fails });
    const { onerror } = window;
    const thrown = new Promise<unknown>((resolve) => {
      window.onerror = (message) => {
        window.onerror = onerror;
        resolve(message);
        return true;
      };
    });
    expect(await mount()).to.equal('ready');
    expect(await thrown).to.contain('broken');
    slot.querySelector('button')!.click();
    expect(fake.sheets).to.have.length(1);
  });

  // pay.js as published in December 2022 (github.com/google/payjs) writes `environment`, `i` and `apiVersion` into requests.
  it('keeps its request clean, whatever pay.js writes into what it gets', async () => {
    const scribble = (given: object) => {
      Object.assign(given, { i: {}, environment: 'PRODUCTION' });
      return Promise.resolve({ result: true });
    };
    instead({ isReadyToPay: scribble, prefetchPaymentData: scribble });
    const ours = request();
    await mount({ request: ours });
    await settled();
    slot.querySelector('button')!.click();
    expect(ours).to.deep.equal(request());
    expect(fake.sheets[0]!.request).to.deep.equal(request());
  });

  // The same code adds a listener to the window with every client, and never takes it back.
  it('shares a client among buttons that are alike, until pay.js comes a second time', async () => {
    await mount();
    await mount();
    expect(fake.clients).to.have.length(1);
    await mount({ nonce: 'n0nce' });
    await mount({ environment: 'PRODUCTION' });
    expect(fake.clients).to.have.length(3);

    const again = new FakeGoogle();
    await mount();
    slot.querySelector('button')!.click();
    expect(again.clients).to.have.length(1);
    expect(again.sheets).to.have.length(1);
    expect(fake.sheets).to.have.length(0);
  });

  it('opens nothing that the page does not allow', async () => {
    await mount({ sheet: { ...noting().sheet, opening: () => false } });
    slot.querySelector('button')!.click();
    expect(fake.sheets).to.have.length(0);
  });

  const cancelled = { statusCode: 'CANCELED' };
  const exception = (name: string) => Object.assign(new DOMException('', name), cancelled);
  // Both ways in which pay.js shows its sheet, each with every form of its rejections.
  const endings: [string, unknown, string][] = [
    ['closed, in a popup', cancelled, 'closed'],
    ['OR_BIBED_15 and other codes of the sheet, in a popup', { ...cancelled, statusMessage: 'OR_BIBED_15' }, 'closed'], // prettier-ignore
    ['OR_BIBED_06, in a popup', { statusCode: 'DEVELOPER_ERROR', statusMessage: 'OR_BIBED_06' }, 'google_pay_error'], // prettier-ignore
    ['an account that Google refuses, in a popup', { statusCode: 'MERCHANT_ACCOUNT_ERROR' }, 'google_pay_error'], // prettier-ignore
    ['no popup', 'failed to open window', 'popup_blocked'],
    ['closed, as a payment request', exception('AbortError'), 'closed'],
    ['closed, unmarked', new DOMException('', 'AbortError'), 'closed'],
    ['closed by the sheet, as a payment request', Object.assign(new Error(''), cancelled), 'closed'],
    ['a click without activation', exception('SecurityError'), 'google_pay_error'],
    ['a frame without allow="payment"', exception('NotAllowedError'), 'google_pay_error'],
    ['no payment handler', exception('NotSupportedError'), 'google_pay_error'],
    ['a policy that forbids to connect', Object.assign(new RangeError('violates Content Security Policy'), cancelled), 'google_pay_error'], // prettier-ignore
    ...['BUYER_ACCOUNT_ERROR', 'DEVELOPER_ERROR', 'MERCHANT_ACCOUNT_ERROR', 'INTERNAL_ERROR'].map(
      (statusCode): [string, unknown, string] => [
        `${statusCode}, as a payment request`,
        Object.assign(new Error(''), { statusCode }),
        'google_pay_error',
      ],
    ),
    ['a second sheet', new Error('This method can only be called one at a time.'), 'google_pay_error'],
    ['some text', 'CANCELED', 'google_pay_error'],
    ['null', null, 'google_pay_error'],
    ['nothing', undefined, 'google_pay_error'],
  ];
  for (const [what, reason, expected] of endings) {
    it(`B11 takes a sheet that ends with ${what} for ${expected}`, async () => {
      const { sheet, end } = noting();
      await mount({ sheet });
      slot.querySelector('button')!.click();
      fake.sheets[0]!.reject(reason);
      expect(await end).to.equal(expected);
    });
  }

  it('B11 takes a sheet that throws instead of opening for an error', async () => {
    instead({ loadPaymentData: fails });
    const { sheet, end } = noting();
    await mount({ sheet });
    slot.querySelector('button')!.click();
    expect(await end).to.equal('google_pay_error');
  });
});
