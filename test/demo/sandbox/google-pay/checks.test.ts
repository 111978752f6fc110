import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import {
  problemOfCallbacks,
  problemOfPrefetch,
  problemOfReadyRequest,
} from '../../../../demo/sandbox/google-pay/checks.js';
import { INFO, methodWith, requestWith } from './shop.js';

const INSECURE = 'Google Pay APIs should be called in secure context!';
const READY = { apiVersion: 2, apiVersionMinor: 0, allowedPaymentMethods: [methodWith()] };
const ready = (changes: object) => ({ ...READY, ...changes });
const info = (changes: object) => requestWith({ transactionInfo: { ...INFO, ...changes } });

afterEach(() => Reflect.deleteProperty(globalThis, 'isSecureContext'));

describe('before isReadyToPay', () => {
  it('finds nothing wrong with a complete request, of either version', () => {
    assert.equal(problemOfReadyRequest(READY), undefined);
    assert.equal(problemOfReadyRequest({ allowedPaymentMethods: ['CARD', 'TOKENIZED_CARD'] }), undefined);
  });

  const V2_METHODS =
    'for v2 allowedPaymentMethods must be set to an array containing a list of accepted payment methods';
  const NETWORKS = 'allowedCardNetworks must be setup in parameters for type CARD';
  const AUTH_METHODS =
    "allowedAuthMethods must be setup in parameters for type 'CARD'  and must contain 'CRYPTOGRAM_3DS' and/or 'PAN_ONLY'";
  const V1_METHODS =
    "allowedPaymentMethods must be set to an array containing 'CARD' and/or 'TOKENIZED_CARD'!";
  const wrong: [what: string, request: object | undefined, text: string][] = [
    ['no request', undefined, 'isReadyToPayRequest must be set!'],
    ['UPI', ready({ allowedPaymentMethods: [{ type: 'UPI' }] }), 'UPI not supported'],
    ['UPI and no version', { allowedPaymentMethods: [{ type: 'UPI' }] }, 'UPI not supported'],
    ['no methods', ready({ allowedPaymentMethods: undefined }), V2_METHODS],
    ['an empty list of methods', ready({ allowedPaymentMethods: [] }), V2_METHODS],
    [
      'no parameters',
      ready({ allowedPaymentMethods: [{ type: 'CARD' }] }),
      'Field parameters must be setup in each allowedPaymentMethod',
    ],
    ['no networks', ready({ allowedPaymentMethods: [methodWith({ allowedCardNetworks: [] })] }), NETWORKS],
    [
      'networks as text',
      ready({ allowedPaymentMethods: [methodWith({ allowedCardNetworks: 'VISA' })] }),
      NETWORKS,
    ],
    [
      'no ways of proof',
      ready({ allowedPaymentMethods: [methodWith({ allowedAuthMethods: [] })] }),
      AUTH_METHODS,
    ],
    [
      'an unknown way of proof among known ones',
      ready({ allowedPaymentMethods: [methodWith({ allowedAuthMethods: ['PAN_ONLY', 'PIN'] })] }),
      AUTH_METHODS,
    ],
    ['no version and methods of version 2', { allowedPaymentMethods: [methodWith()] }, V1_METHODS],
    ['no version and an unknown method', { allowedPaymentMethods: ['CARD', 'CASH'] }, V1_METHODS],
    ['no version and no method', { allowedPaymentMethods: [] }, V1_METHODS],
  ];
  for (const [what, request, text] of wrong) {
    it(`says what is wrong with ${what}`, () => assert.equal(problemOfReadyRequest(request), text));
  }

  it('misses the minor version only where its name is not there', () => {
    const request = { apiVersion: 2, allowedPaymentMethods: [methodWith()] };
    assert.equal(problemOfReadyRequest(request), 'apiVersionMinor must be set!');
    assert.equal(problemOfReadyRequest({ ...request, apiVersionMinor: undefined }), undefined);
  });

  it('looks at the context first, and at everything else in the documented order', () => {
    Object.assign(globalThis, { isSecureContext: false });
    assert.equal(problemOfReadyRequest(undefined), INSECURE);
    Reflect.deleteProperty(globalThis, 'isSecureContext');
    const noMinor = { apiVersion: 2, allowedPaymentMethods: [] };
    assert.equal(
      problemOfReadyRequest({ ...noMinor, allowedPaymentMethods: [{ type: 'UPI' }] }),
      'UPI not supported',
    );
    assert.equal(problemOfReadyRequest(noMinor), 'apiVersionMinor must be set!');
    const neither = { type: 'CARD', parameters: {} };
    assert.equal(problemOfReadyRequest(ready({ allowedPaymentMethods: [neither] })), NETWORKS);
  });
});

