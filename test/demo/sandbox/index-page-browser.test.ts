import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../../demo/sandbox/sandbox.js';
import { launchChromium } from '../../support/chromium.js';

let sandbox: Sandbox;
let browser: Browser;
let axe: string;
before(async () => {
  axe = await readFile('node_modules/axe-core/axe.min.js', 'utf8');
  sandbox = await startSandbox({ port: 0 });
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await sandbox.close();
});

for (const width of [360, 1280])
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the index page fits ${width} pixels and breaks no rule of axe when it is ${colorScheme}`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      await page.goto(sandbox.url);
      await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
      await page.evaluate(axe);
      const results = await page.evaluate<AxeResults>('axe.run()');
      assert.deepEqual(
        results.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
        [],
      );
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
      await page.close();
    });
  }

test('the order of a fault is reached with the keyboard, and one click selects all of it', async () => {
  const page = await browser.newPage();
  await page.goto(sandbox.url);
  const order = page.locator('pre', { hasText: '"callback_lost"' });
  assert.equal(await order.isVisible(), false);
  await page.locator('summary', { hasText: 'callback_lost' }).focus();
  await page.keyboard.press('Enter');
  await order.click();
  assert.equal(await page.evaluate('getSelection().toString().trim()'), await order.innerText());
  await page.close();
});
