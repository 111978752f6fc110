import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { JournalEntry } from '../../demo/sandbox/journal.js';
import { startSandbox, type Sandbox } from '../../demo/sandbox/sandbox.js';
import { CARDS } from '../../demo/sandbox/scenarios.js';
import { CREDENTIALS } from '../../demo/sandbox/settings.js';
import { startServer, type RunningServer } from '../../server-stub/server.js';
import { launchChromium } from '../support/chromium.js';
import { openSheet } from '../support/shopper.js';

/** A shop that includes no script of Google's: the widget loads it from Google, where the test puts the stand-in. */
let sandbox: Sandbox;
let server: RunningServer;
let browser: Browser;
let dataDir: string;

const PAY_JS = 'https://pay.google.com/gp/p/js/pay.js';

const PAGE = `<!doctype html><html lang="en"><title>Shop</title>
  <script nonce="R" src="/pay-elements.js"></script>
  <pay-button endpoint="/pay" order-id="A-1001"></pay-button>`;

/** As strict as a page with Google Pay can be; the sandbox stands in the place of Google's servers. */
const policy = () =>
  [
    `default-src 'none'`,
    `script-src 'nonce-R' 'strict-dynamic'`,
    `style-src 'nonce-R'`,
    `connect-src 'self' ${sandbox.url}`,
    `frame-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `require-trusted-types-for 'script'`,
    `trusted-types pay-elements lit-html`,
  ].join('; ');

before(async () => {
  sandbox = await startSandbox({ port: 0 });
  dataDir = await mkdtemp(join(tmpdir(), 'pay-elements-'));
  server = await startServer({
    env: {
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      PROCARD_API_URL: `${sandbox.url}/procard/api/`,
      PROCARD_MERCHANT_ID: CREDENTIALS.procardMerchantId,
      PROCARD_SECRET_KEY: CREDENTIALS.procardSecret,
      GOOGLE_PAY_ENVIRONMENT: 'TEST',
      GOOGLE_PAY_GATEWAY_MERCHANT_ID: CREDENTIALS.gatewayMerchantId,
      GOOGLE_PAY_MERCHANT_NAME: 'Shop',
    },
    extra: (app) => {
      app.get('/shop', (c) => c.html(PAGE, 200, { 'Content-Security-Policy': policy() }));
      app.get('/priced', (c) => c.html(PRICED('125.00')));
    },
  });
  browser = await launchChromium();
});

after(async () => {
  await browser.close();
  await server.close();
  await sandbox.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** The offer by attributes, as the shop's page would have to write it, and without anything of Google's policy. */
const PRICED = (amount: string) => `<!doctype html><html lang="en"><title>Shop</title>
  <script src="/pay-elements.js"></script>
  <pay-button endpoint="/pay" order-id="A-1001" amount="${amount}" currency="UAH" country="UA" gateway="procard"
    gateway-merchant-id="${CREDENTIALS.gatewayMerchantId}" merchant-name="Shop" environment="TEST"></pay-button>`;

interface Visit {
  page: Page;
  complaints: string[];
}

interface Way {
  path?: string;
  /** Before the page is there. */
  prepare?: (page: Page) => Promise<void>;
}

/** Opens the shop, with the stand-in at Google's address as the sandbox gives it for this query. */
async function visit(
  query: string,
  use: (visit: Visit) => Promise<void>,
  { path = '/shop', prepare }: Way = {},
): Promise<void> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.route(PAY_JS, async (route) =>
    route.fulfill({ response: await route.fetch({ url: `${sandbox.url}/google-pay/pay.js${query}` }) }),
  );
  await prepare?.(page);
  await page.goto(server.url + path);
  await use({ page, complaints });
  await page.close();
}

const journal = async () => (await (await fetch(`${sandbox.url}/control/journal`)).json()) as JournalEntry[];

/** Resolves once the sandbox has noted a message of this operation. */
const noted = (page: Page, operation: string) =>
  page.waitForResponse(
    (response) =>
      response.url().endsWith('/google-pay/messages') &&
      (response.request().postData() ?? '').includes(`"operation":"${operation}"`),
  );

/** The first event of the pay button that ends what a click on Google's button began. */
const ending = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener('pay-dismissed', () => resolve('dismissed'));
        document.addEventListener('pay-error', (event) =>
          resolve((event as CustomEvent<{ code: string }>).detail.code),
        );
      }),
  );

test('a strict page that loads pay.js from Google pays, and nobody complains', async () => {
  await visit('', async ({ page, complaints }) => {
    const told = noted(page, 'loadPaymentData');
    await openSheet(page);
    await page.locator(`[data-card="${CARDS.visaApproved.id}"]`).click();
    await page.locator('pay-button [part~="status"]', { hasText: /^Paid/ }).waitFor();
    await told;
    assert.deepEqual(complaints, []);
  });

  const entries = await journal();
  const google = entries.filter(({ to }) => to === 'google').map(({ operation }) => operation);
  assert.deepEqual(google.sort(), ['isReadyToPay', 'loadPaymentData']);
  const sheet = entries.find(({ operation }) => operation === 'loadPaymentData');
  const purchase = entries.find(({ operation }) => operation === 'GooglePayPurchase');
  const [tokenName] = sheet?.about ?? [];
  assert.match(tokenName ?? '', /^token:/);
  assert.ok(purchase?.about.includes(tokenName ?? ''), 'the sheet and the purchase are one payment');
  assert.equal(
    (sheet?.sent as { transactionInfo: { totalPrice: string } }).transactionInfo.totalPrice,
    '125.00',
  );
  assert.doesNotMatch(JSON.stringify(entries), /ephemeralPublicKey/);
});

for (const [query, how, expected] of [
  ['?render=popup', 'Escape', 'dismissed'],
  ['?render=payment-request', 'Escape', 'dismissed'],
  ['?render=popup', 'BUYER_ACCOUNT_ERROR', 'dismissed'],
  ['?render=payment-request', 'BUYER_ACCOUNT_ERROR', 'google_pay_error'],
  ['?render=popup', 'MERCHANT_ACCOUNT_ERROR', 'google_pay_error'],
  ['?render=payment-request', 'DEVELOPER_ERROR', 'google_pay_error'],
  ['?render=popup', 'failed to open window', 'popup_blocked'],
] as const) {
  test(`a sheet that ends with ${how} is ${expected} for the shop, and can be opened again (${query})`, async () => {
    await visit(query, async ({ page }) => {
      const ended = ending(page);
      await openSheet(page);
      await page.locator('[data-card]').first().waitFor();
      if (how === 'Escape') {
        await page.keyboard.press('Escape');
      } else {
        await page.locator('dialog summary').click();
        await page.locator(`[data-ending="${how}"]`).click();
      }
      assert.equal(await ended, expected);
      await openSheet(page);
      await page.locator('[data-card]').first().waitFor();
    });
  });
}

for (const query of ['?ready=false', '?ready=error']) {
  test(`where Google cannot pay, the shop offers the provider's page (${query})`, async () => {
    await visit(query, async ({ page }) => {
      await page.locator('pay-button button[part~="button"]').waitFor();
      assert.equal(await page.locator('.gpay-button').count(), 0);
    });
  });
}

