import puppeteer, { type ElementHandle, type Frame, type Page } from 'puppeteer-core';
import { eventually, type EngineBrowser, type Target } from './browser.js';
import { FIREFOX } from './firefox.mjs';

export async function openFirefox(): Promise<EngineBrowser> {
  const browser = await puppeteer.launch({
    ...FIREFOX,
    // The pop-up blocker as shoppers have it: Puppeteer turns it off.
    extraPrefsFirefox: { 'dom.disable_open_during_load': true },
  });
  return {
    version: (await browser.version()).replace('firefox/', ''),
    async newTab() {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      return {
        goto: async (url) => void (await page.goto(url)),
        reload: async () => void (await page.reload()),
        evaluate: (expression) => page.evaluate(expression),
        click: (target) => use(page, target, (element) => element.click()),
        type: (target, text) => use(page, target, (element) => element.type(text)),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

async function use(
  page: Page,
  target: Target,
  action: (element: ElementHandle) => Promise<void>,
): Promise<void> {
  await eventually(target.selector, async () => {
    let tree: Frame | null | undefined = page.mainFrame();
    for (const frame of target.frames ?? []) tree = await (await tree?.$(`pierce/${frame}`))?.contentFrame();
    const element = await tree?.$(`pierce/${target.selector}`);
    if (!element) return undefined;
    await action(element);
    return true;
  });
}
