import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CARDS, RIGHT_CODE } from '../../demo/sandbox/scenarios.js';
import { bankFrame, enterCode, openNewTab, openSheet } from '../support/shopper.js';
import { startWorld, type Shopper, type World } from '../support/world.js';

/** Shoppers who leave in the middle of the bank's check, in every way there is, and come back. */
let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

/** A shopper before the bank's page, and what has happened at the bank and the provider since. */
async function challenged(card: keyof typeof CARDS = 'mastercard3ds2', presentation?: string) {
  const shopper = await world.shopper();
  const posted: string[] = [];
  shopper.context.on('request', (request) => {
    if (request.method() === 'POST' && /\/acs\/3ds[12]$/.test(request.url())) posted.push(request.url());
  });
  const counts = async () => ({
    captures: (await world.captures()).length,
    purchases: await world.received('GooglePayPurchase'),
    completed: await world.received('Complete3DS'),
  });
  const before = await counts();
  if (presentation) {
    await shopper.context.addInitScript((value) => {
      document.addEventListener('DOMContentLoaded', () =>
        document
          .querySelector<HTMLTemplateElement>('#pay')
          ?.content.querySelector('pay-button')
          ?.setAttribute('presentation', value),
      );
    }, presentation);
  }
  await shopper.order('A-1001');
  await openSheet(shopper.page);
  await shopper.page.locator(`[data-card="${CARDS[card].id}"]`).click();
  const bank = await bankFrame(shopper.page);
  return {
    ...shopper,
    bank,
    posted,
    payment: () => shopper.payment(),
    paidOnce: async () => {
      const now = await counts();
      assert.equal(now.captures - before.captures, 1, 'captures');
      assert.equal(now.purchases - before.purchases, 1, 'purchases');
      assert.equal(now.completed - before.completed, 1, 'Complete3DS');
    },
  };
}

const paid = (page: Shopper['page']) =>
  page.locator('pay-button [part~="status"]', { hasText: /^Paid/ }).waitFor();

test('a new tab goes on with the bank, has no hold of the shop’s page, and both end alike', async () => {
  const { page, context, bank, posted, paidOnce } = await challenged('topWindow');
  await enterCode(bank, RIGHT_CODE);
  await bank.locator('form[target="_top"]').waitFor();
  const tab = await openNewTab(page);
  await tab.waitForURL('**/demo/checkout.html?*payment=*');
  assert.equal(await tab.evaluate(() => window.opener as unknown), null);
  await Promise.all([paid(page), paid(tab)]);
  assert.equal(posted.length, 2, 'once in the frame, once at the shopper’s word');
  await paidOnce();
  await context.close();
});

test('while the new tab is at the bank, the shop’s page asks, and offers to go on or to cancel', async () => {
  const { page, context } = await challenged('blankBank');
  const tab = await openNewTab(page);
  await tab.waitForURL('**/acs/3ds2');
  await page.locator('pay-button #proceed').waitFor();
  await page.locator('pay-button #cancel').waitFor();
  await page.locator('threeds-frame iframe').waitFor({ state: 'detached' });
  await context.close();
});

