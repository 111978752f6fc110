import type { CreatePayment } from '../../src/contract/index.js';

/** What a shopper's browser tells of itself. */
export const BROWSER: CreatePayment['browser'] = {
  language: 'uk',
  colorDepth: 24,
  screenWidth: 1_920,
  screenHeight: 1_080,
  timezoneOffset: -120,
  javaEnabled: false,
  javascriptEnabled: true,
};

/** What Google's sheet gave the page: a card, and this token. */
export function byGooglePay(
  token: string,
  cardNetwork = 'VISA',
): Extract<CreatePayment['method'], { type: 'google-pay' }> {
  return {
    type: 'google-pay',
    paymentData: {
      apiVersion: 2,
      apiVersionMinor: 0,
      paymentMethodData: {
        type: 'CARD',
        description: 'Card •••• 1234',
        info: { cardNetwork, cardDetails: '1234' },
        tokenizationData: { type: 'PAYMENT_GATEWAY', token },
      },
    },
  };
}
