import type { Attempt } from '../../../server-stub/providers/provider.js';
import parts from '../../fixtures/procard/google-pay-parts.json' with { type: 'json' };

const PARTS = new Map(parts as [string, string][]);

export const GP_TOKEN = PARTS.get('gpToken') ?? '';

const BROWSER: Attempt['browser'] = {
  language: 'uk-UA',
  colorDepth: 30,
  screenWidth: 1920,
  screenHeight: 1080,
  timezoneOffset: -120,
  javaEnabled: false,
  javascriptEnabled: true,
  ip: '10.1.2.3',
  userAgent: 'Mozilla/5.0 (test)',
  accept: 'application/json',
};

/** The purchase of `google-pay-parts.json`, as the payment service hands it over. */
export const GOOGLE_PAY: Attempt = {
  reference: 'ORD-2026-000123-a1',
  method: 'google-pay',
  money: { minor: 125050, currency: 'UAH' },
  providerId: null,
  createdAt: Date.UTC(2026, 10, 20),
  order: {
    id: 'ORD-2026-000123',
    description: 'Оплата замовлення № 123: їжа й ґаджети',
    money: { minor: 125050, currency: 'UAH' },
    country: 'UA',
  },
  payWith: {
    type: 'google-pay',
    paymentData: {
      apiVersion: 2,
      apiVersionMinor: 0,
      paymentMethodData: {
        type: 'CARD',
        description: 'Mastercard •••• 6812',
        info: { cardNetwork: 'MASTERCARD', cardDetails: '6812' },
        tokenizationData: { type: 'PAYMENT_GATEWAY', token: GP_TOKEN },
      },
    },
  },
  browser: BROWSER,
  locale: 'uk',
  urls: {
    callback: 'https://shop.example/pay/callbacks/procard',
    threedsReturn: 'https://shop.example/pay/3ds/9mW2pQv7Zr4tK1xY8bNc0A',
    shopReturn: 'https://shop.example/done?payment=4fJ8sXq2Lm7Vd0RbT6yNcA',
  },
};

/** The same shopper on ProcardPay's own page: the purchase of `requests.json`. */
export const HOSTED: Attempt = {
  ...GOOGLE_PAY,
  reference: 'ORD-2026-000125-a1',
  method: 'hosted-page',
  money: { minor: 4990, currency: 'UAH' },
  order: {
    id: 'ORD-2026-000125',
    description: 'Toʻlov: oʻquv qoʻllanma va gʻisht, Oʻzbekiston',
    money: { minor: 4990, currency: 'UAH' },
    country: 'UA',
  },
  payWith: { type: 'hosted-page' },
};

/** The payment of GlobalPay's `requests.json`: 1000 sum. */
export const UZBEK: Attempt = {
  ...GOOGLE_PAY,
  reference: '3f0d2b9e-6a51-4f5c-9f0e-0d6f2b7c1001',
  method: 'hosted-page',
  money: { minor: 100_000, currency: 'UZS' },
  order: {
    id: '1001',
    description: 'Order 1001',
    money: { minor: 100_000, currency: 'UZS' },
    country: 'UZ',
    items: [
      {
        title: 'USB-C cable',
        price: 100_000,
        count: 1,
        code: '10703999001000000',
        units: 1,
        vatPercent: 0,
        packageCode: '1495086',
      },
    ],
  },
  payWith: { type: 'hosted-page' },
  urls: {
    callback: 'https://shop.example/pay/callbacks/globalpay',
    threedsReturn: 'https://shop.example/pay/3ds/9mW2pQv7Zr4tK1xY8bNc0A',
    shopReturn: 'https://shop.example/done?payment=Hq3nZ8wK1pVb5XtYc7LmRg',
  },
};
