import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Frame, Page } from 'playwright-core';
import { CARDS, RIGHT_CODE } from '../../demo/sandbox/scenarios.js';
import { bankFrame } from '../support/shopper.js';
import { startWorld, type Shopper, type World } from '../support/world.js';

/** A shopper without a mouse: everything here happens by keys, and is found by pressing Tab. */
let world: World;
let shopper: Shopper;
before(async () => void (world = await startWorld()));
after(() => world.close());
afterEach(() => shopper.context.close());

/** As many stops as any of the pages has, and then some. */
const FAR = 40;

async function atCheckout(product: 'A-1001' | 'U-2001'): Promise<Page> {
  shopper = await world.shopper();
  await shopper.order(product);
  return shopper.page;
}

/** Presses Tab until what the selector finds has the focus, within a frame or through shadow roots. */
async function tabTo(page: Page, selector: string, where: Frame | Page = page): Promise<void> {
  const target = where.locator(selector).first();
  await target.waitFor();
  for (let stops = 0; stops < FAR; stops += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element.matches(':focus'))) return;
  }
  assert.fail(`Tab does not lead to ${selector}`);
}

/** The part or the id of what has the focus within the pay button and its bank dialog. */
function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.getAttribute('part') ?? active?.id;
  });
}

async function atTheBank(): Promise<{ page: Page; bank: Frame }> {
  const page = await atCheckout('A-1001');
  await tabTo(page, 'pay-button [part~="google-pay"] button');
  await page.keyboard.press('Enter');
  await tabTo(page, `[data-card="${CARDS.mastercard3ds2.id}"]`);
  await page.keyboard.press('Enter');
  const bank = await bankFrame(page);
  await bank.locator('#code').waitFor();
  return { page, bank };
}

test('Google Pay and the bank’s check, up to the result', async () => {
  const { page, bank } = await atTheBank();
  assert.equal(await focused(page), 'dialog-title');
  await tabTo(page, '#code', bank);
  await page.keyboard.type(RIGHT_CODE);
  await page.keyboard.press('Enter');
  await shopper.status(/^Paid/);
  // The shop takes the focus to its thanks; without that it would be on the words of the result.
  await page.locator('#thanks-title:focus').waitFor();
  assert.equal((await world.captures()).length, 1);
});

test('Escape asks before it leaves, and Cancel stands before the bank’s page', async () => {
  const { page } = await atTheBank();
  await page.keyboard.press('Escape');
  await page.locator('threeds-frame #stay:focus').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('threeds-frame [part="dialog-title"]:focus').waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'dialog-cancel');
  await page.keyboard.press('Enter');
  await shopper.status(/cancelled/);
  assert.equal(await focused(page), 'status');
  await tabTo(page, 'pay-button #retry');
  await page.keyboard.press('Enter');
  await tabTo(page, 'pay-button [part~="google-pay"] button');
});

test('the provider’s own page, and back to the result', async () => {
  const page = await atCheckout('U-2001');
  await tabTo(page, 'pay-button button[part~="button"]');
  await page.keyboard.press('Space');
  await page.waitForURL((url) => url.hostname === '127.0.0.1');
  await tabTo(page, `[data-card="${CARDS.uzcardApproved.id}"]`);
  await page.keyboard.press('Enter');
  await tabTo(page, '[data-action="pay"]');
  await page.keyboard.press('Enter');
  await tabTo(page, 'input[autocomplete="one-time-code"]');
  await page.keyboard.type(RIGHT_CODE);
  await page.keyboard.press('Enter');
  await shopper.status(/^Paid: UZS\s150,000/);
  await tabTo(page, 'pay-button [part~="receipt"]');
});
