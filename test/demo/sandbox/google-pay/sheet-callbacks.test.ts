import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { INFO, requestWith, startShop, type PaymentData, type Shop, type ShopWindow } from './shop.js';

/** For functions that run in the page. What a handler hears and answers is set by `answers`. */
declare const window: ShopWindow & { answers: unknown[] };

let shop: Shop;
before(async () => {
  shop = await startShop();
});
after(() => shop.close());

const HOUR_MS = 3_600_000;
const AUTHORIZE = { callbackIntents: ['PAYMENT_AUTHORIZATION'] };
const SUCCESS = { transactionState: 'SUCCESS' };
const refusal = (message: string, changes: object = {}) => ({
  transactionState: 'ERROR',
  error: { reason: 'PAYMENT_DATA_INVALID', intent: 'PAYMENT_AUTHORIZATION', message, ...changes },
});

/**
 * Opens the sheet with handlers that give these answers in turn. Some words are done instead: `reject`, `throw`, and
 * `wait` for ever.
 */
async function openWith(page: Page, changes: object, answers: unknown[]): Promise<void> {
  await page.evaluate(
    ([request, given]) => {
      window.answers = given;
      const handler = (data: unknown): unknown => {
        window.heard.push(data);
        const answer = window.answers.shift();
        if (answer === 'throw') throw new Error('typo in the handler');
        if (answer === 'reject') return Promise.reject(new Error('no stock'));
        return answer === 'wait' ? new Promise(() => undefined) : Promise.resolve(answer);
      };
      const intents = Reflect.get(request, 'callbackIntents') as string[];
      window.offer(request, {
        ...(intents.includes('PAYMENT_AUTHORIZATION') && { onPaymentAuthorized: handler }),
        ...(intents.some((intent) => intent.startsWith('SHIPPING')) && { onPaymentDataChanged: handler }),
      });
    },
    [requestWith(changes), answers] as const,
  );
  await page.locator('.gpay-button').click();
  await page.locator('[data-card]').first().waitFor();
}

const heard = (page: Page) => page.evaluate(() => window.heard);
const card = (page: Page, id = 'visa-approved') => page.locator(`[data-card="${id}"]`);
const alertOf = (page: Page, words: string) => page.getByRole('alert').filter({ hasText: words });

