import { expect } from '@open-wc/testing';
import { findPayment } from '../../../src/checkout/find-payment.js';
import { beginRun } from '../../../src/checkout/run.js';
import type { Settings } from '../../../src/checkout/settings.js';
import { FakeMerchant, silence } from '../../support/browser/fake-merchant.js';

const settings = { endpoint: '/pay', orderId: 'A-1' } as Settings;

describe('finding the payment under way', () => {
  let merchant: FakeMerchant;
  beforeEach(() => (merchant = new FakeMerchant()));
  afterEach(() => {
    merchant.close();
    sessionStorage.clear();
  });

  it('remembers an attempt when nobody waits any more for what the server says of it', async () => {
    merchant.reply('GET /pay/payments', silence);
    const run = beginRun(settings);
    run.memory.write({ key: 'k1' });
    const found = findPayment(run, undefined, () => undefined);
    run.ending.abort();
    expect(await found).to.equal(undefined);
    expect(run.memory.read()).to.deep.equal({ key: 'k1' });
  });
});
