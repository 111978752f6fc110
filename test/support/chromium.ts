import { chromium, type Browser } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../tools/find-chromium.mjs';

/** The browser that every journey and screenshot runs in. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await findChromium();
  return chromium.launch({ executablePath, args: CHROMIUM_ARGS });
}
