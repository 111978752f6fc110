import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CARDS, RIGHT_CODE, SCENARIOS } from '../../demo/sandbox/scenarios.js';
import { bankFrame, enterCode, openSheet, payAs } from '../support/shopper.js';
import { startWorld, type World } from '../support/world.js';

/** Shoppers who follow a link within an app, whose web view is less than a browser. */
let world: World;
before(async () => void (world = await startWorld()));
after(() => world.close());

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0';

/** What Google takes for no browser of its own. */
const APPS = {
  'Instagram on an iPhone': `${IPHONE} Mobile/15E148 Instagram 389.0.0.49.87`,
  'Facebook on an iPhone': `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/519.0.0.46.95]`,
  'Telegram on an iPhone': `${IPHONE} Mobile/15E148`,
  'Facebook on Android': `${ANDROID} Chrome/138.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/519.0.0.46.95]`,
};

for (const [app, userAgent] of Object.entries(APPS)) {
  test(`in ${app}, where Google Pay is not, the shop offers the provider’s page alone`, async () => {
    const shopper = await world.shopper({ userAgent });
    const { page, context, complaints } = shopper;
    await shopper.order('A-1001');
    await page.locator('pay-button button[part~="button"]').waitFor();
    assert.equal(await page.locator('.gpay-button').count(), 0);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

/** A shopper who has put something into an order, in an app that opens no windows. */
async function inOneWindow(app?: keyof typeof APPS) {
  const shopper = await world.shopper(app && { userAgent: APPS[app] });
  const { page, context, complaints } = shopper;
  await page.addInitScript(() => Reflect.deleteProperty(window, 'open'));
  await shopper.order('A-1001');
  const paid = async () => {
    await shopper.status(/^Paid/);
    assert.equal(context.pages().length, 1);
    assert.deepEqual(complaints, []);
    await context.close();
  };
  return { page, paid };
}

test('an app without windows takes the shopper to the provider’s page and back', async () => {
  const { page, paid } = await inOneWindow('Instagram on an iPhone');
  await payAs(page, SCENARIOS.find(({ id }) => id === 'procard-page') ?? assert.fail());
  await paid();
});

test('an app without windows takes the bank’s check out of its dialog', async () => {
  const { page, paid } = await inOneWindow();
  await openSheet(page);
  await page.locator(`[data-card="${CARDS.mastercard3ds2.id}"]`).click();
  await bankFrame(page);
  await page.getByRole('button', { name: 'Open in a new tab' }).click();
  await page.waitForURL(/\/acs\//);
  await enterCode(page.mainFrame(), RIGHT_CODE);
  await paid();
});
