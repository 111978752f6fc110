// WebKitGTK with nothing between: Debian's `webkit2gtk-driver` speaks WebDriver, Xvfb is its screen, and xsettingsd tells
// it how the desktop is set, as GNOME would.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../support/free-port.mjs';
import { command, PAGE_LOAD_MS } from './webdriver.mjs';

/** It takes less than one; a machine that is busy with all else may take some. */
const START_WITHIN_MS = 60_000;
/** With the toolbar as it is, the window cannot be as narrow as a telephone. */
const SMALL_TOOLBAR =
  '* { min-width: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; -gtk-icon-transform: scale(0.1) }';

/** A screen with a driver on it. It takes one session at a time. `popups`: whether scripts may open windows unasked. */
export async function startWebKit({ popups = false } = {}) {
  const args = ['--automation', `--javascript-can-open-windows-automatically=${popups}`];
  const directory = mkdtempSync(join(tmpdir(), 'pay-elements-webkit-'));
  const children = [];
  const start = (program, args, options) => {
    const child = spawn(program, args, options);
    children.push({ child, gone: once(child, 'exit') });
    return child;
  };

  const screen = start('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = await once(screen.stdout, 'data');
  const env = {
    ...process.env,
    DISPLAY: `:${String(number).trim()}`,
    NO_AT_BRIDGE: '1',
    XDG_CONFIG_HOME: directory,
  };
  mkdirSync(join(directory, 'gtk-3.0'));
  writeFileSync(join(directory, 'gtk-3.0', 'gtk.css'), SMALL_TOOLBAR);

  const file = join(directory, 'xsettingsd.conf');
  const media = { colorScheme: 'light', reducedMotion: 'no-preference' };
  const writeMedia = () => writeFileSync(file, desktopOf(media));
  writeMedia();
  const settings = start('xsettingsd', ['-c', file], { env, stdio: 'ignore' });

  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  start('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' });
  const deadline = Date.now() + START_WITHIN_MS;
  while (!(await fetch(`${address}/status`).catch(() => undefined))) {
    if (Date.now() > deadline) throw new Error('WebKitWebDriver does not start');
    await setTimeout(50);
  }

  return {
    /** Opens a browser that has nothing stored. */
    async newSession() {
      const capabilities = {
        alwaysMatch: { 'webkitgtk:browserOptions': { args }, timeouts: { pageLoad: PAGE_LOAD_MS } },
      };
      const opened = await command(`${address}/session`, 'POST', { capabilities });
      const own = `${address}/session/${opened.sessionId}`;
      return {
        version: opened.capabilities.browserVersion,
        /** A command of the WebDriver standard, by its path within the session; resolves to its value. */
        send: (method, path, body) => command(`${own}${path}`, method, body),
        close: () => command(own, 'DELETE'),
      };
    },
    /** It comes true in the page a moment later. */
    emulateMedia({ colorScheme = media.colorScheme, reducedMotion = media.reducedMotion }) {
      Object.assign(media, { colorScheme, reducedMotion });
      writeMedia();
      settings.kill('SIGHUP');
    },
    async close() {
      for (const { child, gone } of children.toReversed()) {
        child.kill();
        await gone;
      }
      rmSync(directory, { recursive: true });
    },
  };
}

function desktopOf({ colorScheme, reducedMotion }) {
  return [
    `Net/ThemeName "${colorScheme === 'dark' ? 'Adwaita-dark' : 'Adwaita'}"`,
    `Gtk/EnableAnimations ${reducedMotion === 'reduce' ? 0 : 1}`,
    '',
  ].join('\n');
}
