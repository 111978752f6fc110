import type { Frame, Page } from 'playwright-core';
import { RIGHT_CODE, type SandboxCard, type Scenario } from '../../demo/sandbox/scenarios.js';

const WRONG_CODE = '000000';

/** Starts to pay with the first method that the page shows, and takes the scenario's way to the bank's answer. */
export async function payAs(page: Page, scenario: Scenario): Promise<void> {
  if (scenario.method === 'google-pay') {
    await openSheet(page);
    await page.locator(`[data-card="${scenario.card.id}"]`).click();
    await takeChallenge(page, scenario);
    return;
  }
  await chooseProviderPage(page);
  await payOnProviderPage(page, scenario);
}

/** Starts to pay on the provider's page, and does not wait for that page. */
export async function chooseProviderPage(page: Page): Promise<void> {
  await page.locator('pay-button').evaluate((button) => button.setAttribute('method', 'hosted-page'));
  await page.locator('pay-button button[part~="button"]').click();
}

/** Clicks Google's button. */
export async function openSheet(page: Page): Promise<void> {
  await page.locator('pay-button [part~="google-pay"] button').click();
}

async function takeChallenge(page: Page, scenario: Scenario): Promise<void> {
  switch (scenario.shopper) {
    case 'enters the right code':
      return enterCode(await bankFrame(page), RIGHT_CODE);
    case 'enters a wrong code':
      return enterCode(await bankFrame(page), WRONG_CODE);
    case 'closes the window':
      await bankFrame(page);
      await page.locator('threeds-frame [part~="dialog-cancel"]').click();
      return;
    case 'approves in the bank’s app':
      return approveInApp(await bankFrame(page));
    case 'goes on in a new tab':
      return goOnInNewTab(page);
    case 'waits':
      await bankFrame(page);
      return;
    case 'gives up':
      await bankFrame(page);
      await page.locator('pay-button #cancel').click();
      return;
    case 'none':
      return;
    default:
      throw new Error(`Google Pay has no step "${scenario.shopper}"`);
  }
}

/** The app is a window of its own, and stays open: its page says that it may be closed. */
async function approveInApp(frame: Frame): Promise<void> {
  const opened = frame.page().waitForEvent('popup');
  await frame.locator('a[target="_blank"]').click();
  const app = await opened;
  await app.locator('button[value="confirm"]').click();
  await app.getByRole('heading', { name: 'Thank you' }).waitFor();
}

/** The frame does not let the bank out, so its last page stays where it is. The new tab is back in the shop then. */
async function goOnInNewTab(page: Page): Promise<void> {
  const frame = await bankFrame(page);
  await enterCode(frame, RIGHT_CODE);
  await frame.locator('form[target="_top"]').waitFor();
  const tab = await openNewTab(page);
  await tab.waitForURL('**/demo/checkout.html?*payment=*');
}

/** Takes the open bank check into a tab of its own. */
export async function openNewTab(page: Page): Promise<Page> {
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Open in a new tab' }).click();
  return opened;
}

async function payOnProviderPage(page: Page, scenario: Scenario): Promise<void> {
  await page.waitForURL((url) => url.hostname === '127.0.0.1');
  if (scenario.shopper === 'lets the time run out') {
    await page.locator('[data-control="expire"]').click();
    await page.locator('[data-control="back"]').click();
    return;
  }
  await fillCard(page, scenario.card);
  if (scenario.shopper === 'enters the right code') await enterCode(page.mainFrame(), RIGHT_CODE);
}

async function fillCard(page: Page, card: SandboxCard): Promise<void> {
  await page.locator(`[data-card="${card.id}"]`).click();
  await page.locator('[data-action="pay"]').click();
}

/** The bank's page, wherever it is shown: in the dialog's nested frames or in the whole window. */
export async function bankFrame(page: Page): Promise<Frame> {
  for (;;) {
    // A frame that has just been made has no address yet.
    const frame = page
      .frames()
      .find((each) => each.url() !== '' && new URL(each.url()).pathname.startsWith('/acs/'));
    if (frame) return frame;
    await page.waitForEvent('framenavigated');
  }
}

export async function enterCode(frame: Frame, code: string): Promise<void> {
  await frame.locator('input[autocomplete="one-time-code"]').fill(code);
  await frame.locator('button[type="submit"]').first().click();
}
