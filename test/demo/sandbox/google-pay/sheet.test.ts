import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { GOOGLE_PAY_CARDS } from '../../../../demo/sandbox/cards.js';
import { INFO, methodWith, requestWith, startShop, type Ending, type Shop } from './shop.js';

let shop: Shop;
let axe: string;
before(async () => {
  shop = await startShop();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});
after(() => shop.close());

const info = (changes: object) => ({ transactionInfo: { ...INFO, ...changes } });
const ITEMS = [
  { label: 'Tea', type: 'LINE_ITEM', price: '100.00' },
  { label: 'Delivery', type: 'SHIPPING_OPTION', price: '25.00', status: 'PENDING' },
];

/** Every field that the sheet can have. */
const EVERYTHING = {
  shippingAddressRequired: true,
  shippingOptionRequired: true,
  shippingOptionParameters: { shippingOptions: [{ id: 'post', label: 'Post', description: 'three days' }] },
  offerInfo: { offers: [{ redemptionCode: 'TEA', description: 'Ten per cent off' }] },
  ...info({ displayItems: ITEMS, totalPriceLabel: 'Total', totalPriceStatus: 'ESTIMATED' }),
};

describe('the sheet', () => {
  it('shows that it is a test, who is paid and how much, and every card under a heading', () =>
    shop.open(async ({ page, openSheet }) => {
      await openSheet();
      assert.equal(await page.getByRole('dialog').locator('.badge').innerText(), 'TEST');
      assert.match(await page.locator('.top').innerText(), /To: Kava\s+125\.00 UAH/);
      assert.deepEqual(await page.locator('dialog h3').allInnerTexts(), [
        'Answered at once',
        'With 3-D Secure',
        'Trouble on the way',
      ]);
      assert.equal(await page.locator('[data-card]').count(), GOOGLE_PAY_CARDS.length);
      assert.match(
        await page.locator('[data-card="visa-approved"]').innerText(),
        /Approved.*\s+Visa •••• 1000/,
      );
    }));

  for (const [what, changes, expected] of [
    [
      'lines under a label',
      info({ displayItems: ITEMS, totalPriceLabel: 'Sum' }),
      /Tea\s+100\.00 UAH\s+Delivery\s+pending\s+Sum\s+125/,
    ],
    ['no lines without a label', info({ displayItems: ITEMS }), /To: Kava\s+125\.00 UAH\s+Choose/],
    ['that a price is estimated', info({ totalPriceStatus: 'ESTIMATED' }), /125\.00 UAH \(estimated\)/],
    [
      'that there is no price yet',
      info({ totalPriceStatus: 'NOT_CURRENTLY_KNOWN', totalPrice: undefined }),
      /Price not known yet/,
    ],
    ['a shop without a name', { merchantInfo: {} }, /To: a shop without a name/],
    ['that the purchase is immediate', info({ checkoutOption: 'COMPLETE_IMMEDIATE_PURCHASE' }), /to pay now/],
    ['that the purchase goes on', info({}), /to continue/],
  ] as const) {
    it(`shows ${what}`, () =>
      shop.open(async ({ page, openSheet }) => {
        await openSheet(changes);
        assert.match((await page.getByRole('dialog').innerText()).trim(), expected);
      }));
  }

  it('speaks Ukrainian on a page in Ukrainian', () =>
    shop.open(async ({ page, openSheet }) => {
      await page.evaluate(() => (document.documentElement.lang = 'uk-UA'));
      await openSheet();
      assert.match(await page.getByRole('dialog').innerText(), /Оберіть тестову картку/);
    }));

  it('offers only the cards that the shop takes, and says if there are none', () =>
    shop.open(async ({ page, openSheet }) => {
      await openSheet({ allowedPaymentMethods: [methodWith({ allowedCardNetworks: ['MASTERCARD'] })] });
      assert.notEqual(await page.locator('[data-card^="mastercard"]').count(), 0);
      assert.equal(await page.locator('[data-card^="visa"]').count(), 0);
      await page.keyboard.press('Escape');
      await openSheetWithoutCards(page, { allowedCardNetworks: ['AMEX'] });
      assert.match(await page.locator('.middle').innerText(), /No card of the sandbox/);
    }));

  it('says when the sandbox does not answer, and can be closed', () =>
    shop.open(async ({ page, openSheet, ending }) => {
      await page.route('**/google-pay/cards', (route) => route.abort());
      await openSheet();
      assert.match(await page.getByRole('alert').innerText(), /The sandbox did not/);
      await page.locator('.cancel').click();
      assert.ok('kind' in (await ending()));
    }));

  it('names a key for which no token can be made, and lets another card be tried', () =>
    shop.open(async ({ page, openSheet }) => {
      const publicKey = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 7)]).toString('base64');
      const direct = { type: 'DIRECT', parameters: { protocolVersion: 'ECv2', publicKey } };
      await openSheet({ allowedPaymentMethods: [methodWith({}, direct)] });
      const card = page.locator('[data-card]').first();
      await card.click();
      await page.getByText('publicKey is no point of P-256.').waitFor();
      assert.equal(await card.getAttribute('aria-disabled'), 'false');
    }));

  async function openSheetWithoutCards(page: Page, parameters: object): Promise<void> {
    await page.evaluate(
      (request) => (window as unknown as { offer(request: object): void }).offer(request),
      requestWith({ allowedPaymentMethods: [methodWith(parameters)] }),
    );
    await page.locator('.gpay-button').click();
    await page.locator('summary').waitFor();
  }
});