describe('before loadPaymentData', () => {
  it('finds nothing wrong with a complete request', () => {
    assert.equal(problemOfPrefetch(requestWith()), undefined);
    assert.equal(
      problemOfPrefetch(info({ totalPriceStatus: 'NOT_CURRENTLY_KNOWN', totalPrice: undefined })),
      undefined,
    );
    assert.equal(problemOfCallbacks(requestWith(), undefined), undefined);
  });

  const STATUS =
    'totalPriceStatus in transactionInfo must be set to one of NOT_CURRENTLY_KNOWN, ESTIMATED or FINAL!';
  const PRICE = 'totalPrice in transactionInfo must be set when totalPriceStatus is ESTIMATED or FINAL!';
  const wrong: [what: string, request: object | undefined, text: string][] = [
    ['no request', undefined, 'paymentDataRequest must be set!'],
    ['UPI', requestWith({ allowedPaymentMethods: [{ type: 'UPI' }] }), 'UPI not supported'],
    ['no transaction', requestWith({ transactionInfo: undefined }), 'transactionInfo must be set!'],
    ['no currency', info({ currencyCode: '' }), 'currencyCode in transactionInfo must be set!'],
    ['no status', info({ totalPriceStatus: undefined }), STATUS],
    ['an unknown status', info({ totalPriceStatus: 'MAYBE' }), STATUS],
    ['no final price', info({ totalPrice: undefined }), PRICE],
    ['no estimated price', info({ totalPriceStatus: 'ESTIMATED', totalPrice: '' }), PRICE],
  ];
  for (const [what, request, text] of wrong) {
    it(`says what is wrong with ${what}`, () => assert.equal(problemOfPrefetch(request), text));
  }

  it('looks in the documented order', () => {
    const upi = { allowedPaymentMethods: [{ type: 'UPI' }], transactionInfo: undefined };
    assert.equal(problemOfPrefetch(requestWith(upi)), 'UPI not supported');
    assert.equal(
      problemOfPrefetch(info({ currencyCode: undefined, totalPriceStatus: undefined })),
      'currencyCode in transactionInfo must be set!',
    );
    Object.assign(globalThis, { isSecureContext: false });
    assert.equal(problemOfPrefetch(undefined), INSECURE);
  });

  it('leaves the kinds of transaction that came later to the sheet', () => {
    const later = { transactionInfo: undefined, recurringTransactionInfo: { currencyCode: 'UAH' } };
    assert.equal(problemOfPrefetch(requestWith(later)), undefined);
  });
});

describe('callbacks', () => {
  const handler = () => ({});
  const intents = (...callbackIntents: string[]) => requestWith({ callbackIntents });

  it('may be given for every intent', () => {
    const both = { onPaymentAuthorized: handler, onPaymentDataChanged: handler };
    assert.equal(problemOfCallbacks(intents('PAYMENT_AUTHORIZATION', 'SHIPPING_OPTION'), both), undefined);
  });

  const AUTHORIZED = 'Both PAYMENT_AUTHORIZATION intent and onPaymentAuthorized must be set';
  const CHANGED =
    'onPaymentDataChanged callback must be set if any of SHIPPING_ADDRESS,SHIPPING_OPTION callback intent is set.';
  const wrong: [what: string, request: object, callbacks: object | undefined, text: string][] = [
    ['intents without callbacks', intents(), undefined, 'paymentDataCallbacks must be set'],
    ['an authorization without handler', intents('PAYMENT_AUTHORIZATION'), {}, AUTHORIZED],
    ['a handler without authorization', intents(), { onPaymentAuthorized: handler }, AUTHORIZED],
    ['changes without handler', intents('SHIPPING_ADDRESS'), {}, CHANGED],
    ['a handler without changes', intents(), { onPaymentDataChanged: handler }, CHANGED],
    ['a handler for offers alone', intents('OFFER'), { onPaymentDataChanged: handler }, CHANGED],
  ];
  for (const [what, request, callbacks, text] of wrong) {
    it(`are refused: ${what}`, () => assert.equal(problemOfCallbacks(request, callbacks), text));
  }

  it('without any intents end in a TypeError', () => {
    assert.throws(() => problemOfCallbacks(requestWith(), { onPaymentAuthorized: handler }), TypeError);
  });
});
