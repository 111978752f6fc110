import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { problemInSheet } from '../../../../demo/sandbox/google-pay/rules.js';
import { INFO, methodWith, requestWith, SPECIFICATION } from './shop.js';

const info = (changes: object) => requestWith({ transactionInfo: { ...INFO, ...changes } });
const item = (changes: object) =>
  info({ displayItems: [{ label: 'Tea', type: 'LINE_ITEM', price: '1.00', ...changes }] });
const card = (parameters: object) => requestWith({ allowedPaymentMethods: [methodWith(parameters)] });
const tokenization = (type: string, parameters: object) =>
  requestWith({ allowedPaymentMethods: [methodWith({}, { type, parameters })] });
const point = (bytes: number, first: number) =>
  Buffer.concat([Buffer.of(first), Buffer.alloc(bytes - 1, 7)]).toString('base64');
const direct = (parameters: object) =>
  tokenization('DIRECT', { protocolVersion: 'ECv2', publicKey: point(65, 4), ...parameters });
const shipping = (options: unknown[], changes: object = {}) =>
  requestWith({
    shippingOptionRequired: true,
    shippingOptionParameters: { shippingOptions: options },
    ...changes,
  });
const LATER = { currencyCode: 'UAH', countryCode: 'UA', immediateTotalPrice: '1.00' };

describe('the sheet accepts', () => {
  const right: [what: string, request: object][] = [
    ['a complete request', requestWith()],
    ['a price without decimals', info({ totalPrice: '10' })],
    ['a price of zero', info({ totalPrice: '0.00' })],
    ['no price yet', info({ totalPriceStatus: 'NOT_CURRENTLY_KNOWN', totalPrice: undefined })],
    ['no country', info({ countryCode: undefined })],
    ['a line that is pending', item({ status: 'PENDING' })],
    ['an immediate purchase at a final price', info({ checkoutOption: 'COMPLETE_IMMEDIATE_PURCHASE' })],
    ['one list of issuer countries', card({ allowedIssuerCountryCodes: ['UA'] })],
    [
      'Google’s example gateway',
      tokenization('PAYMENT_GATEWAY', { gateway: 'example', gatewayMerchantId: 'x' }),
    ],
    ['a key of the merchant’s own', direct({})],
    ['shipping options', shipping([{ id: 'a', label: 'Post' }])],
    ['shipping options that come later', shipping([], { callbackIntents: ['SHIPPING_ADDRESS'] })],
    ['a recurring payment', requestWith({ transactionInfo: undefined, recurringTransactionInfo: LATER })],
  ];
  for (const [what, request] of right) {
    it(what, () => assert.equal(problemInSheet(request), undefined));
  }
});

describe('the sheet names what it refuses', () => {
  const wrong: [what: string, request: object, names: RegExp][] = [
    ['another version', requestWith({ apiVersion: 1 }), /^apiVersion/],
    ['another minor version', requestWith({ apiVersionMinor: 1 }), /apiVersionMinor/],
    ['no merchant', requestWith({ merchantInfo: undefined }), /^merchantInfo/],
    ['no transaction', requestWith({ transactionInfo: undefined }), /^Exactly one .*deferredTransactionInfo/],
    ['two transactions', requestWith({ deferredTransactionInfo: LATER }), /^Exactly one/],
    ['a currency that is none', info({ currencyCode: 'hryvnia' }), /^transactionInfo\.currencyCode/],
    ['a country that is none', info({ countryCode: 'Ukraine' }), /^transactionInfo\.countryCode/],
    ['a price with one decimal', info({ totalPrice: '10.5' }), /^transactionInfo\.totalPrice .*"10\.5"/],
    ['a price with a comma', info({ totalPrice: '1,00' }), /^transactionInfo\.totalPrice/],
    ['a price that is a number', info({ totalPrice: 10 }), /^transactionInfo\.totalPrice .* is 10\.$/],
    ['a price below zero', info({ totalPrice: '-1.00' }), /^transactionInfo\.totalPrice/],
    ['lines that are no list', info({ displayItems: {} }), /displayItems must be an array/],
    ['a line below zero', item({ price: '-1.00' }), /^transactionInfo\.displayItems\[0\]\.price/],
    ['a line without label', item({ label: '' }), /displayItems\[0\]\.label/],
    ['a line of an unknown type', item({ type: 'GIFT' }), /displayItems\[0\]\.type/],
    ['a line with an unknown status', item({ status: 'MAYBE' }), /displayItems\[0\]\.status/],
    ['an unknown checkout option', info({ checkoutOption: 'NOW' }), /checkoutOption/],
    [
      'an immediate purchase at an estimated price',
      info({ totalPriceStatus: 'ESTIMATED', checkoutOption: 'COMPLETE_IMMEDIATE_PURCHASE' }),
      /COMPLETE_IMMEDIATE_PURCHASE needs totalPriceStatus FINAL/,
    ],
    [
      'a deferred payment without its price of today',
      requestWith({
        transactionInfo: undefined,
        deferredTransactionInfo: { ...LATER, immediateTotalPrice: 1 },
      }),
      /^deferredTransactionInfo\.immediateTotalPrice/,
    ],
    ['no methods', requestWith({ allowedPaymentMethods: undefined }), /type CARD/],
    ['no card among the methods', requestWith({ allowedPaymentMethods: [{ type: 'PAYPAL' }] }), /type CARD/],
    ['no networks', card({ allowedCardNetworks: [] }), /allowedCardNetworks/],
    ['no ways of proof', card({ allowedAuthMethods: undefined }), /allowedAuthMethods/],
    [
      'both lists of issuer countries',
      card({ allowedIssuerCountryCodes: ['UA'], blockedIssuerCountryCodes: ['US'] }),
      /allowedIssuerCountryCodes and blockedIssuerCountryCodes/,
    ],
    ['no tokenization', tokenization('', {}), /^tokenizationSpecification must be set/],
    [
      'a gateway’s merchant id that is no text',
      tokenization('PAYMENT_GATEWAY', { ...SPECIFICATION.parameters, gatewayMerchantId: 1 }),
      /must be text/,
    ],
    [
      'no merchant id for the gateway',
      tokenization('PAYMENT_GATEWAY', { gateway: 'procard' }),
      /gatewayMerchantId/,
    ],
    [
      'a gateway that the sandbox does not play',
      tokenization('PAYMENT_GATEWAY', { gateway: 'stripe', gatewayMerchantId: 'x' }),
      /gateway must be one of procard, example/,
    ],
    ['an older protocol', direct({ protocolVersion: 'ECv1' }), /protocolVersion/],
    ['a compressed point', direct({ publicKey: point(33, 2) }), /publicKey/],
    ['a point without its mark', direct({ publicKey: point(65, 5) }), /publicKey/],
    ['a key that is no base64', direct({ publicKey: '%' }), /publicKey/],
    ['shipping without options', shipping([]), /shippingOptions must be set/],
    ['a shipping option without label', shipping([{ id: 'a' }]), /id and a label/],
    ['an unknown intent', requestWith({ callbackIntents: ['TIP'] }), /callbackIntents .*"TIP"/],
  ];
  for (const [what, request, names] of wrong) {
    it(what, () => assert.match(problemInSheet(request) ?? '', names));
  }
});