test('where the browser opens no tab, the whole window goes on with the bank and comes back', async () => {
  const { page, context, paidOnce } = await challenged();
  await page.evaluate(() => void (window.open = () => null));
  await page.getByRole('button', { name: 'Open in a new tab' }).click();
  await page.waitForURL(/\/acs\//);
  await enterCode(page.mainFrame(), RIGHT_CODE);
  await paid(page);
  assert.equal(context.pages().length, 1);
  await paidOnce();
  await context.close();
});

test('Back from the bank’s page in the whole window sends nobody there again unasked', async () => {
  const { page, context, posted, paidOnce } = await challenged('mastercard3ds2', 'redirect');
  await page.waitForLoadState(); // a page that is still taking the place of another cannot go Back
  await page.goBack();
  await page.locator('pay-button #proceed').waitFor();
  assert.equal(posted.length, 1);
  await page.locator('pay-button #proceed').click();
  await enterCode(await bankFrame(page), RIGHT_CODE);
  await paid(page);
  await paidOnce();
  await context.close();
});

test('a page that a bank’s app pushed out of memory finds the answer when it comes back', async () => {
  const { page, context, bank, paidOnce } = await challenged('bankApp');
  const opened = page.waitForEvent('popup');
  await bank.locator('a[target="_blank"]').click();
  const app = await opened;
  await page.reload();
  await app.locator('button[value="confirm"]').click();
  await paid(page);
  await paidOnce();
  await context.close();
});

test('F17 two tabs of one payment end alike, and the payment is made once', async () => {
  const { page, context, bank, payment, paidOnce } = await challenged();
  const { id } = await payment();
  const second = await context.newPage();
  await second.goto(`${page.url()}&payment=${id}`);
  await bankFrame(second);
  await enterCode(bank, RIGHT_CODE);
  await Promise.all([paid(page), paid(second)]);
  await paidOnce();
  await context.close();
});

test('without a network the page says not to pay again, and has the answer when it is back', async () => {
  const { page, context, bank, paidOnce } = await challenged();
  const creates: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/pay/payments')) creates.push(request.url());
  });
  await bank.locator('input[autocomplete="one-time-code"]').fill(RIGHT_CODE);
  await page.route('**/pay/payments/*', (route) => route.abort());
  await bank.locator('button[type="submit"]').first().click();
  await page.locator('pay-button [part~="status"]', { hasText: /do not pay again/ }).waitFor();
  await page.unroute('**/pay/payments/*');
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await paid(page);
  assert.deepEqual(creates, []);
  await paidOnce();
  await context.close();
});

test('who goes Back out of the shop and Forward again finds the bank’s check, and pays once', async () => {
  const { page, context, paidOnce } = await challenged();
  await page.goBack();
  await page.goForward();
  await enterCode(await bankFrame(page), RIGHT_CODE);
  await paid(page);

  await page.goBack();
  await page.goForward();
  await paid(page);
  await paidOnce();
  await context.close();
});

test('a tab that the system ended at the bank’s check and restores has the check again, and pays once', async () => {
  const { page, context, posted, paidOnce } = await challenged();
  const kept = await page.evaluate(() => ({ ...sessionStorage }));
  const devtools = await context.newCDPSession(page);
  const gone = page.waitForEvent('crash');
  devtools.send('Page.crash').catch(() => undefined); // nobody is left to answer
  await gone;
  // Playwright gives a crashed page up, so what the browser restores is put into a new one.
  const restored = await context.newPage();
  await restored.addInitScript((entries) => void Object.assign(sessionStorage, entries), kept);
  await restored.goto(page.url());
  await enterCode(await bankFrame(restored), RIGHT_CODE);
  await paid(restored);
  assert.equal(posted.length, 2, 'once in each life of the page');
  await paidOnce();
  await context.close();
});

test('a device that goes offline while the bank is waited for asks as soon as it is online again, and says so', async () => {
  const { page, context, paidOnce } = await challenged();
  await page.clock.install();
  const tab = await openNewTab(page);
  await page.locator('pay-button #proceed').waitFor();
  await context.setOffline(true);
  await page.locator('pay-button [part~="status"]', { hasText: /do not pay again/ }).waitFor();
  // From here on nothing in the page happens because time goes by: its clock stops ahead of where it may be by now.
  await page.clock.pauseAt(Date.now() + 30_000);
  await context.setOffline(false);
  await page.locator('pay-button [part~="status"]', { hasText: /^Checking/ }).waitFor();
  await enterCode(await bankFrame(tab), RIGHT_CODE);
  await Promise.all([paid(page), paid(tab)]);
  await paidOnce();
  await context.close();
});

test('two tabs of one order that pay at the same moment take the money once, and each hears how it stands', async () => {
  const shopper = await world.shopper();
  const { page, context } = shopper;
  const captures = (await world.captures()).length;
  await shopper.order('A-1001');
  const second = await context.newPage();
  await second.goto(page.url());
  const tabs = [page, second];
  for (const tab of tabs) await openSheet(tab);
  await Promise.all(tabs.map((tab) => tab.locator(`[data-card="${CARDS.visaApproved.id}"]`).click()));
  const said = /^\s*(Paid|This order is already paid|An earlier payment is still being checked)/;
  await Promise.all(tabs.map((tab) => tab.locator('pay-button p', { hasText: said }).first().waitFor()));
  await Promise.race(tabs.map(paid));
  assert.equal((await world.captures()).length - captures, 1);
  await context.close();
});
