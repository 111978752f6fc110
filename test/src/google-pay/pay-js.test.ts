import { expect } from '@open-wc/testing';
import { loadPayJs } from '../../../src/google-pay/pay-js.js';
import { FakeClock } from '../../support/browser/fake-clock.js';

const ADDRESS = 'https://pay.google.com/gp/p/js/pay.js';

describe('loading Google’s library', () => {
  let scripts: HTMLScriptElement[];
  let head: DocumentFragment;
  beforeEach(() => {
    scripts = [];
    head = new DocumentFragment();
    // Where the network begins: the script is not requested, and the test says how it went.
    document.head.append = (script) => {
      scripts.push(script as HTMLScriptElement);
      head.append(script);
    };
  });
  afterEach(() => {
    Reflect.deleteProperty(document.head, 'append');
    Reflect.deleteProperty(window, 'google');
  });

  const arrives = (): void => {
    Object.assign(window, { google: { payments: { api: { PaymentsClient: class {} } } } });
    scripts.at(-1)!.dispatchEvent(new Event('load'));
  };

  it('asks for nothing where the library is there', async () => {
    Object.assign(window, { google: { payments: { api: { PaymentsClient: class {} } } } });
    expect(await loadPayJs('')).to.equal(true);
    expect(scripts).to.have.length(0);
  });

  it('is not misled by another library of Google’s', async () => {
    Object.assign(window, { google: { maps: {} } });
    const loaded = loadPayJs('n0nce');
    expect(scripts[0]).to.include({ src: ADDRESS, nonce: 'n0nce' });
    arrives();
    expect(await loaded).to.equal(true);
  });

  it('loads it once for all who ask', async () => {
    const both = Promise.all([loadPayJs(''), loadPayJs('')]);
    expect(scripts).to.have.length(1);
    arrives();
    expect(await both).to.deep.equal([true, true]);
  });

  it('leaves the script that worked in the page, and none that failed', async () => {
    const failing = loadPayJs('');
    scripts[0]!.dispatchEvent(new Event('error'));
    await failing;
    expect(head.childElementCount).to.equal(0);
    const working = loadPayJs('');
    arrives();
    await working;
    expect(head.lastChild === scripts[1]).to.equal(true);
  });

  it('knows a failure at once and forgets it, so that the next try can work', async () => {
    const clock = new FakeClock();
    try {
      const failing = loadPayJs('');
      scripts[0]!.dispatchEvent(new Event('error'));
      expect(await failing).to.equal(false);
      const working = loadPayJs('');
      expect(scripts).to.have.length(2);
      arrives();
      expect(await working).to.equal(true);
    } finally {
      clock.close();
    }
  });

  it('takes a script that defines nothing for a failure', async () => {
    const failing = loadPayJs('');
    scripts[0]!.dispatchEvent(new Event('load'));
    expect(await failing).to.equal(false);
  });

  it('takes what the page has loaded by itself meanwhile, also when its own load is blocked', async () => {
    const loaded = loadPayJs('');
    Object.assign(window, { google: { payments: { api: { PaymentsClient: class {} } } } });
    scripts[0]!.dispatchEvent(new Event('error'));
    expect(await loaded).to.equal(true);
  });

  it('takes what came after it had given up', async () => {
    const failing = loadPayJs('');
    scripts[0]!.dispatchEvent(new Event('error'));
    await failing;
    arrives();
    expect(await loadPayJs('')).to.equal(true);
    expect(scripts).to.have.length(1);
  });

  it('waits 10 s for it', async () => {
    const clock = new FakeClock();
    try {
      let outcome: boolean | undefined;
      void loadPayJs('').then((loaded) => (outcome = loaded));
      await clock.tick(9_999);
      expect(outcome).to.equal(undefined);
      await clock.tick(1);
      expect(outcome).to.equal(false);
      expect(clock.pending).to.equal(0);
    } finally {
      clock.close();
    }
  });
});
