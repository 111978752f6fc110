import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  problemInSheet,
  problemOfCallbacks,
  problemOfPrefetch,
  problemOfReadyRequest,
} from '../../../../demo/sandbox/google-pay/checks.js';

const CARD = {
  type: 'CARD',
  parameters: { allowedAuthMethods: ['PAN_ONLY', 'CRYPTOGRAM_3DS'], allowedCardNetworks: ['VISA'] },
  tokenizationSpecification: {
    type: 'PAYMENT_GATEWAY',
    parameters: { gateway: 'procard', gatewayMerchantId: 'BO_gateway0000001' },
  },
};
const READY = { apiVersion: 2, apiVersionMinor: 0, allowedPaymentMethods: [CARD] };
const INFO = { totalPriceStatus: 'FINAL', totalPrice: '125.00', currencyCode: 'UAH', countryCode: 'UA' };
const REQUEST = { ...READY, transactionInfo: INFO };

const cardWith = (changes: object) => [{ ...CARD, parameters: { ...CARD.parameters, ...changes } }];

describe('isReadyToPay', () => {
  it('accepts a complete request', () => {
    assert.equal(problemOfReadyRequest(READY), undefined);
    assert.equal(problemOfReadyRequest({ allowedPaymentMethods: ['CARD'] }), undefined);
  });

  const wrong: [request: object | undefined, text: RegExp][] = [
    [undefined, /^isReadyToPayRequest must be set!$/],
    [{ ...READY, allowedPaymentMethods: [{ type: 'UPI' }] }, /^UPI not supported$/],
    [{ ...READY, apiVersionMinor: undefined }, /^apiVersionMinor must be set!$/],
    [{ ...READY, allowedPaymentMethods: [] }, /^for v2 allowedPaymentMethods must be set to an array/],
    [{ ...READY, allowedPaymentMethods: [{ type: 'CARD' }] }, /^Field parameters must be setup/],
    [{ ...READY, allowedPaymentMethods: cardWith({ allowedCardNetworks: [] }) }, /^allowedCardNetworks/],
    [{ ...READY, allowedPaymentMethods: cardWith({ allowedAuthMethods: ['PIN'] }) }, /'CARD' {2}and must/],
    [{ allowedPaymentMethods: [CARD] }, /containing 'CARD' and\/or 'TOKENIZED_CARD'!$/],
  ];
  for (const [request, text] of wrong) {
    it(`says ${text.source}`, () => assert.match(problemOfReadyRequest(request) ?? '', text));
  }
});

describe('loadPaymentData', () => {
  it('accepts a complete request', () => {
    assert.equal(problemOfPrefetch(REQUEST), undefined);
    assert.equal(problemOfCallbacks(REQUEST, undefined), undefined);
    assert.equal(problemInSheet(REQUEST), undefined);
  });

  const info = (changes: object) => ({ ...REQUEST, transactionInfo: { ...INFO, ...changes } });
  const wrong: [request: object | undefined, text: string][] = [
    [undefined, 'paymentDataRequest must be set!'],
    [{ ...REQUEST, allowedPaymentMethods: [{ type: 'UPI' }] }, 'UPI not supported'],
    [READY, 'transactionInfo must be set!'],
    [info({ currencyCode: '' }), 'currencyCode in transactionInfo must be set!'],
    [
      info({ totalPriceStatus: 'MAYBE' }),
      'totalPriceStatus in transactionInfo must be set to one of NOT_CURRENTLY_KNOWN, ESTIMATED or FINAL!',
    ],
    [
      info({ totalPrice: undefined }),
      'totalPrice in transactionInfo must be set when totalPriceStatus is ESTIMATED or FINAL!',
    ],
  ];
  for (const [request, text] of wrong) {
    it(`says: ${text}`, () => assert.equal(problemOfPrefetch(request), text));
  }

  it('wants intents and handlers in pairs', () => {
    const intents = { ...REQUEST, callbackIntents: ['PAYMENT_AUTHORIZATION'] };
    const onPaymentAuthorized = () => ({ transactionState: 'SUCCESS' });
    assert.equal(problemOfCallbacks(intents, { onPaymentAuthorized }), undefined);
    assert.equal(problemOfCallbacks(intents, undefined), 'paymentDataCallbacks must be set');
    assert.match(problemOfCallbacks(intents, {}) ?? '', /^Both PAYMENT_AUTHORIZATION/);
    const shipping = { ...REQUEST, callbackIntents: ['SHIPPING_ADDRESS'] };
    assert.match(problemOfCallbacks(shipping, {}) ?? '', /^onPaymentDataChanged callback must be set/);
    assert.throws(() => problemOfCallbacks(REQUEST, { onPaymentAuthorized }), TypeError);
  });
});

describe('the sheet', () => {
  const wrong: [what: string, request: object][] = [
    ['a price with one decimal', { ...REQUEST, transactionInfo: { ...INFO, totalPrice: '10.5' } }],
    ['a price with a comma', { ...REQUEST, transactionInfo: { ...INFO, totalPrice: '10,50' } }],
    ['a price that is a number', { ...REQUEST, transactionInfo: { ...INFO, totalPrice: 10 } }],
    ['a negative line', { ...REQUEST, transactionInfo: { ...INFO, displayItems: [{ price: '-1.00' }] } }],
    [
      'an immediate purchase at an estimated price',
      {
        ...REQUEST,
        transactionInfo: {
          ...INFO,
          totalPriceStatus: 'ESTIMATED',
          checkoutOption: 'COMPLETE_IMMEDIATE_PURCHASE',
        },
      },
    ],
    ['another version', { ...REQUEST, apiVersion: 1 }],
    ['no card method', { ...REQUEST, allowedPaymentMethods: [] }],
    [
      'both lists of issuer countries',
      {
        ...REQUEST,
        allowedPaymentMethods: cardWith({
          allowedIssuerCountryCodes: ['UA'],
          blockedIssuerCountryCodes: ['US'],
        }),
      },
    ],
    [
      'no tokenization',
      { ...REQUEST, allowedPaymentMethods: [{ ...CARD, tokenizationSpecification: undefined }] },
    ],
    [
      'a gatewayMerchantId that is no text',
      {
        ...REQUEST,
        allowedPaymentMethods: [
          {
            ...CARD,
            tokenizationSpecification: {
              type: 'PAYMENT_GATEWAY',
              parameters: { gateway: 'procard', gatewayMerchantId: 1 },
            },
          },
        ],
      },
    ],
  ];
  for (const [what, request] of wrong) {
    it(`refuses ${what}`, () => assert.equal(typeof problemInSheet(request), 'string'));
  }
});
