import { expect } from '@open-wc/testing';
import { MerchantClient } from '../../../src/checkout/merchant-client.js';
import { Wake } from '../../../src/checkout/wake.js';
import { watchPayment } from '../../../src/checkout/watch-payment.js';
import { FakeClock, settled } from '../../support/browser/fake-clock.js';
import { FakeMerchant, json, offline, silence, view } from '../../support/browser/fake-merchant.js';

const VIEW = 'GET /pay/payments/p1';

describe('watching a payment on a server that does not hold its answer back', () => {
  let clock: FakeClock;
  let merchant: FakeMerchant;
  let ending: AbortController;
  let wake: Wake;
  beforeEach(() => {
    clock = new FakeClock();
    merchant = new FakeMerchant().reply(VIEW, json(view()));
    ending = new AbortController();
    wake = new Wake(ending.signal);
    const views = watchPayment(
      { signal: ending.signal, wake },
      new MerchantClient('/pay'),
      view(),
      () => undefined,
    );
    void views.next();
  });
  afterEach(() => {
    ending.abort();
    merchant.close();
    clock.close();
  });

  const asked = () => merchant.to(VIEW).length;

  it('asks every second', async () => {
    await clock.tick(999);
    expect(asked()).to.equal(1);
    await clock.tick(1);
    expect(asked()).to.equal(2);
    await clock.tick(10_000);
    expect(asked()).to.equal(12);
  });

  it('asks at once when the page wakes up in between', async () => {
    await clock.tick(500);
    wake.call();
    await settled();
    expect(asked()).to.equal(2);
  });

  it('leaves no timer when it ends in between', async () => {
    await clock.tick(500);
    ending.abort();
    await settled();
    expect(asked()).to.equal(1);
    expect(clock.pending).to.equal(0);
  });
});

describe('watching a payment through trouble', () => {
  let clock: FakeClock;
  let merchant: FakeMerchant;
  const ending = new AbortController();
  beforeEach(() => {
    clock = new FakeClock();
    merchant = new FakeMerchant().reply(VIEW, offline, json(view({ version: 3 })), silence);
  });
  afterEach(() => {
    ending.abort();
    merchant.close();
    clock.close();
  });

  it('tells how it stands as soon as that is over, changed or not: what was said meanwhile is true no more', async () => {
    const waiting = { signal: ending.signal, wake: new Wake(ending.signal) };
    const told: unknown[] = [];
    const trouble = () => void told.push('trouble');
    const watch = async () => {
      const views = watchPayment(waiting, new MerchantClient('/pay'), view({ version: 3 }), trouble);
      for await (const { version } of views) told.push(version);
    };
    void watch();
    await clock.tick(1_000);
    expect(told).to.deep.equal(['trouble', 3]);
    expect(merchant.to(VIEW).map(({ path }) => path.split('=').at(-1))).to.deep.equal(['3', '2', '3']);
  });
});
