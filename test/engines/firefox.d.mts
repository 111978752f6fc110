import type { Browser, LaunchOptions } from 'puppeteer-core';

export const FIREFOX: LaunchOptions;
export function emulateMedia(
  browser: Browser,
  media: { media?: string; colorScheme?: string; reducedMotion?: string; forcedColors?: string },
): Promise<void>;
