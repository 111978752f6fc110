import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startSandbox } from '../../demo/sandbox/sandbox.js';
import { settings } from '../../demo/start.js';
import type { Order } from '../../server-stub/orders/order-source.js';
import { startServer } from '../../server-stub/server.js';
import { launchChromium } from './chromium.js';
import { snippet } from './readme.js';

const GOOGLE = 'https://pay.google.com';

/** A shop whose pages have the headers of the README and nothing else, and Google's scripts at Google's address. */
export interface StrictShop {
  readonly url: string;
  readonly browser: Browser;
  /** How often the provider took money so far. */
  captures(): Promise<number>;
  /** Opens an address in a new page, gives it to `use`, and closes it. */
  visit(url: string, use: (visit: Visit) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export interface Visit {
  readonly page: Page;
  /** Uncaught errors, errors in the console and violations of a policy, of the page and of every frame in it. */
  readonly complaints: string[];
  readonly warnings: string[];
}

/** `pages`: documents by their path. Every order whose id begins with A costs 125 UAH, with U 150 000 UZS. */
export async function startStrictShop(
  pages: Readonly<Record<string, string>>,
  allowedOrigins = '',
): Promise<StrictShop> {
  const dataDir = await mkdtemp(join(tmpdir(), 'pay-elements-'));
  const sandbox = await startSandbox({ port: 0 });
  const server = await startServer({
    env: {
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      ALLOWED_ORIGINS: allowedOrigins,
      ...settings(sandbox.url),
    },
    orders: { find: async (id) => order(id) },
    extra: (app) => {
      for (const [path, html] of Object.entries(pages)) {
        app.get(path, (c) => {
          const nonce = randomBytes(16).toString('base64');
          return c.html(html.replace(/<(script|style)\b/g, `<$1 nonce="${nonce}"`), 200, recipe(nonce));
        });
      }
    },
  });
  const browser = await launchChromium();
  return {
    url: server.url,
    browser,
    async captures() {
      const ledger = await fetch(`${sandbox.url}/control/ledger`);
      return ((await ledger.json()) as { captures: unknown[] }).captures.length;
    },
    async visit(url, use) {
      const context = await browser.newContext({ locale: 'en-GB' });
      await answerAsGoogle(context, sandbox.url);
      const page = await context.newPage();
      const complaints: string[] = [];
      const warnings: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
        if (message.type() === 'warning') warnings.push(message.text());
      });
      await page.goto(url);
      await use({ page, complaints, warnings });
      // What the stand-in still reports to the sandbox has arrived.
      await context.unrouteAll({ behavior: 'wait' });
      await context.close();
    },
    async close() {
      await browser.close();
      await server.close();
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The headers that the README advises, word by word. */
export function recipe(nonce: string): Record<string, string> {
  const lines = snippet('http', 'Content-Security-Policy').trim().replace(/\n\s+/g, ' ').split('\n');
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.split(': ');
      return [name, value.join(': ').replaceAll('nonce-R', `nonce-${nonce}`)];
    }),
  );
}

/** The stand-in, and everything that it asks the sandbox for, under Google's own address. */
async function answerAsGoogle(context: BrowserContext, sandbox: string): Promise<void> {
  await context.route(`${GOOGLE}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname !== '/gp/p/js/pay.js') {
      return route.fulfill({ response: await route.fetch({ url: sandbox + pathname }) });
    }
    const response = await route.fetch({ url: `${sandbox}/google-pay/pay.js` });
    return route.fulfill({ response, body: (await response.text()).replaceAll(sandbox, GOOGLE) });
  });
}

function order(id: string): Order {
  if (id.startsWith('A-')) {
    return { id, description: 'Coffee', money: { minor: 12_500, currency: 'UAH' }, country: 'UA' };
  }
  return { id, description: 'Tea bowl', money: { minor: 15_000_000, currency: 'UZS' }, country: 'UZ' };
}
