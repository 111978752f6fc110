import type { FrameLocator, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import type { EngineBrowser, Target } from './browser.js';

export async function openChromium(): Promise<EngineBrowser> {
  const browser = await launchChromium();
  return {
    version: browser.version(),
    async newTab() {
      const page = await browser.newPage();
      return {
        goto: async (url) => void (await page.goto(url)),
        reload: async () => void (await page.reload()),
        evaluate: (expression) => page.evaluate(expression),
        click: (target) => locate(page, target).click(),
        type: (target, text) => locate(page, target).fill(text),
        close: () => page.close(),
      };
    },
    close: () => browser.close(),
  };
}

function locate(page: Page, { selector, frames = [] }: Target) {
  const tree = frames.reduce<Page | FrameLocator>((outer, frame) => outer.frameLocator(frame), page);
  return tree.locator(selector).first();
}
