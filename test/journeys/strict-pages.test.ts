import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import type { Frame, Locator, Page } from 'playwright-core';
import { GLOBALPAY_CARDS } from '../../demo/sandbox/scenarios/globalpay.js';
import { CARDS, RIGHT_CODE } from '../../demo/sandbox/scenarios.js';
import { bankFrame, enterCode } from '../support/shopper.js';
import { startStrictShop, type StrictShop } from '../support/strict-shop.js';
import { HOSTILE } from '../support/hostile-pages.js';

const SCRIPT = '<script src="/pay-elements.js"></script>';
const document = (body: string) => `<!doctype html><html lang="en"><title>Shop</title>${body}</html>`;
const button = (order: string) => `<pay-button endpoint="/pay" order-id="${order}"></pay-button>`;

const PAGES = {
  '/plain': document(SCRIPT + button('A-plain')),
  '/inline': document(
    `${SCRIPT}<pay-button endpoint="/pay" order-id="A-inline" presentation="inline"></pay-button>`,
  ),
  '/status': document(`${SCRIPT}<pay-status endpoint="/pay"></pay-status>`),
  '/hosted': document(
    `${SCRIPT}<pay-button endpoint="/pay" order-id="U-hosted" return-url="/status"></pay-button>`,
  ),
  '/dialog': document(
    `${SCRIPT}<dialog id="around">${button('A-dialog')}</dialog>
    <script>document.getElementById('around').showModal()</script>`,
  ),
  '/shadow': document(
    `<shop-cart></shop-cart>${SCRIPT}
    <script>
      const root = document.querySelector('shop-cart').attachShadow({ mode: 'open' });
      const inner = root.appendChild(document.createElement('shop-till')).attachShadow({ mode: 'open' });
      const pay = inner.appendChild(document.createElement('pay-button'));
      pay.setAttribute('endpoint', '/pay');
      pay.setAttribute('order-id', 'A-shadow');
    </script>`,
  ),
  '/framed': document(SCRIPT + button('A-framed')),
  '/sandboxed': document(SCRIPT + button('A-sandboxed')),
  '/two-orders': document(SCRIPT + button('A-first') + button('A-second')),
  '/same-order': document(SCRIPT + button('A-same') + button('A-same')),
  '/twice': document(SCRIPT + button('A-twice') + SCRIPT),
  '/module': document(
    `${SCRIPT}<script type="module" src="/pay-elements.js?another-version"></script>${button('A-module')}`,
  ),
  ...Object.fromEntries(
    HOSTILE.map(({ id, before = '', after = '' }) => [
      `/${id}`,
      document(`${before}${SCRIPT}${button(`A-${id}`)}${after}`),
    ]),
  ),
};

let shop: StrictShop;
/** Another site, with the shop's page of this path in a frame. */
let around: Server;
let aroundUrl: string;

