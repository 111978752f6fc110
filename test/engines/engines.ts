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
  open(): Promise<EngineBrowser>;
}

/** By the names that `ENGINE` takes. */
export const ENGINES = {
  chromium: { title: 'Chromium', commands: [], without: 'nothing', open: openChromium },
  firefox: { title: 'Firefox', commands: ['firefox-esr'], without: 'nothing', open: openFirefox },
  webkit: {
    title: 'WebKit (WebKitGTK)',
    commands: ['WebKitWebDriver', 'Xvfb', 'xsettingsd'],
    without: 'forced colours (WebKit has none) and print: the rules for them hold for everybody',
    open: openWebKit,
  },
} as const satisfies Record<string, Engine>;

export type EngineName = keyof typeof ENGINES;
