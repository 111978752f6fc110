import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { GOOGLE_PAY_CARDS } from '../../../../demo/sandbox/cards.js';
import { startSandbox, type Sandbox } from '../../../../demo/sandbox/sandbox.js';
import { launchChromium } from '../../../support/chromium.js';

const REQUEST = {
  apiVersion: 2,
  apiVersionMinor: 0,
  merchantInfo: { merchantName: 'Kava' },
  allowedPaymentMethods: [
    {
      type: 'CARD',
      parameters: {
        allowedAuthMethods: ['PAN_ONLY', 'CRYPTOGRAM_3DS'],
        allowedCardNetworks: ['MASTERCARD', 'VISA'],
      },
      tokenizationSpecification: {
        type: 'PAYMENT_GATEWAY',
        parameters: { gateway: 'procard', gatewayMerchantId: 'BO_gateway0000001' },
      },
    },
  ],
  transactionInfo: {
    totalPriceStatus: 'FINAL',
    totalPrice: '125.00',
    currencyCode: 'UAH',
    countryCode: 'UA',
  },
};

let sandbox: Sandbox;
let browser: Browser;
let shop: Server;
let shopUrl: string;

/** A page under a strict policy, with one button; what became of its payment is told as a console message. */
function shopPage(query: string, changes: string): string {
  return `<!doctype html><html lang="en"><title>Shop</title><body><div id="slot"></div>
    <script nonce="n" src="${sandbox.url}/google-pay/pay.js${query}"></script>
    <script nonce="n">
      const request = { ...${JSON.stringify(REQUEST)}, ...${changes || '{}'} };
      const client = new google.payments.api.PaymentsClient({ environment: 'TEST' });
      const root = document.getElementById('slot').attachShadow({ mode: 'open' });
      const tell = (word) => (value) => console.log(word, JSON.stringify(value));
      root.append(client.createButton({
        buttonRootNode: root, buttonType: 'buy', buttonLocale: 'en',
        onClick: () => client.loadPaymentData(request).then(tell('paid'), tell('failed')),
      }));
      if (location.hash === '#click') root.querySelector('button').click();
      client.isReadyToPay(request).then(tell('ready'), tell('not ready'));
    </script></body></html>`;
}

before(async () => {
  sandbox = await startSandbox({ port: 0 });
  shop = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://shop');
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; script-src 'nonce-n'; connect-src ${sandbox.url}; require-trusted-types-for 'script'`,
    );
    response.end(shopPage(searchParams.get('query') ?? '', searchParams.get('changes') ?? ''));
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  const address = shop.address();
  assert(typeof address === 'object' && address);
  shopUrl = `http://localhost:${address.port}/`;
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  shop.close();
  shop.closeAllConnections();
  await sandbox.close();
});

interface Shop {
  page: Page;
  /** The next console message that begins with this word; the rest of it as JSON. */
  told: (word: string) => Promise<Record<string, unknown>>;
}

async function open(use: (shop: Shop) => Promise<void>) {
  const page = await browser.newPage({ viewport: { width: 320, height: 600 } });
  const told = async (word: string) => {
    const message = await page.waitForEvent('console', (each) => each.text().startsWith(`${word} `));
    return JSON.parse(message.text().slice(word.length)) as Record<string, unknown>;
  };
  try {
    await use({ page, told });
  } finally {
    await page.close();
  }
}

function address(query: { query?: string; changes?: string }): string {
  return `${shopUrl}?${new URLSearchParams(query).toString()}`;
}

