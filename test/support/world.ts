import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { PaymentView } from '../../src/contract/index.js';
import { startDemo, type Demo, type DemoOptions } from '../../demo/start.js';
import { launchChromium } from './chromium.js';

/** Shop, server, sandbox and a browser, on ports of their own: what `npm start` starts, and somebody to use it. */
export interface World {
  readonly demo: Demo;
  readonly browser: Browser;
  /** A new shopper: no cookies, no storage, nothing remembered. */
  shopper(options?: BrowserContextOptions): Promise<Shopper>;
  /** What the provider took: the oracle of every journey. */
  captures(): Promise<Capture[]>;
  /** How many requests for this operation have reached the provider so far. */
  received(operation: string): Promise<number>;
  /** Spoils the next calls of a provider's operation. */
  fault(fault: object): Promise<void>;
  /** The faults that were ordered and have not happened. */
  faultsLeft(): Promise<unknown[]>;
  close(): Promise<void>;
}

export interface Shopper {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything that the page complained about: uncaught errors and console errors. */
  readonly complaints: string[];
  /** Puts a product into a new order and opens its checkout; resolves to the order's id. */
  order(product: 'A-1001' | 'U-2001'): Promise<string>;
  /** Waits until the pay button says so. */
  status(words: RegExp): Promise<void>;
  /** What the pay button knows of its payment. */
  payment(): Promise<PaymentView>;
}

export interface Capture {
  provider: string;
  reference: string;
  amountMinor: number;
  currency: string;
}

/** `shared`: a browser of several worlds, which stays open when this one ends. */
export async function startWorld({
  shared,
  ...options
}: { shared?: Browser } & Pick<DemoOptions, 'ports' | 'limits'> = {}): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'pay-elements-'));
  const demo = await startDemo({ shopPort: 0, sandboxPort: 0, dataDir, ...options });
  const browser = shared ?? (await launchChromium());
  const control = (path: string, init?: RequestInit) => fetch(`${demo.sandbox}/control/${path}`, init);

  return {
    demo,
    browser,
    async shopper(options) {
      const context = await browser.newContext({ locale: 'en-GB', ...options });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      return {
        page,
        context,
        complaints,
        async order(product) {
          const response = await fetch(`${demo.shop}/shop/orders`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ product }),
          });
          const { orderId } = (await response.json()) as { orderId: string };
          await page.goto(`${demo.shop}/demo/checkout.html?order=${orderId}`);
          return orderId;
        },
        status: (words) => page.locator('pay-button [part~="status"]', { hasText: words }).waitFor(),
        payment: () =>
          page
            .locator('pay-button')
            .evaluate((element) => (element as unknown as { payment: PaymentView }).payment),
      };
    },
    async captures() {
      const { captures } = (await (await control('ledger')).json()) as { captures: Capture[] };
      return captures;
    },
    async received(operation) {
      const journal = (await (await control('journal')).json()) as { operation: string; from: string }[];
      return journal.filter((entry) => entry.from === 'server' && entry.operation === operation).length;
    },
    async fault(fault) {
      const response = await control('faults', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
      if (!response.ok) throw new Error(`The sandbox refused the fault: ${await response.text()}`);
    },
    async faultsLeft() {
      const { ordered } = (await (await control('faults')).json()) as { ordered: unknown[] };
      return ordered;
    },
    async close() {
      if (!shared) await browser.close();
      await demo.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
