import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startWorld, type World } from '../support/world.js';

let world: World;
before(async () => void (world = await startWorld()));
after(() => world.close());

test('the theme page colours every moment, and writes the CSS for it', async () => {
  const { page } = await world.shopper();
  await page.goto(`${world.demo.shop}/demo/theme.html?theme=ink&lang=uz`);
  const button = page.locator('figure[data-moment^="pay-button: ready for the provider"] [part~="button"]');
  await button.getByText('Karta orqali toʻlash').waitFor();
  await page.locator('input[name="--pay-radius"]').fill('13px');
  assert.equal(await button.evaluate((element) => getComputedStyle(element).borderTopLeftRadius), '13px');
  await page.locator('#css', { hasText: '--pay-radius: 13px;' }).waitFor();
  assert.match((await page.locator('#css').textContent())!, /^\/\* Ink:/);

  await page.locator('select[name="lang"]').selectOption('uk');
  await button.getByText('Оплатити карткою').waitFor();
  await page.locator('[data-moment="pay-status: paid, with a receipt"] [part~="qr"]').waitFor();
});