test('A20 a price edited in the developer tools is refused, told, and never reaches the provider', async () => {
  const purchases = async () =>
    (await journal()).filter(({ operation }) => operation === 'GooglePayPurchase').length;
  const before = await purchases();
  await visit(
    '',
    async ({ page }) => {
      await page.locator('pay-button .gpay-button').waitFor();
      await page.locator('pay-button').evaluate((button) => button.setAttribute('amount', '1.00'));
      const refused = page.waitForResponse((response) => response.request().method() === 'POST' && response.status() === 409); // prettier-ignore
      const ended = ending(page);
      await openSheet(page);
      await page.locator(`[data-card="${CARDS.visaApproved.id}"]`).click();
      assert.equal(((await (await refused).json()) as { code: string }).code, 'amount_mismatch');
      assert.equal(await ended, 'amount_mismatch');
      await page
        .locator('pay-button [part~="message"]', {
          hasText: 'The price has changed. You have not been charged.',
        })
        .waitFor();
    },
    { path: '/priced' },
  );
  assert.equal(await purchases(), before);
});

/** Clicks as soon as Google's button is there. What a test makes a page do later would count as done by the shopper. */
function clickUnasked(): void {
  document.addEventListener('pay-ready', ({ target }) => (target as HTMLElement & { pay(): void }).pay(), {
    once: true,
  });
  document.addEventListener('pay-error', (event) =>
    console.info((event as CustomEvent<{ code: string }>).detail.code),
  );
}

for (const [query, expected] of [
  ['?render=popup', 'popup_blocked'],
  ['?render=payment-request', 'google_pay_error'],
] as const) {
  test(`B10 a click that the shopper has no part in opens no sheet, and the shopper's opens one (${query})`, async () => {
    const posts: string[] = [];
    let told: Promise<unknown>;
    const prepare = async (page: Page): Promise<void> => {
      page.on('request', (request) => request.url().endsWith('/pay/payments') && posts.push(request.url()));
      told = page.waitForEvent('console', (message) => message.text() === expected);
      await page.addInitScript(clickUnasked);
    };
    await visit(
      query,
      async ({ page }) => {
        await told;
        assert.equal(await page.locator('dialog [data-card]').count(), 0);
        await openSheet(page);
        await page.locator('dialog [data-card]').first().waitFor();
        assert.deepEqual(posts, []);
      },
      { prepare },
    );
  });
}