describe('a request that is wrong', () => {
  const WRONG = info({ totalPrice: '10.5' });
  const STATUS_MESSAGE = 'transactionInfo.totalPrice must be text such as "10" or "10.45", and is "10.5".';
  const REASON = { statusCode: 'DEVELOPER_ERROR', statusMessage: STATUS_MESSAGE };
  for (const [query, expected] of [
    ['?render=popup', { kind: 'Object', reason: REASON }],
    ['?render=payment-request', { kind: 'Error', reason: { name: 'Error', message: '', ...REASON } }],
  ] as const) {
    it(`is told to the shopper in the sheet, and to the page once that is closed (${query})`, () =>
      shop.open(
        async ({ page, openSheet, ending }) => {
          await openSheet(WRONG);
          const alert = await page.getByRole('alert').innerText();
          assert.match(alert, /^Something went wrong \[OR_BIBED_06\]/);
          assert.ok(alert.includes(`TEST: ${STATUS_MESSAGE}`));
          assert.equal(await page.locator('[data-card]').count(), 0);
          await page.locator('.cancel').click();
          assert.deepEqual(await ending(), expected);
        },
        { query },
      ));
  }
});

describe('the ways to end it', () => {
  const cancelled = (query: string): Ending =>
    query === '?render=popup'
      ? { kind: 'Object', reason: { statusCode: 'CANCELED' } }
      : {
          kind: 'DOMException',
          reason: {
            name: 'AbortError',
            message: 'User closed the Payment Request UI.',
            statusCode: 'CANCELED',
          },
        };
  for (const query of ['?render=popup', '?render=payment-request']) {
    it(`are Cancel and Escape, after which it can be opened again (${query})`, () =>
      shop.open(
        async ({ page, openSheet, ending, complaints }) => {
          await openSheet();
          await page.locator('.cancel').click();
          assert.deepEqual(await ending(), cancelled(query));
          await openSheet();
          await page.keyboard.press('Escape');
          assert.deepEqual(await ending(), cancelled(query));
          assert.deepEqual(complaints, []);
        },
        { query },
      ));
  }

  it('are as in Chrome where the address of the script says nothing', () =>
    shop.open(async ({ page, openSheet, ending }) => {
      await openSheet();
      await page.keyboard.press('Escape');
      assert.deepEqual(await ending(), cancelled(''));
    }));

  const told = (statusCode: string) => ({
    statusCode,
    statusMessage: 'The shopper of the sandbox wanted it so.',
  });
  const asError = (code: string): Ending => ({
    kind: 'Error',
    reason: { name: 'Error', message: '', ...told(code) },
  });
  const blocked: Ending = { kind: 'text', reason: 'failed to open window' };
  const asObject = (code: string): Ending => ({ kind: 'Object', reason: told(code) });
  for (const [query, endings] of [
    [
      '?render=popup',
      {
        BUYER_ACCOUNT_ERROR: cancelled('?render=popup'),
        DEVELOPER_ERROR: asObject('DEVELOPER_ERROR'),
        MERCHANT_ACCOUNT_ERROR: asObject('MERCHANT_ACCOUNT_ERROR'),
        INTERNAL_ERROR: cancelled('?render=popup'),
        'failed to open window': blocked,
      },
    ],
    [
      '?render=payment-request',
      {
        BUYER_ACCOUNT_ERROR: asError('BUYER_ACCOUNT_ERROR'),
        DEVELOPER_ERROR: asError('DEVELOPER_ERROR'),
        MERCHANT_ACCOUNT_ERROR: asError('MERCHANT_ACCOUNT_ERROR'),
        INTERNAL_ERROR: asError('INTERNAL_ERROR'),
        'failed to open window': blocked,
      },
    ],
  ] as const) {
    it(`are all of Google’s, for who wants to see them (${query})`, () =>
      shop.open(
        async ({ page, openSheet, ending }) => {
          for (const [name, expected] of Object.entries(endings)) {
            await openSheet();
            await page.locator('summary').click();
            await page.locator(`[data-ending="${name}"]`).click();
            assert.deepEqual(await ending(), expected);
            assert.equal(await page.locator('dialog').count(), 0);
          }
        },
        { query },
      ));
  }
});

