import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CARDS, RIGHT_CODE, SCENARIOS } from '../../demo/sandbox/scenarios.js';
import { bankFrame, chooseProviderPage, enterCode, openSheet, payAs } from '../support/shopper.js';
import { startWorld, type World } from '../support/world.js';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

test('a purchase without an answer is checked until it is known to be paid, however often the check fails', async () => {
  const shopper = await world.shopper();
  const captures = (await world.captures()).length;
  const purchases = await world.received('GooglePayPurchase');
  const checks = await world.received('check');
  await world.fault({ operation: 'GooglePayPurchase', fault: 'answer_lost' });
  await world.fault({ operation: 'check', fault: 'http_500', times: 2 });
  await shopper.order('A-1001');

  await openSheet(shopper.page);
  await shopper.page.locator(`[data-card="${CARDS.visaApproved.id}"]`).click();

  await shopper.status(/^Checking your payment/);
  await shopper.status(/^Paid/);
  assert.ok((await world.received('check')) - checks >= 3, 'status queries');
  assert.equal((await world.captures()).length - captures, 1, 'captures');
  assert.equal((await world.received('GooglePayPurchase')) - purchases, 1, 'purchases sent');
  await shopper.context.close();
});

test('where nobody could pay, the shopper pays at the second try', async () => {
  const shopper = await world.shopper();
  const captures = (await world.captures()).length;
  await world.fault({ operation: 'create', fault: 'wrong_types' });
  await shopper.order('U-2001');
  await chooseProviderPage(shopper.page);
  await shopper.status(/not been charged/);

  await shopper.page.locator('pay-button #retry').click();
  await payAs(shopper.page, SCENARIOS.find(({ id }) => id === 'uzcard-approved') ?? assert.fail());

  await shopper.status(/^Paid/);
  assert.equal((await world.captures()).length - captures, 1);
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
