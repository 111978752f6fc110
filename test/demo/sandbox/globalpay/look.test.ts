import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../../support/chromium.js';
import { HUMO_NO_FUNDS, openShop, UZCARD, VISA, type Payment, type Shop } from './shop.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let shop: Shop;
let browser: Browser;
before(async () => {
  shop = await openShop();
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await shop.close();
});

const NOWHERE = { successRedirectUrl: undefined, failRedirectUrl: undefined };

/** Every screen, and how a payment comes to it. */
const SCREENS: [what: string, walk: (payment: Payment) => Promise<unknown>, changes?: object][] = [
  ['the card form', () => Promise.resolve()],
  ['the SMS code', (payment) => payment.giveCard(UZCARD)],
  ['the SMS code after the time', overdue],
  ['the way to the bank', (payment) => payment.giveCard(VISA)],
  ['the end: paid', (payment) => pay(payment, UZCARD)],
  ['the end: not paid', (payment) => pay(payment, HUMO_NO_FUNDS), NOWHERE],
  ['the end: expired', (payment) => payment.press('expire')],
];

async function pay(payment: Payment, card: string): Promise<void> {
  await payment.giveCard(card);
  await payment.giveCode('123456');
  await shop.merchant.nextCallback();
}

async function overdue(payment: Payment): Promise<void> {
  await payment.giveCard(UZCARD);
  await payment.press('expire');
}

async function assertGood(page: Page): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.equal(wide, false, 'it scrolls sideways');
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof axeCore };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
  assert.deepEqual(found, []);
}

for (const colorScheme of ['light', 'dark'] as const) {
  describe(`on a phone of 360 pixels, ${colorScheme}`, () => {
    let page: Page;
    before(async () => {
      page = await browser.newPage({ colorScheme, viewport: { width: 360, height: 700 } });
    });
    after(() => page.close());

    for (const [what, walk, changes] of SCREENS) {
      it(`${what} can be read by everybody`, async () => {
        const payment = await shop.payment(changes);
        await walk(payment);
        await page.goto(payment.url);
        await assertGood(page);
      });
    }

    it('what is said of a wrong card and a wrong code can be read by everybody', async () => {
      const payment = await shop.payment();
      await page.goto(payment.url);
      await page.fill('#number', '1');
      await page.fill('#expiry', '1');
      await page.click('[data-action="pay"]');
      await page.getByRole('alert').waitFor();
      await assertGood(page);
      await page.click('[data-card="uzcard-approved"]');
      await page.click('[data-action="pay"]');
      await page.fill('#code', '1');
      await page.click('button[type="submit"]');
      await page.getByRole('alert').waitFor();
      await assertGood(page);
    });

    it('the receipt and the page of no payment can be read by everybody', async () => {
      const payment = await shop.payment();
      await pay(payment, UZCARD);
      const { gnkDetail } = (await payment.status()) as { gnkDetail: { qrCodeUrl: string } };
      for (const url of [gnkDetail.qrCodeUrl, `${payment.url}0`]) {
        await page.goto(url);
        await assertGood(page);
      }
    });
  });
}

describe('without a mouse', () => {
  it('a payment is made with the keyboard alone', async () => {
    const page = await browser.newPage();
    const payment = await shop.payment(NOWHERE);
    await page.goto(payment.url);
    const type = async (text: string) => {
      await page.keyboard.press('Tab');
      await page.keyboard.type(text);
    };
    await type(UZCARD);
    await type('12/30');
    await page.keyboard.press('Enter');
    await page.locator('#code').waitFor();
    await type('123456');
    await page.keyboard.press('Enter');
    await page.getByRole('status').waitFor();
    assert.equal(await payment.captures(), 1);
    await shop.merchant.nextCallback();
    await page.close();
  });

  it('a sandbox card fills the form with a date that is not over', async () => {
    const page = await browser.newPage();
    const payment = await shop.payment();
    await page.goto(payment.url);
    await page.click('[data-card="humo-no-funds"]');
    assert.equal((await page.inputValue('#number')).replaceAll(' ', ''), HUMO_NO_FUNDS);
    const [month, year] = (await page.inputValue('#expiry')).split('/').map(Number);
    assert.ok(Date.UTC(2000 + (year ?? 0), month ?? 0) > Date.now());
    await page.close();
  });
});
