import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { INFO, methodWith, offer, requestWith, startShop, type Shop, type ShopWindow } from './shop.js';

/** For functions that run in the page. */
declare const window: ShopWindow;

let shop: Shop;
before(async () => {
  shop = await startShop();
});
after(() => shop.close());

/** Why the constructor throws; undefined if it does not. */
function construct({ page }: { page: Parameters<typeof offer>[0] }, options: object) {
  return page.evaluate((given) => {
    try {
      new window.google.payments.api.PaymentsClient(given);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }, options);
}

/** What a call of `isReadyToPay` with this request comes to. */
function isReady(query: string, request: object): Promise<unknown> {
  let answer: unknown;
  return shop
    .open(
      async ({ page }) => {
        answer = await page.evaluate(
          (given) =>
            new window.google.payments.api.PaymentsClient()
              .isReadyToPay(given)
              .catch((reason: unknown) => ({ reason })),
          request,
        );
      },
      { query },
    )
    .then(() => answer);
}

describe('new PaymentsClient', () => {
  it('takes TEST, also where no environment is given', () =>
    shop.open(async (visit) => {
      assert.equal(await construct(visit, {}), undefined);
      assert.equal(await construct(visit, { environment: 'TEST' }), undefined);
    }));

  it('refuses PRODUCTION in words of its own, and everything else in Google’s', () =>
    shop.open(async (visit) => {
      assert.match(
        (await construct(visit, { environment: 'PRODUCTION' })) ?? '',
        /stand-in .* knows no PRODUCTION/,
      );
      assert.equal(
        await construct(visit, { environment: 'LIVE' }),
        'Parameter environment in PaymentsClientOptions can optionally be set to PRODUCTION, otherwise it defaults to TEST.',
      );
    }));
});

describe('isReadyToPay', () => {
  it('answers for this browser', async () => {
    assert.deepEqual(await isReady('', requestWith()), { result: true });
    const tokensOnly = [methodWith({ allowedAuthMethods: ['CRYPTOGRAM_3DS'] })];
    assert.deepEqual(await isReady('', requestWith({ allowedPaymentMethods: tokensOnly })), {
      result: false,
    });
  });

  it('says whether the shopper has a card, only if asked', async () => {
    const asked = requestWith({ existingPaymentMethodRequired: true });
    assert.deepEqual(await isReady('', asked), { result: true, paymentMethodPresent: true });
    assert.deepEqual(await isReady('?present=false', asked), { result: true, paymentMethodPresent: false });
  });

  it('answers otherwise where the address of the script asks for that', async () => {
    assert.deepEqual(await isReady('?ready=false', requestWith()), { result: false });
    assert.deepEqual(await isReady('?ready=error', requestWith()), {
      reason: { statusCode: 'INTERNAL_ERROR' },
    });
  });

  it('rejects with a plain object where the request is wrong, and writes that to the console', () =>
    shop.open(async ({ page, complaints }) => {
      const reason = await page.evaluate(() =>
        new window.google.payments.api.PaymentsClient().isReadyToPay({ apiVersion: 2 }).then(
          () => undefined,
          (error: object) => [error.constructor.name, error],
        ),
      );
      const text = 'apiVersionMinor must be set!';
      assert.deepEqual(reason, ['Object', { statusCode: 'DEVELOPER_ERROR', statusMessage: text }]);
      assert.deepEqual(complaints, [`DEVELOPER_ERROR in isReadyToPay: ${text}`]);
    }));
});

describe('prefetchPaymentData', () => {
  it('writes what is wrong to the console, and throws nothing', () =>
    shop.open(async ({ page, complaints }) => {
      await page.evaluate((request) => {
        const client = new window.google.payments.api.PaymentsClient();
        client.prefetchPaymentData();
        client.prefetchPaymentData(request);
      }, requestWith());
      assert.deepEqual(complaints, [
        'DEVELOPER_ERROR in prefetchPaymentData: paymentDataRequest must be set!',
      ]);
    }));
});

describe('loadPaymentData', () => {
  it('pays with a card of the sheet under a strict policy, and complains about nothing', () =>
    shop.open(async ({ page, openSheet, ending, complaints }) => {
      await openSheet();
      await page.locator('[data-card="mastercard-3ds2"]').click();
      const result = await ending();
      assert.ok('paid' in result);
      const { paymentMethodData, ...versions } = result.paid;
      const { tokenizationData, ...method } = paymentMethodData;
      assert.deepEqual(versions, { apiVersion: 2, apiVersionMinor: 0 });
      assert.deepEqual(method, {
        type: 'CARD',
        description: 'Mastercard •••• 2003',
        info: { cardNetwork: 'MASTERCARD', cardDetails: '2003', cardFundingSource: 'DEBIT' },
      });
      assert.equal(tokenizationData.type, 'PAYMENT_GATEWAY');
      const token = JSON.parse(tokenizationData.token) as Record<string, unknown>;
      assert.equal(token['protocolVersion'], 'ECv2');
      assert.equal(await page.locator('dialog').count(), 0);
      assert.deepEqual(complaints, []);
    }));

  it('gives the example gateway its word', () =>
    shop.open(async ({ page, openSheet, ending }) => {
      const example = {
        type: 'PAYMENT_GATEWAY',
        parameters: { gateway: 'example', gatewayMerchantId: 'any' },
      };
      await openSheet({ allowedPaymentMethods: [methodWith({}, example)] });
      await page.locator('[data-card]').first().click();
      const result = await ending();
      assert.ok('paid' in result);
      assert.equal(result.paid.paymentMethodData.tokenizationData.token, 'examplePaymentMethodToken');
    }));

  it('writes into the request that it is given', () =>
    shop.open(async ({ page, openSheet }) => {
      await openSheet();
      const written = await page.evaluate(() => Object.keys(window.request));
      assert.deepEqual(written.slice(-2), ['environment', 'i']);
      assert.equal(await page.evaluate((): unknown => Reflect.get(window.request, 'environment')), 'TEST');
    }));

  it('opens no sheet where the page itself could see what is wrong', () =>
    shop.open(async ({ page, ending, complaints }) => {
      await offer(page, requestWith({ transactionInfo: undefined }));
      await page.locator('.gpay-button').click();
      const text = 'transactionInfo must be set!';
      assert.deepEqual(await ending(), {
        kind: 'Object',
        reason: { statusCode: 'DEVELOPER_ERROR', statusMessage: text },
      });
      assert.deepEqual(complaints, [`DEVELOPER_ERROR in loadPaymentData: ${text}`]);
      assert.equal(await page.locator('dialog').count(), 0);
    }));

  for (const [query, expected] of [
    ['?render=popup', { kind: 'text', reason: 'failed to open window' }],
    ['?render=payment-request', { kind: 'DOMException', statusCode: 'CANCELED', name: 'SecurityError' }],
  ] as const) {
    it(`needs a click (${query})`, () =>
      shop.open(
        async ({ ending }) => {
          const result = await ending();
          assert.ok('kind' in result);
          const { reason } = result;
          const told =
            typeof reason === 'string'
              ? { reason }
              : { statusCode: reason['statusCode'], name: reason['name'] };
          assert.deepEqual({ kind: result.kind, ...told }, expected);
        },
        { query, clickedByScript: requestWith() },
      ));
  }

  it('refuses a call while a sheet is open, and thereby makes the way free for the next', () =>
    shop.open(async ({ page, openSheet }) => {
      await openSheet();
      const again = () =>
        page.evaluate(() =>
          window.client.loadPaymentData({ ...window.request, transactionInfo: undefined }).then(
            () => 'paid',
            (reason: Error & { statusMessage?: string }) => reason.statusMessage ?? reason.message,
          ),
        );
      assert.equal(await again(), 'This method can only be called one at a time.');
      assert.equal(await page.locator('dialog').count(), 1);
      assert.equal(await again(), 'transactionInfo must be set!', 'this one got as far as the checks');
    }));

  it('ends in a TypeError where there are callbacks and no intents', () =>
    shop.open(async ({ page, ending }) => {
      await page.evaluate(
        (request) => window.offer(request, { onPaymentAuthorized: () => ({}) }),
        requestWith(),
      );
      await page.locator('.gpay-button').click();
      const result = await ending();
      assert.ok('kind' in result);
      assert.equal(result.kind, 'TypeError');
    }));

  it('shows the price of its own copy of the request', () =>
    shop.open(async ({ page, openSheet }) => {
      await openSheet();
      await page.evaluate(() =>
        Object.assign(Reflect.get(window.request, 'transactionInfo') as object, { totalPrice: '1.00' }),
      );
      assert.match(await page.locator('.total').innerText(), new RegExp(`^${INFO.totalPrice} `));
    }));
});
