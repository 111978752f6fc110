import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { CARDS, RIGHT_CODE } from '../../demo/sandbox/scenarios.js';
import { startDemo, type Demo } from '../../demo/start.js';
import { endingWords } from '../support/words.js';
import { eventually, type EngineBrowser, type Tab } from './browser.js';
import { ENGINES, type EngineName } from './engines.js';

const name = (process.env['ENGINE'] ?? 'chromium') as EngineName;

/** The merchant's page in the dialog, and the bank's page in that. */
const BANK = ['iframe[part~="frame"]', 'iframe'];
const IN_FRAME = `document.querySelector('pay-button').shadowRoot.querySelector('threeds-frame').shadowRoot`;

describe(`a shopper in ${ENGINES[name].title}`, () => {
  let dataDir: string;
  let demo: Demo;
  let browser: EngineBrowser;
  let tab: Tab;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'pay-elements-'));
    demo = await startDemo({ shopPort: 0, sandboxPort: 0, dataDir });
    browser = await ENGINES[name].open();
  });
  after(async () => {
    await browser.close();
    await demo.close();
    await rm(dataDir, { recursive: true });
  });
  beforeEach(async () => {
    tab = await browser.newTab();
  });
  afterEach(() => tab.close());

  async function order(product: 'A-1001' | 'U-2001'): Promise<void> {
    const response = await fetch(`${demo.shop}/shop/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ product }),
    });
    const { orderId } = (await response.json()) as { orderId: string };
    await tab.goto(`${demo.shop}/demo/checkout.html?order=${orderId}`);
  }

  async function payByGoogle(card: { id: string }): Promise<void> {
    await order('A-1001');
    await tab.click({ selector: '[part~="google-pay"] button' });
    await tab.click({ selector: `[data-card="${card.id}"]` });
  }

  async function enterCode(frames: readonly string[]): Promise<void> {
    await tab.type({ selector: 'input[autocomplete="one-time-code"]', frames }, RIGHT_CODE);
    await tab.click({ selector: 'button[type="submit"]', frames });
  }

  const read = (expression: string) => tab.evaluate(`document.querySelector('pay-button')${expression}`);

  /** The words on the page, the element's own word, and what the provider took since the test began. */
  async function endsAs(status: 'approved' | 'cancelled', captures: number): Promise<void> {
    await eventually(`the words for ${status}`, async () => {
      const words = await read(`.shadowRoot.querySelector('[part~="status"]').textContent.trim()`);
      return endingWords(status).test(String(words)) || undefined;
    });
    assert.equal(await read('.payment.status'), status);
    assert.equal((await ledger()) - earlier, captures, 'captures at the provider');
  }

  let earlier: number;
  beforeEach(async () => {
    earlier = await ledger();
  });
  async function ledger(): Promise<number> {
    const response = await fetch(`${demo.sandbox}/control/ledger`);
    return ((await response.json()) as { captures: unknown[] }).captures.length;
  }

  test('pays with Google Pay', async () => {
    await payByGoogle(CARDS.visaApproved);
    await endsAs('approved', 1);
  });

  test('passes the bank’s check in the dialog', async () => {
    await payByGoogle(CARDS.mastercard3ds2);
    await enterCode(BANK);
    await endsAs('approved', 1);
  });

  test('passes the bank’s check in the whole window, and is back in the shop', async () => {
    await payByGoogle(CARDS.visa3ds1);
    await enterCode([]);
    await endsAs('approved', 1);
  });

  test('leaves the bank’s check', async () => {
    await payByGoogle(CARDS.mastercard3ds2);
    await tab.click({ selector: '[part~="dialog-cancel"]' });
    await endsAs('cancelled', 0);
  });

  test('reloads the page while the bank asks, and finds the same check again', async () => {
    await payByGoogle(CARDS.mastercard3ds2);
    await tab.type({ selector: 'input[autocomplete="one-time-code"]', frames: BANK }, '0');
    await tab.reload();
    await enterCode(BANK);
    await endsAs('approved', 1);
  });

  describe('wants a new tab for the bank’s check', () => {
    /** The bank's page is in its dialog; answers how often it has been fetched since. */
    async function challenged(): Promise<() => Promise<number>> {
      const asked = await received('CReq');
      await payByGoogle(CARDS.mastercard3ds2);
      await tab.type({ selector: 'input[autocomplete="one-time-code"]', frames: BANK }, '');
      return async () => (await received('CReq')) - asked;
    }

    test('and gets it for a click, while the shop’s page waits and can cancel', async () => {
      const fetched = await challenged();
      await tab.click({ selector: '#tab' });
      await eventually('the bank’s page', async () => (await fetched()) === 2 || undefined);
      await tab.click({ selector: '#cancel' });
      await endsAs('cancelled', 0);
      assert.equal(await fetched(), 2, 'once in the dialog, once in the tab');
    });

    if (ENGINES[name].blocksPopups)
      test('and goes on in the whole window where another pop-up has used the click up', async () => {
        const fetched = await challenged();
        await tab.evaluate(`[window.open('')?.close(), ${IN_FRAME}.querySelector('#tab').click()]`);
        await enterCode([]);
        await endsAs('approved', 1);
        assert.equal(await fetched(), 2, 'once in the dialog, once in the window');
      });
  });

  async function payOnProviderPage(): Promise<void> {
    await tab.click({ selector: `[data-card="${CARDS.uzcardApproved.id}"]` });
    await tab.click({ selector: '[data-action="pay"]' });
    await enterCode([]);
  }

  test('pays on the provider’s page, and is back in the shop', async () => {
    await order('U-2001');
    await tab.click({ selector: 'button[part~="button"]' });
    await payOnProviderPage();
    await endsAs('approved', 1);
  });

  describe('comes Back', () => {
    const keeps = ENGINES[name].keeps === 'every page';

    /** Leaves the page and comes Back; answers whether it is the very page that was left, out of the back-forward cache. */
    async function goesBack(leave: () => Promise<void>): Promise<boolean> {
      const here = await tab.evaluate('location.href');
      /** Whether the page that is here was left before; `undefined` where it is another one. */
      const wasLeft = async () => {
        const [url, left] = (await tab.evaluate('[location.href, window.left === true]')) as [
          string,
          boolean,
        ];
        return url === here ? left : undefined;
      };
      await tab.evaluate('window.left = true');
      await leave();
      await eventually('another page', async () => (await wasLeft()) === undefined || undefined);
      // A page that goes away at once may not answer any more.
      await tab.evaluate('history.back()').catch(() => undefined);
      return eventually('the page before', wasLeft);
    }

    const toPhase = (phase: string) =>
      eventually(phase, async () => (await read('.phase')) === phase || undefined);

    test('to the button as it stood, and pays with it', async () => {
      await order('A-1001');
      await toPhase('ready');
      assert.equal(await goesBack(() => tab.goto(demo.sandbox)), ENGINES[name].keeps !== 'no page');
      await tab.click({ selector: '[part~="google-pay"] button' });
      await tab.click({ selector: `[data-card="${CARDS.visaApproved.id}"]` });
      await endsAs('approved', 1);
    });

    test('from the provider’s page, and goes on there with the same payment', async () => {
      const created = await received('create');
      await order('U-2001');
      assert.equal(await goesBack(() => tab.click({ selector: 'button[part~="button"]' })), keeps);
      await toPhase('checking');
      await tab.click({ selector: '#proceed' });
      await payOnProviderPage();
      await endsAs('approved', 1);
      assert.equal((await received('create')) - created, 1, 'payments at the provider');
    });

    test('from the bank’s page in the whole window, and goes on there', async () => {
      const asked = await received('PaReq');
      await order('A-1001');
      await tab.click({ selector: '[part~="google-pay"] button' });
      const pay = () => tab.click({ selector: `[data-card="${CARDS.visa3ds1.id}"]` });
      assert.equal(await goesBack(pay), keeps);
      await toPhase('checking');
      assert.equal((await received('PaReq')) - asked, 1, 'not sent there unasked');
      await tab.click({ selector: '#proceed' });
      await enterCode([]);
      await endsAs('approved', 1);
    });

    test('to the bank’s page in its dialog, which is fetched again only with the whole page', async () => {
      const asked = await received('CReq');
      await payByGoogle(CARDS.mastercard3ds2);
      await tab.type({ selector: 'input[autocomplete="one-time-code"]', frames: BANK }, '');
      assert.equal(await goesBack(() => tab.goto(demo.sandbox)), keeps);
      await toPhase('challenge');
      await enterCode(BANK);
      await endsAs('approved', 1);
      assert.equal((await received('CReq')) - asked, keeps ? 1 : 2, 'challenges at the bank');
    });
  });

  /** How many messages of this operation the sandbox has had. */
  async function received(operation: string): Promise<number> {
    const response = await fetch(`${demo.sandbox}/control/journal`);
    const journal = (await response.json()) as { operation: string }[];
    return journal.filter((entry) => entry.operation === operation).length;
  }
});
