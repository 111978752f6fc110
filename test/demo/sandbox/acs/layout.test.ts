import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../../support/chromium.js';
import { startMerchant, type Merchant } from '../merchant.js';
import { begin, changed, decode } from './begin.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let merchant: Merchant;
let browser: Browser;
before(async () => {
  [merchant, browser] = await Promise.all([startMerchant(), launchChromium()]);
});
after(async () => {
  await browser.close();
  await merchant.close();
});

interface View {
  colorScheme?: 'light' | 'dark';
  locale?: string;
  width: number;
  height: number;
}

/** The bank's page in a window of its own, as it would be in a frame of that size. */
async function openBank(
  card: 'mastercard3ds2' | 'bankApp',
  challengeWindowSize: string,
  { width, height, locale = 'en-GB', colorScheme = 'light' }: View,
): Promise<Page> {
  const begun = await begin(merchant, card);
  const page = await browser.newPage({ viewport: { width, height }, locale, colorScheme, bypassCSP: true });
  const creq = changed(begun, { challengeWindowSize });
  await page.setContent(`<form method="post" action="${begun.acsUrl}">
    <input type="hidden" name="creq" value="${creq}"><button>Go</button></form>`);
  await page.locator('button').click();
  await page.locator('h1').waitFor();
  return page;
}

async function violations(page: Page): Promise<unknown[]> {
  await page.evaluate(AXE);
  const result = await page.evaluate<AxeResults>('axe.run()');
  return result.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

describe("the bank's page in its window", () => {
  for (const [size, width, height] of [
    ['01', 250, 400],
    ['02', 390, 400],
    ['03', 500, 600],
    ['04', 600, 400],
    ['05', 1280, 800],
    ['05', 360, 640],
  ] as const) {
    it(`${size}, ${width} by ${height}, is seen whole, without scrolling, in both languages`, async () => {
      for (const card of ['mastercard3ds2', 'bankApp'] as const) {
        for (const locale of ['en-GB', 'uk-UA']) {
          const page = await openBank(card, size, { width, height, locale });
          const content = await page.evaluate(() => {
            const { scrollWidth, scrollHeight } = document.documentElement;
            return { scrollWidth, scrollHeight };
          });
          assert.deepEqual(content, { scrollWidth: width, scrollHeight: height }, `${card}, ${locale}`);
          await page.close();
        }
      }
    });
  }
});

describe("the bank's pages", () => {
  it('have nothing that axe would object to, in light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const card of ['mastercard3ds2', 'bankApp'] as const) {
        const page = await openBank(card, '03', { width: 500, height: 600, colorScheme });
        assert.deepEqual(await violations(page), [], card);
        await page.close();
      }
    }
  });

  it('have nothing of that kind in the app either, before and after its question', async () => {
    const waiting = await openBank('bankApp', '01', { width: 250, height: 400 });
    const opened = waiting.waitForEvent('popup');
    await waiting.locator('a[target="_blank"]').click();
    const app = await opened;
    await app.locator('h1').waitFor();
    assert.deepEqual(await violations(app), []);
    await app.locator('button[value="cancel"]').click();
    await app.getByRole('heading', { name: 'Thank you' }).waitFor();
    assert.deepEqual(await violations(app), []);
    await waiting.close();
  });

  it('give up by themselves when their time is over', async () => {
    const begun = await begin(merchant, 'impatientBank');
    const page = await browser.newPage();
    const returned = page.waitForRequest('https://shop.example/**');
    await page.route('https://shop.example/**', (route) => route.fulfill({ body: 'the shop' }));
    await page.setContent(`<form method="post" action="${begun.acsUrl}">
      <input type="hidden" name="creq" value="${begun.creq}"><button>Go</button></form>`);
    await page.locator('button').click();
    const form = new URLSearchParams((await returned).postData() ?? '');
    assert.equal(decode(form.get('cres') ?? '')['transStatus'], 'N');
    await page.close();
  });
});
