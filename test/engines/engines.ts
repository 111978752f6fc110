import type { EngineBrowser } from './browser.js';
import { openChromium } from './chromium.js';
import { openFirefox } from './firefox.js';
import { openWebKit } from './webkit.js';

export interface Engine {
  readonly title: string;
  /** The commands that it runs by. */
  readonly commands: readonly string[];
  /** What its tests cannot pretend, as the README says it. */
  readonly without: string;
  /**
   * Which pages it brings back as they were left. Firefox lets those go that wait for an answer or hold a bank's page;
   * Chromium's headless shell has no back-forward cache.
   */
  readonly keeps: 'no page' | 'idle pages' | 'every page';
  /** Whether its pop-up blocker keeps windows shut that no shopper asked for. */
  readonly blocksPopups: boolean;
  open(): Promise<EngineBrowser>;
}

/** By the names that `ENGINE` takes. */
export const ENGINES: Record<'chromium' | 'firefox' | 'webkit', Engine> = {
  chromium: {
    title: 'Chromium',
    commands: [],
    without: 'the pop-up blocker: its headless shell has none',
    keeps: 'no page',
    blocksPopups: false,
    open: openChromium,
  },
  firefox: {
    title: 'Firefox',
    commands: ['firefox-esr'],
    without: 'nothing',
    keeps: 'idle pages',
    blocksPopups: true,
    open: openFirefox,
  },
  webkit: {
    title: 'WebKit (WebKitGTK)',
    commands: ['WebKitWebDriver', 'Xvfb', 'xsettingsd'],
    without: 'forced colours (WebKit has none) and print: the rules for them hold for everybody',
    keeps: 'every page',
    blocksPopups: true,
    open: openWebKit,
  },
};

export type EngineName = keyof typeof ENGINES;
