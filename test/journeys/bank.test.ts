import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CARDS, RIGHT_CODE } from '../../demo/sandbox/scenarios.js';
import { en } from '../../src/i18n/en.js';
import { bankFrame, enterCode, openNewTab, openSheet } from '../support/shopper.js';
import { startWorld, type Shopper, type World } from '../support/world.js';

/** What the scenarios do not show of a bank's misconduct: how the page looks meanwhile, and what reaches the server. */
let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

async function payWith(shopper: Shopper, card: keyof typeof CARDS): Promise<void> {
  await openSheet(shopper.page);
  await shopper.page.locator(`[data-card="${CARDS[card].id}"]`).click();
}

test('the dialog says that it is loading until the bank’s own page has come', async () => {
  const shopper = await world.shopper();
  const { page } = shopper;
  let letThrough = () => {};
  const wait = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route('**/acs/3ds2', async (route) => {
    await wait;
    await route.continue();
  });
  await shopper.order('A-1001');
  const asked = page.waitForRequest('**/acs/3ds2');
  await payWith(shopper, 'mastercard3ds2');
  const spinner = page.locator('threeds-frame [part~="spinner"]');
  const words = page.locator('threeds-frame [role="status"]');

  // The host page has loaded: its script has posted the form.
  await asked;
  await page.waitForFunction(() => document.readyState === 'complete');
  assert.equal(await spinner.isVisible(), true);
  assert.equal((await words.textContent())?.trim(), en.wait);

  letThrough();
  await spinner.waitFor({ state: 'hidden' });
  assert.equal((await words.textContent())?.trim(), en.threedsLoaded);
  await enterCode(await bankFrame(page), RIGHT_CODE);
  await shopper.status(/^Paid/);
  await shopper.context.close();
});

test('a bank that stays white in a new tab too is left there, and the payment stopped', async () => {
  const shopper = await world.shopper();
  const { page } = shopper;
  const captures = (await world.captures()).length;
  await shopper.order('A-1001');
  await payWith(shopper, 'blankBank');
  await bankFrame(page);

  const tab = await openNewTab(page);
  await tab.waitForURL('**/acs/3ds2');
  await tab.close();
  await page.locator('pay-button #cancel').click();

  await shopper.status(/^The payment was cancelled/);
  assert.equal((await world.captures()).length, captures);
  await shopper.context.close();
});

test('after an error of the bank the shopper may try again, and pays once', async () => {
  const shopper = await world.shopper();
  const { page } = shopper;
  const captures = (await world.captures()).length;
  await shopper.order('A-1001');
  await payWith(shopper, 'bankError');

  await page.locator('pay-button #cancel').click();
  await shopper.status(/^The payment was cancelled/);
  await page.locator('pay-button #retry').click();
  await payWith(shopper, 'mastercard3ds2');
  await enterCode(await bankFrame(page), RIGHT_CODE);

  await shopper.status(/^Paid/);
  assert.equal((await world.captures()).length - captures, 1);
  await shopper.context.close();
});

test('an answer that comes twice at the same moment finishes 3-D Secure once', async () => {
  const shopper = await world.shopper();
  const completed = await world.received('Complete3DS');
  const returns: string[] = [];
  shopper.page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/return')) returns.push(request.url());
  });
  await shopper.order('A-1001');
  await payWith(shopper, 'postsTwice');
  await enterCode(await bankFrame(shopper.page), RIGHT_CODE);

  await shopper.status(/^Paid/);
  assert.equal(returns.length, 2);
  assert.equal((await world.received('Complete3DS')) - completed, 1);
  await shopper.context.close();
});

test('a return without an origin is a return', async () => {
  const shopper = await world.shopper();
  const returned = shopper.page.waitForRequest('**/return');
  await shopper.order('A-1001');
  await payWith(shopper, 'noReferrer');
  await enterCode(await bankFrame(shopper.page), RIGHT_CODE);

  await shopper.status(/^Paid/);
  const headers = await (await returned).allHeaders();
  assert.equal(headers['origin'], 'null');
  assert.equal(headers['referer'], undefined);
  await shopper.context.close();
});
