// The three engines as browsers of Web Test Runner, and the command by which a test changes what media queries see.
import { chromeLauncher } from '@web/test-runner-chrome';
import { playwrightLauncher } from '@web/test-runner-playwright';
import puppeteer from 'puppeteer-core';
import { CHROMIUM_ARGS, findChromium } from '../tools/find-chromium.mjs';
import { emulateMedia, FIREFOX } from './firefox.mjs';
import { startWebKit } from './webkitgtk.mjs';

export const LAUNCHERS = {
  chromium: async () =>
    playwrightLauncher({
      product: 'chromium',
      launchOptions: { executablePath: await findChromium(), args: CHROMIUM_ARGS },
    }),
  firefox: () =>
    chromeLauncher({
      puppeteer,
      launchOptions: FIREFOX,
      async createPage({ browser, context }) {
        const page = await context.newPage();
        page.emulateMedia = (media) => emulateMedia(browser, media);
        return page;
      },
    }),
  webkit: webKitLauncher,
};

/** Every launcher's pages have Playwright's `emulateMedia`. Answers with what the engine cannot be told. */
export const mediaPlugin = () => ({
  name: 'media',
  async executeCommand({ command, payload, session }) {
    if (command !== 'media') return undefined;
    const page = session.browser.getPage(session.id);
    await page.emulateMedia(payload);
    return { without: page.withoutMedia ?? [] };
  },
});

/**
 * It calls itself `puppeteer` and gives out the part of Puppeteer's pages that the runner's commands use, because they
 * know no other browsers.
 */
function webKitLauncher() {
  const sessions = new Map(); // the runner's session id → { webdriver, url }
  let webkit;

  return {
    name: 'WebKitGTK',
    type: 'puppeteer',
    concurrency: 1,
    async initialize() {},
    async startSession(id, url) {
      // Chromium and Firefox let every window open, too, when they are driven.
      webkit ??= await startWebKit({ popups: true });
      const webdriver = await webkit.newSession();
      sessions.set(id, { webdriver, url });
      await webdriver.send('POST', '/url', { url });
    },
    getPage: (id) => pageOf(webkit, sessions.get(id).webdriver),
    isActive: (id) => sessions.has(id),
    getBrowserUrl: (id) => sessions.get(id)?.url,
    async stopSession(id) {
      await sessions.get(id).webdriver.close();
      sessions.delete(id);
      return {};
    },
    async startDebugSession() {
      throw new Error('WebKitGTK has no debug session here');
    },
    stop: () => webkit?.close(),
  };
}

/** Keys without a letter, in the words of the WebDriver standard. */
const KEYS = { Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C', Space: ' ', Shift: '\uE008' };

const UNTIL_RESIZED = `
  const [width, height, done] = arguments;
  const look = () => (innerWidth === width && innerHeight === height ? done() : requestAnimationFrame(look));
  look();`;

function pageOf(webkit, webdriver) {
  const act = (type, keys) => {
    const actions = keys.map((key) => ({ type, value: KEYS[key] ?? key }));
    return webdriver.send('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  };
  return {
    keyboard: {
      down: (key) => act('keyDown', [key]),
      up: (key) => act('keyUp', [key]),
      async press(combination) {
        const keys = combination.split('+');
        await act('keyDown', keys);
        await act('keyUp', keys.toReversed());
      },
    },
    async setViewport({ width, height }) {
      const run = (kind, script, ...args) => webdriver.send('POST', `/execute/${kind}`, { script, args });
      const toolbar = await run('sync', 'return outerHeight - innerHeight');
      await webdriver.send('POST', '/window/rect', { x: 0, y: 0, width, height: height + toolbar });
      await run('async', UNTIL_RESIZED, width, height);
    },
    emulateMedia: (media) => webkit.emulateMedia(media),
    withoutMedia: ['forcedColors', 'media'],
  };
}
