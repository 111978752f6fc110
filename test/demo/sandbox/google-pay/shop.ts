import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Browser, Page } from 'playwright-core';
import { googlePay } from '../../../../demo/sandbox/google-pay/google-pay.js';
import { TokenDesk } from '../../../../demo/sandbox/google-pay/token.js';
import { Journal } from '../../../../demo/sandbox/journal.js';
import { launchChromium } from '../../../support/chromium.js';

export const SPECIFICATION = {
  type: 'PAYMENT_GATEWAY',
  parameters: { gateway: 'procard', gatewayMerchantId: 'BO_gateway0000001' },
};

export const INFO = {
  totalPriceStatus: 'FINAL',
  totalPrice: '125.00',
  currencyCode: 'UAH',
  countryCode: 'UA',
};

/** A complete request; `changes` replace its members. */
export function requestWith(changes: object = {}): object {
  return {
    apiVersion: 2,
    apiVersionMinor: 0,
    merchantInfo: { merchantName: 'Kava' },
    allowedPaymentMethods: [methodWith()],
    transactionInfo: INFO,
    ...changes,
  };
}

export function methodWith(
  parameters: object = {},
  tokenizationSpecification: object = SPECIFICATION,
): object {
  return {
    type: 'CARD',
    parameters: {
      allowedAuthMethods: ['PAN_ONLY', 'CRYPTOGRAM_3DS'],
      allowedCardNetworks: ['MASTERCARD', 'VISA'],
      ...parameters,
    },
    tokenizationSpecification,
  };
}

/** How a call of `loadPaymentData` ended. `kind` tells plain objects, texts, Errors and DOMExceptions apart. */
export type Ending = { paid: PaymentData } | { kind: string; reason: Record<string, unknown> | string };

export interface PaymentData extends Record<string, unknown> {
  paymentMethodData: {
    type: string;
    description: string;
    info: Record<string, unknown>;
    tokenizationData: { type: string; token: string };
  };
}

/** What the shop's page offers to tests, beside Google's own names. */
export interface ShopWindow {
  google: { payments: { api: { PaymentsClient: new (options?: object) => PaymentsClient } } };
  /** Puts a button for this request into the page. */
  offer(request: object, callbacks?: object): void;
  ending: Promise<Ending>;
  client: PaymentsClient;
  request: object;
  heard: unknown[];
}

interface PaymentsClient {
  isReadyToPay(request: object): Promise<object>;
  createButton(options?: object): HTMLElement;
  loadPaymentData(request: object): Promise<object>;
  prefetchPaymentData(request?: object): void;
}

export interface Shop {
  readonly journal: Journal;
  readonly url: string;
  /** A page under a strict policy, with the stand-in loaded as `pay.js` + query. Closed after `use`. */
  open(use: (visit: Visit) => Promise<void>, options?: VisitOptions): Promise<void>;
  close(): Promise<void>;
}

interface VisitOptions {
  query?: string;
  locale?: string;
  /** A request for which the page clicks its own button, without a shopper. */
  clickedByScript?: object;
}

export interface Visit {
  readonly page: Page;
  /** Console errors and uncaught errors. */
  readonly complaints: string[];
  /** Offers the request, clicks the button, and waits for the sheet. */
  readonly openSheet: (changes?: object) => Promise<void>;
  readonly ending: () => Promise<Ending>;
}

const POLICY = (sandbox: string) =>
  `default-src 'none'; img-src data:; script-src 'nonce-n'; style-src 'nonce-n'; connect-src ${sandbox}; ` +
  `require-trusted-types-for 'script'; trusted-types 'none'`;

const PAGE = (sandbox: string, query: string) => `<!doctype html><html lang="en"><title>Shop</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<body><main><h1>Shop</h1><div id="slot"></div></main>
<script nonce="n" src="${sandbox}/google-pay/pay.js${query}"></script>
<script nonce="n">
  window.heard = [];
  window.offer = (request, paymentDataCallbacks) => {
    const options = { environment: 'TEST', nonce: 'n', paymentDataCallbacks };
    window.client = new google.payments.api.PaymentsClient(options);
    window.request = request;
    const onClick = () => (window.ending = client.loadPaymentData(request).then(paid, rejected));
    document.getElementById('slot').replaceChildren(
      client.createButton({ buttonType: 'buy', buttonLocale: 'en', onClick }),
    );
  };
  const paid = (data) => ({ paid: data });
  const rejected = (reason) => {
    if (typeof reason === 'string') return { kind: 'text', reason };
    const kind = reason.constructor.name;
    const name = reason instanceof Error && { name: reason.name, message: reason.message };
    return { kind, reason: { ...name, ...reason } };
  };
  if (location.hash) {
    offer(JSON.parse(decodeURIComponent(location.hash.slice(1))));
    document.querySelector('.gpay-button').click();
  }
</script></body></html>`;

export async function startShop(): Promise<Shop> {
  const journal = new Journal(Date.now);
  const sandbox = createServer();
  const sandboxUrl = await listen(sandbox, '127.0.0.1');
  const app = new Hono().route(
    '/google-pay',
    googlePay({ origin: sandboxUrl, journal, now: Date.now, tokenDesk: new TokenDesk(Date.now) }),
  );
  const listener = getRequestListener(app.fetch);
  sandbox.on('request', (incoming, outgoing) => void listener(incoming, outgoing));

  const shop = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Security-Policy', POLICY(sandboxUrl));
    response.end(PAGE(sandboxUrl, new URL(request.url ?? '', 'http://shop').search));
  });
  const shopUrl = await listen(shop, 'localhost');
  const browser: Browser = await launchChromium();

  return {
    journal,
    url: `${sandboxUrl}/google-pay`,
    async open(use, { query = '', locale = 'en-GB', clickedByScript } = {}) {
      const context = await browser.newContext({ viewport: { width: 360, height: 640 }, locale });
      // tsx calls this on functions with a name, also on those that tests send to the page.
      await context.addInitScript('globalThis.__name = (named) => named');
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      const hash = clickedByScript ? `#${encodeURIComponent(JSON.stringify(clickedByScript))}` : '';
      await page.goto(`${shopUrl}/${query}${hash}`);
      try {
        await use({
          page,
          complaints,
          async openSheet(changes) {
            await offer(page, requestWith(changes));
            await page.locator('.gpay-button').click();
            await page.locator('[data-card], [role="alert"]:not(:empty)').first().waitFor();
          },
          ending: () => page.evaluate(() => (window as unknown as ShopWindow).ending),
        });
      } finally {
        await context.close();
      }
    },
    async close() {
      await browser.close();
      for (const server of [sandbox, shop]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

export function offer(page: Page, request: object): Promise<void> {
  return page.evaluate((given) => (window as unknown as ShopWindow).offer(given), request);
}

async function listen(server: Server, hostname: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, hostname, resolve));
  const address = server.address();
  assert(typeof address === 'object' && address);
  return `http://${hostname}:${address.port}`;
}
