import { expect } from '@open-wc/testing';
import { MerchantClient } from '../../../src/checkout/merchant-client.js';
import { Wake } from '../../../src/checkout/wake.js';
import { watchPayment } from '../../../src/checkout/watch-payment.js';
import { FakeClock, settled } from '../../support/browser/fake-clock.js';
import { FakeMerchant, json, view } from '../../support/browser/fake-merchant.js';

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