describe('the Google Pay stand-in', () => {
  it('pays with a card of the table under a strict policy, and complains about nothing', async () => {
    await open(async ({ page, told }) => {
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      const ready = told('ready');
      await page.goto(address({}));
      assert.deepEqual(await ready, { result: true });

      await page.locator('.gpay-button').click();
      const cards = page.locator('[data-card]');
      await cards.first().waitFor();
      assert.equal(await cards.count(), GOOGLE_PAY_CARDS.length);
      const paid = told('paid');
      await page.locator('[data-card="mastercard-3ds2"]').click();
      const { paymentMethodData, ...versions } = await paid;
      assert.deepEqual(versions, { apiVersion: 2, apiVersionMinor: 0 });
      const { tokenizationData, ...method } = paymentMethodData as {
        tokenizationData: { type: string; token: string };
      };
      assert.deepEqual(method, {
        type: 'CARD',
        description: 'Mastercard •••• 2003',
        info: { cardNetwork: 'MASTERCARD', cardDetails: '2003', cardFundingSource: 'CREDIT' },
      });
      assert.equal(tokenizationData.type, 'PAYMENT_GATEWAY');
      assert.equal(
        (JSON.parse(tokenizationData.token) as { protocolVersion: string }).protocolVersion,
        'ECv2',
      );
      assert.equal(await page.locator('dialog').count(), 0);
      assert.deepEqual(complaints, []);
    });
  });

  for (const [what, close] of [
    ['Cancel', (page: Page) => page.locator('dialog .cancel').click()],
    ['Escape', (page: Page) => page.keyboard.press('Escape')],
  ] as const) {
    it(`rejects with CANCELED alone after ${what}, and can be opened again`, async () => {
      await open(async ({ page, told }) => {
        await page.goto(address({}));
        for (let round = 0; round < 2; round += 1) {
          await page.locator('.gpay-button').click();
          await page.locator('[data-card]').first().waitFor();
          const failed = told('failed');
          await close(page);
          assert.deepEqual(await failed, { statusCode: 'CANCELED' });
        }
      });
    });
  }

  it('fits 320 pixels without scrolling sideways', async () => {
    await open(async ({ page }) => {
      await page.goto(address({}));
      await page.locator('.gpay-button').click();
      await page.locator('[data-card]').first().waitFor();
      const box = (await page.locator('dialog').boundingBox()) ?? assert.fail();
      assert(box.x >= 0 && box.x + box.width <= 320);
    });
  });

  it('draws the button with Google’s class names and a neutral text', async () => {
    await open(async ({ page }) => {
      await page.goto(address({}));
      const button = page.locator('#slot button');
      assert.equal(await button.getAttribute('class'), 'gpay-button black buy long en');
      assert.equal(await button.textContent(), 'Buy with Google Pay (TEST)');
      const box = (await button.boundingBox()) ?? assert.fail();
      assert.deepEqual([box.width, box.height], [240, 40]);
    });
  });

  it('offers only the networks that the request allows', async () => {
    const [method] = REQUEST.allowedPaymentMethods;
    const parameters = { ...method?.parameters, allowedCardNetworks: ['MASTERCARD'] };
    const changes = JSON.stringify({ allowedPaymentMethods: [{ ...method, parameters }] });
    await open(async ({ page }) => {
      await page.goto(address({ changes }));
      await page.locator('.gpay-button').click();
      await page.locator('[data-card]').first().waitFor();
      assert.equal(await page.locator('[data-card^="visa"]').count(), 0);
    });
  });

  it('shows a wrong price inside the sheet, and rejects with DEVELOPER_ERROR once it is closed', async () => {
    const changes = JSON.stringify({ transactionInfo: { ...REQUEST.transactionInfo, totalPrice: '1,00' } });
    await open(async ({ page, told }) => {
      await page.goto(address({ changes }));
      await page.locator('.gpay-button').click();
      assert.match(await page.locator('dialog [role="alert"]').innerText(), /OR_BIBED_06/);
      const failed = told('failed');
      await page.locator('dialog .cancel').click();
      assert.equal((await failed)['statusCode'], 'DEVELOPER_ERROR');
    });
  });

  it('refuses what the page itself could have seen without opening a sheet', async () => {
    await open(async ({ page, told }) => {
      await page.goto(address({ changes: '{ transactionInfo: undefined }' }));
      const failed = told('failed');
      await page.locator('.gpay-button').click();
      assert.deepEqual(await failed, {
        statusCode: 'DEVELOPER_ERROR',
        statusMessage: 'transactionInfo must be set!',
      });
      assert.equal(await page.locator('dialog').count(), 0);
    });
  });

  it('is not ready where the address of the script asks for that', async () => {
    await open(async ({ page, told }) => {
      const ready = told('ready');
      await page.goto(address({ query: '?ready=false' }));
      assert.deepEqual(await ready, { result: false });
    });
    await open(async ({ page, told }) => {
      const notReady = told('not ready');
      await page.goto(address({ query: '?ready=error' }));
      assert.deepEqual(await notReady, { statusCode: 'INTERNAL_ERROR' });
    });
  });

  it('knows no PRODUCTION', async () => {
    await open(async ({ page }) => {
      await page.goto(address({}));
      const refused = await page.evaluate(() => {
        const { google } = window as unknown as {
          google: { payments: { api: { PaymentsClient: new (options: object) => object } } };
        };
        try {
          new google.payments.api.PaymentsClient({ environment: 'PRODUCTION' });
          return false;
        } catch {
          return true;
        }
      });
      assert.equal(refused, true);
    });
  });

  it('refuses to open without a click, as a browser does', async () => {
    await open(async ({ page, told }) => {
      const failed = told('failed');
      await page.goto(`${address({})}#click`);
      assert.equal((await failed)['statusCode'], 'CANCELED');
    });
  });

  it('refuses a second sheet while one is open', async () => {
    await open(async ({ page, told }) => {
      await page.goto(address({}));
      await page.locator('.gpay-button').click();
      const failed = told('failed');
      await page.evaluate(() =>
        document.querySelector('#slot')?.shadowRoot?.querySelector('button')?.click(),
      );
      assert.deepEqual(await failed, {});
      assert.equal(await page.locator('dialog').count(), 1);
    });
  });
});