before(async () => {
  around = createServer((request, response) => {
    const path = request.url ?? '/';
    const sandbox = path === '/sandboxed' ? FRAME_SANDBOX : '';
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><iframe allow="payment" ${sandbox} src="${shop.url}${path}"></iframe>`);
  }).listen(0, '127.0.0.1');
  await once(around, 'listening');
  aroundUrl = `http://127.0.0.1:${(around.address() as AddressInfo).port}`;
  shop = await startStrictShop(PAGES, aroundUrl);
});
after(async () => {
  await shop.close();
  around.closeAllConnections();
  around.close();
});

/** Google's answer to PCI DSS 6.4.3 (Google Developers Blog, "Google Pay inside sandboxed iframe"). */
const FRAME_SANDBOX = 'sandbox="allow-scripts allow-popups allow-same-origin allow-forms"';

/** Pays through 3-D Secure with this pay-button; resolves once it says that it is paid. */
async function pay(page: Page, within: Page | Frame = page, element = within.locator('pay-button')) {
  await chooseCard(within, element);
  await enterCode(await bankFrame(page), RIGHT_CODE);
  await element.locator('[part~="status"]', { hasText: /^Paid/ }).waitFor();
}

async function chooseCard(within: Page | Frame, element: Locator): Promise<void> {
  await element.locator('[part~="google-pay"] button').click();
  await within.locator(`[data-card="${CARDS.mastercard3ds2.id}"]`).click();
}

for (const [path, where] of [
  ['/plain', 'with the headers of the README'],
  ['/inline', 'with the bank in the page'],
  ['/shadow', 'inside the shadow roots of others'],
  ...HOSTILE.map(({ id, what }) => [`/${id}`, `on a page ${what}`] as const),
] as const) {
  test(`A21 a shopper pays through 3-D Secure ${where}, and nothing complains`, async () => {
    const before = await shop.captures();
    await shop.visit(shop.url + path, async ({ page, complaints }) => {
      await pay(page);
      assert.deepEqual(complaints, []);
    });
    assert.equal(await shop.captures(), before + 1);
  });
}

test('A21 the provider’s page and the receipt with its QR code violate nothing', async () => {
  await shop.visit(`${shop.url}/hosted`, async ({ page, complaints }) => {
    await page.locator('pay-button button[part~="button"]').click();
    await page.locator(`[data-card="${GLOBALPAY_CARDS.uzcardApproved.id}"]`).click();
    await page.locator('[data-action="pay"]').click();
    await enterCode(page.mainFrame(), RIGHT_CODE);
    const code = page.locator('pay-status [part~="qr"]');
    await code.waitFor();
    await code.evaluate((image) => (image as HTMLImageElement).decode());
    assert.deepEqual(complaints, []);
  });
});

test('a dialog around the button survives the sheet, the bank and every Escape in them', async () => {
  await shop.visit(`${shop.url}/dialog`, async ({ page, complaints }) => {
    const around = page.locator('#around');
    const isOpen = () => around.evaluate((dialog) => (dialog as HTMLDialogElement).open);
    const element = page.locator('pay-button');
    await element.locator('[part~="google-pay"] button').click();
    await page.locator('[data-card]').first().waitFor();
    await page.keyboard.press('Escape');
    await element.locator('[part~="google-pay"] button').click({ trial: true });
    assert.ok(await isOpen(), 'after the sheet was closed');

    await chooseCard(page, element);
    const bank = await bankFrame(page);
    await page.locator('threeds-frame [part~="dialog-title"]').focus();
    await page.keyboard.press('Escape');
    await page.locator('threeds-frame #stay').click();
    assert.ok(await isOpen(), 'after the bank’s Escape');
    await enterCode(bank, RIGHT_CODE);
    await element.locator('[part~="status"]', { hasText: /^Paid/ }).waitFor();
    assert.ok(await isOpen(), 'after the payment');
    assert.deepEqual(complaints, []);
  });
});

for (const path of ['/framed', '/sandboxed']) {
  test(`a checkout in another site’s frame takes the payment (${path})`, async () => {
    await shop.visit(aroundUrl + path, async ({ page, complaints }) => {
      const checkout = page.frame({ url: `${shop.url}${path}` });
      assert.ok(checkout);
      await pay(page, checkout);
      assert.deepEqual(complaints, []);
    });
  });
}

test('two orders on one page are two payments', async () => {
  const before = await shop.captures();
  await shop.visit(`${shop.url}/two-orders`, async ({ page, complaints }) => {
    await pay(page, page, page.locator('pay-button').nth(0));
    await pay(page, page, page.locator('pay-button').nth(1));
    assert.deepEqual(complaints, []);
  });
  assert.equal(await shop.captures(), before + 2);
});

test('one order twice on a page is paid once, and the second button says so', async () => {
  const before = await shop.captures();
  await shop.visit(`${shop.url}/same-order`, async ({ page }) => {
    const second = page.locator('pay-button').nth(1);
    await pay(page, page, page.locator('pay-button').nth(0));
    await chooseCard(page, second);
    await second.locator('[part~="message"]', { hasText: /paid/ }).waitFor();
  });
  assert.equal(await shop.captures(), before + 1);
});

for (const path of ['/twice', '/module']) {
  test(`A23 the script can come twice: the first copy takes the payment, the second warns (${path})`, async () => {
    await shop.visit(shop.url + path, async ({ page, complaints, warnings }) => {
      await pay(page);
      assert.deepEqual(complaints, []);
      assert.deepEqual(warnings, ['pay-elements is on this page already.']);
    });
  });
}

for (const entry of ['src/index.ts', 'src/define.ts', 'src/contract/index.ts']) {
  test(`${entry} can be imported where there is no page, as when a server renders one`, async () => {
    const program = `await import('./${entry}'); process.stdout.write(typeof document)`;
    const given = ['--import', 'tsx', '--input-type=module', '--eval', program];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, given);
    assert.equal(stdout + stderr, 'undefined');
  });
}