describe('onPaymentAuthorized', () => {
  it('hears what would be paid with, and closes the sheet with SUCCESS', () =>
    shop.open(async ({ page, ending, complaints }) => {
      await openWith(page, AUTHORIZE, [SUCCESS]);
      await card(page).click();
      const result = await ending();
      assert.ok('paid' in result);
      assert.deepEqual(await heard(page), [result.paid]);
      assert.deepEqual(complaints, []);
    }));

  it('keeps the sheet with ERROR: its message is shown, and another card may be tried', () =>
    shop.open(async ({ page, ending }) => {
      await openWith(page, AUTHORIZE, [refusal('Please take another card.'), SUCCESS]);
      await card(page).click();
      await alertOf(page, 'Please take another card.').waitFor();
      assert.equal(await page.getByRole('alert').innerText(), 'Please take another card.');
      await card(page, 'mastercard-3ds2').click();
      const result = await ending();
      assert.ok('paid' in result);
      assert.equal(result.paid.paymentMethodData.description, 'Mastercard •••• 2003');
      const [first, second] = (await heard(page)) as PaymentData[];
      assert.equal(first?.paymentMethodData.description, 'Visa •••• 1000');
      assert.deepEqual(second, result.paid);
    }));

  it('may refuse for good: then the shopper closes the sheet, and the page gets CANCELED', () =>
    shop.open(
      async ({ page, ending }) => {
        await openWith(page, AUTHORIZE, [refusal('Sold out.')]);
        await card(page).click();
        await alertOf(page, 'Sold out.').waitFor();
        await page.keyboard.press('Escape');
        assert.deepEqual(await ending(), { kind: 'Object', reason: { statusCode: 'CANCELED' } });
      },
      { query: '?render=popup' },
    ));

  it('has thirty seconds, in which no other card can be chosen', () =>
    shop.open(async ({ page, complaints }) => {
      await page.clock.install();
      await openWith(page, AUTHORIZE, ['wait']);
      await page.clock.pauseAt(Date.now() + HOUR_MS);
      await card(page).click();
      await page.getByText('Waiting for the shop…').waitFor();
      await card(page, 'mastercard-3ds2').click({ force: true });
      await page.clock.runFor(29_000);
      assert.equal(await page.getByRole('alert').innerText(), '');
      await page.clock.runFor(1_001);
      await alertOf(page, 'REQUEST_TIMEOUT').waitFor();
      assert.equal((await heard(page)).length, 1);
      assert.match(complaints.join(), /^DEVELOPER_ERROR in loadPaymentData: An error occurred in call back/);
    }));

  it('may reject, which counts as an error with that message', () =>
    shop.open(async ({ page, complaints }) => {
      await openWith(page, AUTHORIZE, ['reject']);
      await card(page).click();
      await alertOf(page, 'no stock').waitFor();
      assert.match(complaints.join(), /^DEVELOPER_ERROR in loadPaymentData/);
      assert.equal(await card(page).getAttribute('aria-disabled'), 'false');
    }));

  it('must not throw: nobody catches that, and the sheet waits in vain', () =>
    shop.open(async ({ page, complaints }) => {
      const thrown = page.waitForEvent('pageerror');
      await openWith(page, AUTHORIZE, ['throw']);
      await card(page).click();
      assert.equal((await thrown).message, 'typo in the handler');
      assert.deepEqual(complaints, ['typo in the handler']);
      assert.equal(await card(page).getAttribute('aria-disabled'), 'true');
    }));

  for (const [what, answer, help] of [
    ['an unknown reason', refusal('No.', { reason: 'BAD_DAY' }), 'error.reason must be one of'],
    ['an intent that was not asked for', refusal('No.', { intent: 'OFFER' }), 'error.intent must be one of'],
    ['nothing', null, 'onPaymentAuthorized must answer { transactionState }'],
  ] as const) {
    it(`is told in the sheet what is wrong with an answer of ${what}`, () =>
      shop.open(async ({ page }) => {
        await openWith(page, AUTHORIZE, [answer]);
        await card(page).click();
        await alertOf(page, `TEST: ${help}`).waitFor();
      }));
  }

  it('does not hear of a payment that the shopper gave up while the token was made', () =>
    shop.open(async ({ page, ending }) => {
      const asked = page.waitForRequest('**/google-pay/token');
      let release = () => {};
      const released = new Promise<void>((resolve) => (release = resolve));
      await page.route('**/google-pay/token', async (route) => {
        await released;
        await route.continue();
      });
      await openWith(page, AUTHORIZE, [SUCCESS]);
      await card(page).click();
      await asked;
      await page.keyboard.press('Escape');
      assert.ok('kind' in (await ending()));
      const answered = page.waitForResponse('**/google-pay/token');
      release();
      await (await answered).finished();
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
      assert.deepEqual(await heard(page), []);
    }));
});

