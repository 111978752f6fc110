import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { PayErrorEvent } from '../../../src/elements/events.js';
import type { PayStatus } from '../../../src/elements/pay-status.js';
import { FakeClock, settled } from '../../support/browser/fake-clock.js';
import { held, json, offline, problem, silence, view } from '../../support/browser/fake-merchant.js';
import { emulateMedia, naturalMedia } from '../../support/browser/media.js';
import { isShown, part, PayStage, words } from '../../support/browser/pay-stage.js';

const VIEW = 'GET /pay/payments/p1';

describe('<pay-status>', () => {
  let stage: PayStage;
  beforeEach(() => (stage = new PayStage()));
  afterEach(() => stage.close());

  const element = (template = html`<pay-status endpoint="/pay" payment-id="p1" locale="en"></pay-status>`) =>
    fixture<PayStatus>(template);

  /** With the first answer on the page. */
  async function shown(template?: Parameters<typeof element>[0]) {
    const status = await element(template);
    await stage.merchant.asked(VIEW);
    await settled();
    await status.updateComplete;
    return status;
  }

  it('waits for the end, then says that it is paid and how much', async () => {
    const answer = held();
    stage.merchant.reply(VIEW, json(view({ version: 2 })), answer.reply);
    const status = await shown();
    await stage.merchant.asked(VIEW, 2);
    expect(words(status, 'status')).to.contain('Checking');
    expect(isShown(part(status, 'spinner'))).to.equal(true);
    expect(part(status, 'spinner').offsetWidth).to.equal(36);
    expect(stage.merchant.to(VIEW).map(({ path }) => path)).to.deep.equal([
      '/pay/payments/p1',
      '/pay/payments/p1?wait=20&after=2',
    ]);
    const told = oneEvent(status, 'pay-result');
    answer.release(view({ status: 'approved', version: 3, receiptUrl: 'https://ofd.example/r' }));
    await told;
    await status.updateComplete;
    expect(words(status, 'status')).to.contain('Paid');
    expect(words(status, 'amount')).to.equal('UAH 125.00');
    expect(isShown(part(status, 'spinner'))).to.equal(false);
    expect(stage.detailsOf('pay-result')).to.have.length(1);
  });

  it('says it to those who hear the page: what goes on, what went wrong, and nothing that only turns', async () => {
    stage.merchant.reply(VIEW, silence);
    const status = await element();
    expect(part(status, 'status').getAttribute('role')).to.equal('status');
    expect(part(status, 'message').getAttribute('role')).to.equal('alert');
    expect(part(status, 'spinner').getAttribute('aria-hidden')).to.equal('true');
  });

  it('does not go back to what an older answer says', async () => {
    stage.merchant.reply(
      VIEW,
      json(view({ version: 5 })),
      json(view({ status: 'failed', version: 4 })),
      silence,
    );
    const status = await shown();
    await stage.merchant.asked(VIEW, 2);
    await settled();
    expect(words(status, 'status')).to.contain('Checking');
    expect(stage.detailsOf('pay-result')).to.have.length(0);
  });

  it('says why it is not paid', async () => {
    stage.merchant.reply(VIEW, json(view({ status: 'declined', decline: { reason: 'card_expired' } })));
    const status = await shown();
    expect(words(status, 'status')).to.contain('has expired').and.to.contain('You have not been charged.');
  });

  it('takes the payment of the page’s address', async () => {
    stage.visit('payment=p1');
    stage.merchant.reply(VIEW, json(view({ status: 'expired' })));
    const status = await shown(html`<pay-status endpoint="/pay" locale="en"></pay-status>`);
    expect(words(status, 'status')).to.contain('run out');
  });

  it('shows the fiscal receipt as a link and as a QR code with a name', async () => {
    const receiptUrl = 'https://ofd.example/check?t=UZ210317292103&r=80742&c=20240122150000&s=612345678901';
    stage.merchant.reply(VIEW, json(view({ status: 'approved', receiptUrl })));
    const status = await shown();
    expect(part(status, 'receipt')).to.include({ href: receiptUrl, target: '_blank', rel: 'noopener' });
    expect(part(status, 'qr').getAttribute('alt')).to.equal('Receipt (QR)');
    expect(part(status, 'qr').getAttribute('src')).to.equal('/pay/payments/p1/receipt.svg');
    expect(part(status, 'qr').getBoundingClientRect().width).to.equal(160);
  });

  it('shows no receipt with an unsafe address', async () => {
    stage.merchant.reply(VIEW, json(view({ status: 'approved', receiptUrl: 'javascript:alert(1)' })));
    const status = await shown();
    expect(part(status, 'receipt')).to.equal(null);
    expect(part(status, 'qr')).to.equal(null);
  });

  it('asks a few more times for a receipt that comes after the money, and tells the end once', async () => {
    const clock = new FakeClock();
    try {
      const receiptUrl = 'https://ofd.example/r';
      stage.merchant.reply(
        VIEW,
        json(view({ status: 'approved', version: 3 })),
        offline,
        json(view({ status: 'approved', version: 4, receiptUrl })),
      );
      const status = await element();
      await clock.tick(2_000);
      expect(part(status, 'receipt')).to.equal(null);
      await clock.tick(4_000);
      expect(part(status, 'receipt').getAttribute('href')).to.equal(receiptUrl);
      await clock.tick(60_000);
      expect(stage.merchant.to(VIEW)).to.have.length(3);
      expect(stage.detailsOf('pay-result')).to.have.length(1);
    } finally {
      clock.close();
    }
  });

  it('asks for the receipt ever more slowly, and five times at most', async () => {
    const clock = new FakeClock();
    try {
      stage.merchant.reply(VIEW, json(view({ status: 'approved' })));
      await element();
      await clock.tick(0);
      let asked = 1;
      for (const ms of [2_000, 4_000, 8_000, 15_000, 30_000]) {
        await clock.tick(ms - 1);
        expect(stage.merchant.to(VIEW)).to.have.length(asked);
        await clock.tick(1);
        expect(stage.merchant.to(VIEW)).to.have.length((asked += 1));
      }
      await clock.tick(600_000);
      expect(stage.merchant.to(VIEW)).to.have.length(asked);
      expect(clock.pending).to.equal(0);
    } finally {
      clock.close();
    }
  });

  it('A16 asks for no receipt once it is removed', async () => {
    const clock = new FakeClock();
    try {
      stage.merchant.reply(VIEW, json(view({ status: 'approved' })));
      const status = await element();
      await clock.tick(1_000);
      status.remove();
      await clock.tick(60_000);
      expect(stage.merchant.to(VIEW)).to.have.length(1);
    } finally {
      clock.close();
    }
  });

  it('says that it is still checking while there is no connection', async () => {
    stage.merchant.reply(VIEW, offline, json(view()), silence);
    const status = await shown();
    expect(words(status, 'status')).to.contain('do not pay again');
    window.dispatchEvent(new Event('online'));
    await stage.merchant.asked(VIEW, 3);
    await status.updateComplete;
    expect(words(status, 'status')).to.equal('Checking your payment…');
  });

  it('gives the page the payment without anything that could be replayed at the bank', async () => {
    const action = { type: 'redirect', id: 'r', url: 'https://psp.example/SECRET-page' } as const;
    stage.merchant.reply(VIEW, json(view({ status: 'expired', action })));
    await shown();
    expect(stage.detailsOf('pay-result')).to.deep.equal([{ payment: view({ status: 'expired' }) }]);
  });

  it('says that there is no such payment', async () => {
    stage.merchant.reply(VIEW, problem('payment_not_found', 404));
    const status = await shown();
    expect(words(status, 'message')).to.contain('no such order or payment');
    expect(words(status, 'status')).to.equal('');
    expect(isShown(part(status, 'spinner'))).to.equal(false);
    expect(stage.detailsOf('pay-error')[0]).to.deep.include({
      code: 'payment_not_found',
      recoverable: false,
    });
  });

  it('says which attribute is missing or wrong', async () => {
    const codes: [ReturnType<typeof html>, string][] = [
      [
        html`<pay-status payment-id="p1" locale="en"></pay-status>`,
        'Attribute missing, wrong or unknown: endpoint',
      ],
      [
        html`<pay-status endpoint="data:," payment-id="p1" locale="en"></pay-status>`,
        'Attribute missing, wrong or unknown: endpoint',
      ],
      [
        html`<pay-status endpoint="/pay" locale="en"></pay-status>`,
        'Attribute missing, wrong or unknown: payment-id',
      ],
    ];
    for (const [template, text] of codes) {
      const status = await element(template);
      await status.updateComplete;
      expect(words(status, 'message')).to.equal(text);
    }
    expect(stage.detailsOf('pay-error').map(({ message }) => message)).to.deep.equal(
      codes.map(([, text]) => text),
    );
    expect(stage.merchant.requests).to.deep.equal([]);
  });

  it('shows another payment when told to', async () => {
    stage.merchant
      .reply(VIEW, silence)
      .reply('GET /pay/payments/p2', json(view({ id: 'p2', status: 'cancelled' })));
    const status = await shown();
    status.paymentId = 'p2';
    await oneEvent(status, 'pay-result');
    await status.updateComplete;
    expect(stage.merchant.to(VIEW)[0]!.signal.aborted).to.equal(true);
    expect(words(status, 'status')).to.contain('cancelled');
  });

  it('forgets at once what it said of another payment', async () => {
    stage.merchant.reply('GET /pay/payments/p2', silence);
    for (const reply of [json(view({ status: 'approved' })), problem('payment_not_found', 404), offline]) {
      stage.merchant.reply(VIEW, reply);
      const status = await shown();
      status.paymentId = 'p2';
      await status.updateComplete;
      expect(['amount', 'status', 'message'].map((name) => words(status, name))).to.deep.equal([
        '',
        'Checking your payment…',
        '',
      ]);
    }
  });

  it('asks another address when told to', async () => {
    stage.merchant.reply(VIEW, silence).reply('GET /shop/payments/p1', silence);
    const status = await shown();
    status.endpoint = '/shop';
    await stage.merchant.asked('GET /shop/payments/p1');
    expect(stage.merchant.to(VIEW)[0]!.signal.aborted).to.equal(true);
  });

  it('tells what is wrong also to a page that listens once it has put it in its place', async () => {
    const parent = await fixture(html`<div></div>`);
    const status = document.createElement('pay-status');
    parent.append(status);
    const { detail } = await oneEvent<PayErrorEvent>(status, 'pay-error');
    expect(detail.code).to.equal('missing_attribute');
    expect(part(status, 'message')).not.to.equal(null);
  });

  it('A16 is silent once it is removed, and goes on when it is back', async () => {
    stage.merchant.reply(VIEW, silence);
    const status = await shown();
    const parent = status.parentElement!;
    status.remove();
    expect(stage.merchant.to(VIEW)[0]!.signal.aborted).to.equal(true);
    window.dispatchEvent(new Event('online'));
    status.paymentId = 'p2';
    await settled();
    status.paymentId = 'p1';
    await settled();
    expect(stage.merchant.requests).to.have.length(1);
    stage.merchant.reply(VIEW, json(view({ status: 'approved', receiptUrl: 'https://ofd.example/r' })));
    parent.append(status);
    await oneEvent(status, 'pay-result');
    await status.updateComplete;
    expect(words(status, 'status')).to.contain('Paid');
  });

  it('writes the amount as its locale does', async () => {
    stage.merchant.reply(VIEW, json(view({ status: 'approved', receiptUrl: 'https://ofd.example/r' })));
    const status = await shown(html`<pay-status endpoint="/pay" payment-id="p1" locale="uk"></pay-status>`);
    expect(words(status, 'amount')).to.match(/^125,00 (₴|грн)$/);
    status.locale = 'en';
    await status.updateComplete;
    expect(words(status, 'amount')).to.equal('UAH 125.00');
  });

  it('takes an address object for its endpoint, as a framework may set it', async () => {
    stage.merchant.reply(VIEW, json(view({ status: 'approved', receiptUrl: 'https://ofd.example/r' })));
    const endpoint = new URL('/pay//', location.href);
    const status = await shown(html`<pay-status .endpoint=${endpoint} payment-id="p1"></pay-status>`);
    expect(stage.merchant.to(VIEW)).to.have.length(1);
    expect(part(status, 'qr').getAttribute('src')).to.equal(`${location.origin}/pay/payments/p1/receipt.svg`);
  });

  it('prints how the payment stands, the amount and the receipt, and nothing that turns', async () => {
    stage.merchant.reply(VIEW, json(view({ status: 'approved', receiptUrl: 'https://ofd.example/r' })));
    const status = await shown();
    await emulateMedia(status, { media: 'print' });
    try {
      for (const name of ['status', 'amount', 'receipt', 'qr']) {
        expect(isShown(part(status, name)), name).to.equal(true);
      }
      stage.merchant.reply('GET /pay/payments/p2', json(view({ id: 'p2' })), silence);
      status.paymentId = 'p2';
      await stage.merchant.asked('GET /pay/payments/p2');
      await settled();
      expect(part(status, 'spinner').hidden).to.equal(false);
      expect(isShown(part(status, 'spinner'))).to.equal(false);
    } finally {
      await naturalMedia();
    }
  });
});
