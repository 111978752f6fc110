import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Phase } from '../../src/checkout/phase.js';
import type { Messages } from '../../src/i18n/messages.js';
import { en } from '../../src/i18n/en.js';
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

const PHASES: Record<Phase['name'], true> = {
  loading: true,
  ready: true,
  sheet: true,
  submitting: true,
  challenge: true,
  redirecting: true,
  checking: true,
  done: true,
  unavailable: true,
  invalid: true,
};

test('the theme page shows every phase of a checkout, and every text that a shopper may read', async () => {
  const { page } = await world.shopper();
  await page.goto(`${world.demo.shop}/demo/theme.html`);
  await page.waitForFunction((names) => {
    const buttons = [...document.querySelectorAll('pay-button')] as (HTMLElement & { phase: string })[];
    return names.every((name) => buttons.some(({ phase }) => phase === name));
  }, Object.keys(PHASES));

  await page.locator('#show-dialog').click();
  await page.frameLocator('#stage > threeds-frame iframe').locator('h1').waitFor();
  await page.keyboard.press('Escape');
  // What only assistive technology reads, and the name of a currency, which stands within amounts.
  const unseen = [en.threedsFrameTitle, en.uzs];
  for (const text of textsOf(en).filter((text) => !unseen.includes(text))) {
    await page.locator('#stage').getByText(text).and(page.locator(':visible')).first().waitFor();
  }
});

test('the theme page stays where its reader is while bank checks begin in it', async () => {
  const { page } = await world.shopper();
  await page.goto(`${world.demo.shop}/demo/theme.html`);
  const check = page.locator('figure[data-moment="pay-button: the bank’s check, inline"]');
  await check.and(page.locator(':not([inert])')).locator('iframe').waitFor();
  const standing = () => [scrollY, document.activeElement?.localName];
  assert.deepEqual(await page.evaluate(standing), [0, 'body']);
  await page.locator('input[name="button-radius"]').fill('9');
  await check.and(page.locator(':not([inert])')).locator('iframe').waitFor();
  assert.equal((await page.evaluate(standing))[1], 'input');
});

test('the theme page takes no value that CSS does not know, and hands Google its own options', async () => {
  const { page } = await world.shopper();
  await page.goto(`${world.demo.shop}/demo/theme.html?button-radius=28`);
  const google = page.locator('figure[data-moment="pay-button: ready for Google Pay"] button.gpay-button');
  assert.equal(await google.evaluate((button) => getComputedStyle(button).borderTopLeftRadius), '28px');
  await page.locator('#tag', { hasText: 'button-radius="28"' }).waitFor();

  const colour = page.locator('input[name="--pay-button-background"]');
  await colour.fill('#12');
  await page.locator('#css', { hasText: 'The defaults need no CSS.' }).waitFor();
  assert.equal(await colour.evaluate((input: HTMLInputElement) => input.checkValidity()), false);
  await colour.fill('#123');
  await page.locator('#css', { hasText: '--pay-button-background: #123;' }).waitFor();
  await page.locator('select[name="theme"]').selectOption('apricot');
  await page.locator('input[name="--pay-radius"][placeholder="28px"]').waitFor();
});

function textsOf(messages: object): string[] {
  return Object.values(messages).flatMap((value: Messages[keyof Messages]) =>
    typeof value === 'string' ? [value] : textsOf(value),
  );
}
