import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CARDS, RIGHT_CODE } from '../../demo/sandbox/scenarios.js';
import { bankFrame, enterCode, openSheet } from '../support/shopper.js';
import { startWorld, type World } from '../support/world.js';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

/** The purchase goes through at the provider, and our server does not hear of it. */
for (const fault of ['answer_lost', 'html', 'http_500', 'truncated_json', 'wrong_types']) {
  test(`a purchase answered by "${fault}" is checked until it is known to be paid, and is sent once`, async () => {
    const shopper = await world.shopper();
    const captures = (await world.captures()).length;
    const purchases = await world.received('GooglePayPurchase');
    await world.fault({ operation: 'GooglePayPurchase', fault });
    // The first status query fails too, so that the doubt can be seen.
    await world.fault({ operation: 'check', fault: 'http_500' });
    await shopper.order('A-1001');

    await openSheet(shopper.page);
    await shopper.page.locator(`[data-card="${CARDS.visaApproved.id}"]`).click();

    await shopper.status(/^Checking the result of your payment/);
    await shopper.status(/^Paid/);
    assert.equal((await world.captures()).length - captures, 1, 'captures');
    assert.equal((await world.received('GooglePayPurchase')) - purchases, 1, 'purchases sent');
    await shopper.context.close();
  });
}

test('a provider that is down leaves the payment in doubt: not failed, not sent again, asked about', async () => {
  const shopper = await world.shopper();
  const purchases = await world.received('GooglePayPurchase');
  const checks = await world.received('check');
  await world.fault({ operation: 'GooglePayPurchase', fault: 'down' });
  await shopper.order('A-1001');

  await openSheet(shopper.page);
  await shopper.page.locator(`[data-card="${CARDS.visaApproved.id}"]`).click();
  await shopper.status(/^Checking the result of your payment/);
  while ((await world.received('check')) - checks < 2)
    await shopper.page.waitForResponse(/\/pay\/payments\//);

  assert.equal((await shopper.payment()).status, 'processing');
  assert.equal((await world.received('GooglePayPurchase')) - purchases, 1, 'purchases sent');
  await shopper.context.close();
});

test('a payment page whose address was lost ends as failed: nobody could pay there', async () => {
  const shopper = await world.shopper();
  const captures = (await world.captures()).length;
  await world.fault({ operation: 'create', fault: 'html', times: 2 });
  await shopper.order('U-2001');

  await shopper.page.locator('pay-button button[part~="button"]').click();

  await shopper.status(/not been charged/);
  assert.equal((await shopper.payment()).status, 'failed');
  assert.equal((await world.captures()).length, captures);
  await shopper.context.close();
});

test('a shopper who reloads while the bank is asking finds the same check again, and pays once', async () => {
  const shopper = await world.shopper();
  const captures = (await world.captures()).length;
  await shopper.order('A-1001');
  await openSheet(shopper.page);
  await shopper.page.locator(`[data-card="${CARDS.mastercard3ds2.id}"]`).click();
  await bankFrame(shopper.page);

  await shopper.page.reload();
  await enterCode(await bankFrame(shopper.page), RIGHT_CODE);

  await shopper.status(/^Paid/);
  assert.equal((await world.captures()).length - captures, 1);
  await shopper.context.close();
});
