import { expect, fixture, html } from '@open-wc/testing';
import { held, hostedOffer, json, offer, silence } from '../../support/browser/fake-merchant.js';
import { PayStage, reached, type StayingPayButton } from '../../support/browser/pay-stage.js';

const OFFER = 'GET /pay/offers/A-1';

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
}

/** What the browser itself counts as shifted, once it has drawn twice; where only Chromium counts, how far the rest moved. */
async function shiftOf(happen: () => Promise<void>): Promise<number> {
  const rest = document.querySelector('pay-button + p')!;
  const { top } = rest.getBoundingClientRect();
  if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) {
    await happen();
    await drawn();
    return Math.abs(rest.getBoundingClientRect().top - top);
  }
  let total = 0;
  const add = (entries: PerformanceEntryList) => {
    for (const entry of entries) total += (entry as LayoutShift).value;
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  await drawn();
  observer.observe({ type: 'layout-shift' });
  await happen();
  await drawn();
  add(observer.takeRecords());
  observer.disconnect();
  return total;
}

async function drawn(): Promise<void> {
  for (let i = 0; i < 3; i += 1) await new Promise(requestAnimationFrame);
}

describe('what stands below <pay-button> stays where it is', () => {
  let stage: PayStage;
  beforeEach(() => {
    stage = new PayStage();
    stage.merchant.reply('GET /pay/payments/p1', silence).reply('POST /pay/payments', silence);
  });
  afterEach(() => stage.close());

  async function loading(): Promise<StayingPayButton> {
    const page = await fixture(html`
      <div>
        <pay-button endpoint="/pay" order-id="A-1" locale="en"></pay-button>
        <p style="block-size: 200px; background: #ddd">The rest of the page</p>
      </div>
    `);
    return page.querySelector('pay-button') as StayingPayButton;
  }

  for (const [name, answer] of [
    ['Google’s button', offer()],
    ['the button to the provider’s page', hostedOffer()],
  ] as const) {
    it(`when ${name} appears`, async () => {
      const later = held();
      stage.merchant.reply(OFFER, later.reply);
      const button = await loading();
      const shift = await shiftOf(async () => {
        later.release(answer);
        await reached(button, 'ready');
      });
      expect(shift).to.equal(0);
    });
  }

  it('when the method changes', async () => {
    const both = offer();
    stage.merchant.reply(OFFER, json({ ...both, methods: [...both.methods, { type: 'hosted-page' }] }));
    const button = await loading();
    await reached(button, 'ready');
    const shift = await shiftOf(async () => {
      button.method = 'hosted-page';
      await reached(button, 'loading');
      await reached(button, 'ready');
    });
    expect(shift).to.equal(0);
  });

  it('when the payment begins', async () => {
    stage.merchant.reply(OFFER, json(hostedOffer()));
    const button = await loading();
    await reached(button, 'ready');
    const shift = await shiftOf(async () => {
      button.pay();
      await reached(button, 'submitting');
    });
    expect(shift).to.equal(0);
  });

  it('and moves, as this measure knows, when something comes between', async () => {
    stage.merchant.reply(OFFER, json(hostedOffer()));
    const button = await loading();
    await reached(button, 'ready');
    const shift = await shiftOf(async () => {
      button.style.marginBlockEnd = '100px';
    });
    expect(shift).to.be.above(0);
  });
});
