import { expect } from '@open-wc/testing';
import { Wake } from '../../../src/checkout/wake.js';
import { FakeClock } from '../../support/browser/fake-clock.js';

const HAPPENINGS: Record<string, () => void> = {
  'the network is back': () => window.dispatchEvent(new Event('online')),
  'the page comes out of the back-forward cache': () =>
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
  'the page comes into view': () => document.dispatchEvent(new Event('visibilitychange')),
};

describe('what wakes those who wait', () => {
  let clock: FakeClock;
  let ending: AbortController;
  let wake: Wake;
  beforeEach(() => {
    clock = new FakeClock();
    ending = new AbortController();
    wake = new Wake(ending.signal);
  });
  afterEach(() => {
    ending.abort();
    Reflect.deleteProperty(document, 'hidden');
    clock.close();
  });

  const wakes = (happen: () => void): boolean => {
    const { signal } = wake;
    happen();
    return signal.aborted;
  };

  for (const [what, happen] of Object.entries(HAPPENINGS)) {
    it(`wakes them when ${what}, until it ends`, async () => {
      expect(wakes(happen)).to.equal(true);
      await clock.tick(1_000);
      ending.abort();
      expect(wakes(happen)).to.equal(false);
    });
  }

  it('lets them sleep while the page is out of sight', () => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: true });
    expect(wakes(HAPPENINGS['the page comes into view']!)).to.equal(false);
  });

  it('lets them sleep when the page is shown for the first time', () => {
    expect(wakes(() => window.dispatchEvent(new PageTransitionEvent('pageshow')))).to.equal(false);
  });

  it('wakes them once a second at most', async () => {
    expect(wakes(wake.call)).to.equal(true);
    await clock.tick(999);
    expect(wakes(wake.call)).to.equal(false);
    await clock.tick(1);
    expect(wakes(wake.call)).to.equal(true);
  });
});
