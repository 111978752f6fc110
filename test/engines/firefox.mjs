// An ordinary Firefox, driven over WebDriver BiDi: Playwright wants a build of its own.

/** For Puppeteer. */
export const FIREFOX = {
  browser: 'firefox',
  executablePath: '/usr/bin/firefox-esr',
  headless: true,
  // Lets `emulateMedia` into Firefox's own window, where the settings are.
  args: ['--remote-allow-system-access'],
};

/** What Firefox's developer tools do: BiDi has no words for it, and Puppeteer's are those of Chromium's protocol. */
export async function emulateMedia(browser, { media, colorScheme, reducedMotion, forcedColors }) {
  const { connection } = browser; // Puppeteer keeps it to itself.
  const { result } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const overrides = Object.entries({
    mediumOverride: media,
    prefersColorSchemeOverride: colorScheme,
    prefersReducedMotionOverride: reducedMotion,
    forcedColorsOverride: forcedColors,
  }).filter(([, value]) => value !== undefined);
  await connection.send('script.evaluate', {
    expression: `for (const { browsingContext } of gBrowser.browsers)
      Object.assign(browsingContext, ${JSON.stringify(Object.fromEntries(overrides))})`,
    target: { context: result.contexts[0].context },
    awaitPromise: false,
  });
}