describe('the sheet, for everybody', () => {
  it('can be used by keyboard alone: it keeps the focus, pays with Enter, and gives the focus back', () =>
    shop.open(async ({ page, openSheet, ending }) => {
      await openSheet();
      const focused = () =>
        page.evaluate(() => {
          const host = document.activeElement!;
          return ((host.shadowRoot?.activeElement ?? host).cloneNode() as Element).outerHTML;
        });
      assert.match(await focused(), /^<h2/, 'nothing that a second Enter could set off');
      const seen = new Set<string>();
      for (let press = 0; press < GOOGLE_PAY_CARDS.length + 4; press += 1) {
        await page.keyboard.press('Tab');
        seen.add(await focused());
      }
      assert.ok(![...seen].some((html) => html.includes('gpay-button')));
      for (const { id } of GOOGLE_PAY_CARDS) {
        assert.ok(
          [...seen].some((html) => html.includes(`data-card="${id}"`)),
          id,
        );
      }
      await page.locator('[data-card="visa-approved"]').focus();
      await page.keyboard.press('Enter');
      assert.ok('paid' in (await ending()));
      assert.match(await focused(), /gpay-button/);
    }));

  for (const width of [320, 360, 1280]) {
    it(`fits ${width} pixels, with targets of 44 pixels`, () =>
      shop.open(async ({ page, openSheet }) => {
        await page.setViewportSize({ width, height: 600 });
        await openSheet(EVERYTHING);
        await page.locator('summary').click();
        const box = (await page.locator('dialog').boundingBox()) ?? assert.fail();
        assert.ok(box.x >= 0 && box.x + box.width <= width && box.y >= 0 && box.y + box.height <= 600);
        const middle = page.locator('.middle');
        assert.ok(await middle.evaluate((part) => part.scrollWidth <= part.clientWidth));
        const heights = await page
          .locator('dialog')
          .locator('button, select, summary')
          .evaluateAll((targets) => targets.map((target) => target.getBoundingClientRect().height));
        assert.ok(heights.length > 10 && heights.every((height) => height >= 44));
      }));
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [what, changes] of [
      ['with every field', EVERYTHING],
      ['with a wrong request', info({ totalPrice: '1,00' })],
    ] as const) {
      it(`has no violations of accessibility rules ${what}, ${colorScheme}`, () =>
        shop.open(async ({ page, openSheet }) => {
          await page.emulateMedia({ colorScheme });
          await openSheet(changes);
          for (const more of await page.locator('summary').all()) await more.click();
          await page.evaluate(axe);
          const violations = await page.evaluate(async () => {
            const { axe } = window as unknown as {
              axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
            };
            return (await axe.run()).violations.map(({ id, nodes }) => [
              id,
              ...nodes.map(({ html }) => html),
            ]);
          });
          assert.deepEqual(violations, []);
        }));
    }
  }
});