describe('onPaymentDataChanged', () => {
  const SHIPPING = {
    callbackIntents: ['SHIPPING_ADDRESS', 'SHIPPING_OPTION'],
    shippingAddressRequired: true,
    shippingOptionRequired: true,
    shippingOptionParameters: {
      shippingOptions: [
        { id: 'post', label: 'Post' },
        { id: 'courier', label: 'Courier' },
      ],
    },
  };
  const KYIV = { administrativeArea: 'Київ', countryCode: 'UA', postalCode: '01001', locality: 'Київ' };
  const TOSHKENT = {
    ...{
      administrativeArea: 'Toshkent shahri',
      countryCode: 'UZ',
      postalCode: '100000',
      locality: 'Toshkent',
    },
  };
  const data = (callbackTrigger: string, shippingAddress: object, id: string) => ({
    callbackTrigger,
    paymentMethodData: { type: 'CARD', info: { cardNetwork: 'VISA' } },
    shippingAddress,
    shippingOptionData: { id },
  });
  const select = (page: Page, trigger: string) => page.locator(`[data-choice="${trigger}"]`);
  const total = (page: Page, price: string) => page.locator('.total').filter({ hasText: price });
  const price = (totalPrice: string) => ({ newTransactionInfo: { ...INFO, totalPrice } });

  it('hears of the beginning and of each choice, and changes the price that is shown', () =>
    shop.open(async ({ page, ending }) => {
      await openWith(page, SHIPPING, [price('130.00'), price('190.00'), price('250.00')]);
      await total(page, '130.00 UAH').waitFor();
      await select(page, 'SHIPPING_ADDRESS').selectOption({ index: 1 });
      await total(page, '190.00 UAH').waitFor();
      await select(page, 'SHIPPING_OPTION').focus();
      await select(page, 'SHIPPING_OPTION').selectOption('Courier');
      await total(page, '250.00 UAH').waitFor();
      assert.ok(
        await select(page, 'SHIPPING_OPTION').evaluate((box) => box.matches(':focus')),
        'the focus stays where it was',
      );
      assert.deepEqual(await heard(page), [
        data('INITIALIZE', KYIV, 'post'),
        data('SHIPPING_ADDRESS', TOSHKENT, 'post'),
        data('SHIPPING_OPTION', TOSHKENT, 'courier'),
      ]);
      await card(page).click();
      const result = await ending();
      assert.ok('paid' in result);
      const { shippingAddress, shippingOptionData } = result.paid;
      assert.equal(Reflect.get(shippingAddress as object, 'name'), 'Olim Qumov');
      assert.deepEqual(shippingOptionData, { id: 'courier' });
    }));

  it('may refuse an address: no card can be chosen until the shopper takes another', () =>
    shop.open(async ({ page }) => {
      const error = {
        reason: 'SHIPPING_ADDRESS_UNSERVICEABLE',
        intent: 'SHIPPING_ADDRESS',
        message: 'Not there.',
      };
      await openWith(page, SHIPPING, [{}, { error }, {}]);
      await select(page, 'SHIPPING_ADDRESS').selectOption({ index: 1 });
      await alertOf(page, 'Not there.').waitFor();
      assert.equal(await page.getByRole('alert').innerText(), 'Not there.');
      assert.equal(await card(page).getAttribute('aria-disabled'), 'true');
      await select(page, 'SHIPPING_ADDRESS').selectOption({ index: 0 });
      await page.locator('[data-card="visa-approved"][aria-disabled="false"]').waitFor();
      assert.equal(await page.getByRole('alert').innerText(), '');
    }));

  it('brings the shipping options where the request has none', () =>
    shop.open(async ({ page }) => {
      const newShippingOptionParameters = SHIPPING.shippingOptionParameters;
      await openWith(page, { ...SHIPPING, shippingOptionParameters: undefined }, [
        { newShippingOptionParameters },
      ]);
      await select(page, 'SHIPPING_OPTION').waitFor();
      assert.deepEqual(await heard(page), [data('INITIALIZE', KYIV, 'shipping_option_unselected')]);
      assert.equal(await card(page).getAttribute('aria-disabled'), 'false');
    }));

  it('leaves the sheet without cards where it does not bring them', () =>
    shop.open(async ({ page }) => {
      await openWith(page, { ...SHIPPING, shippingOptionParameters: undefined }, [{}]);
      await alertOf(
        page,
        'TEST: onPaymentDataChanged must answer with newShippingOptionParameters',
      ).waitFor();
      assert.equal(await card(page).getAttribute('aria-disabled'), 'true');
    }));

  it('must answer with a right price, or something goes wrong in the sheet', () =>
    shop.open(
      async ({ page, ending }) => {
        await openWith(page, SHIPPING, [price('1,00')]);
        await alertOf(page, 'Something went wrong [OR_BIBED_06]').waitFor();
        await page.locator('.cancel').click();
        const result = await ending();
        assert.ok('kind' in result);
        assert.equal(Reflect.get(result.reason as object, 'statusCode'), 'DEVELOPER_ERROR');
      },
      { query: '?render=popup' },
    ));

  it('hears of an offer, and not of a choice whose intent is missing', () =>
    shop.open(async ({ page, ending }) => {
      const offers = [{ redemptionCode: 'TEA', description: 'Ten per cent off' }];
      const changes = { ...SHIPPING, callbackIntents: ['SHIPPING_OPTION', 'OFFER'], offerInfo: { offers } };
      await openWith(page, changes, [{}, price('112.50')]);
      await page.locator('[data-card][aria-disabled="false"]').first().waitFor();
      await select(page, 'SHIPPING_ADDRESS').selectOption({ index: 1 });
      await select(page, 'OFFER').selectOption('Ten per cent off');
      await total(page, '112.50 UAH').waitFor();
      const [, offered, ...more] = (await heard(page)) as Record<string, unknown>[];
      assert.equal(offered?.['callbackTrigger'], 'OFFER');
      assert.deepEqual(offered['offerData'], { redemptionCodes: ['TEA'] });
      assert.deepEqual(more, []);
      await card(page).click();
      const result = await ending();
      assert.ok('paid' in result);
      assert.deepEqual(result.paid['offerData'], { redemptionCodes: ['TEA'] });
    }));

  it('keeps the shopper from choosing while it is asked', () =>
    shop.open(async ({ page }) => {
      await openWith(page, SHIPPING, [{}, 'wait']);
      await page.locator('[data-card][aria-disabled="false"]').first().waitFor();
      await select(page, 'SHIPPING_OPTION').selectOption('Courier');
      await page.getByText('Waiting for the shop…').waitFor();
      await select(page, 'SHIPPING_OPTION').selectOption('Post');
      assert.equal(await select(page, 'SHIPPING_OPTION').inputValue(), 'Post');
      assert.equal((await heard(page)).length, 2);
    }));
});
