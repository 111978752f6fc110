// What Google checks inside the sheet. There the shopper reads "Something went wrong" and nobody learns why, so the
// sentences are the sandbox's own. Each rule answers with the first problem it finds, or undefined.
import { TRANSACTIONS } from './transaction.js';

/** Gateways that the sandbox plays: ProcardPay, and Google's example. */
const GATEWAYS = ['procard', 'example'];
const CHECKOUT_OPTIONS = ['DEFAULT', 'CONTINUE_TO_REVIEW', 'COMPLETE_IMMEDIATE_PURCHASE'];
const ITEM_TYPES = ['LINE_ITEM', 'SUBTOTAL', 'TAX', 'DISCOUNT', 'SHIPPING_OPTION'];
const ITEM_STATUSES = ['FINAL', 'PENDING'];
const INTENTS = ['OFFER', 'SHIPPING_ADDRESS', 'SHIPPING_OPTION', 'PAYMENT_AUTHORIZATION', 'PAYMENT_METHOD'];

export function problemInSheet(request) {
  return (
    problemOfVersion(request) ??
    problemOfMerchant(request) ??
    problemOfTransaction(request) ??
    problemOfMethod(request) ??
    problemOfShipping(request) ??
    problemOfIntents(request)
  );
}

function problemOfVersion({ apiVersion, apiVersionMinor }) {
  return apiVersion === 2 && apiVersionMinor === 0
    ? undefined
    : 'apiVersion must be 2 and apiVersionMinor 0.';
}

function problemOfMerchant({ merchantInfo }) {
  return merchantInfo ? undefined : 'merchantInfo must be set.';
}

function problemOfTransaction(request) {
  const given = TRANSACTIONS.filter((kind) => request[kind]);
  if (given.length !== 1) return `Exactly one must be set of ${TRANSACTIONS.join(', ')}.`;
  const [kind] = given;
  const info = request[kind];
  if (!/^[A-Z]{3}$/.test(info.currencyCode)) return `${kind}.currencyCode must be a code such as UAH.`;
  if (info.countryCode !== undefined && !/^[A-Z]{2}$/.test(info.countryCode)) {
    return `${kind}.countryCode must be a code such as UA.`;
  }
  return kind === 'transactionInfo'
    ? (problemOfPrices(info, kind) ?? problemOfCheckout(info))
    : problemOfPrice(info.immediateTotalPrice, `${kind}.immediateTotalPrice`);
}

function problemOfPrices({ totalPrice, displayItems = [] }, name) {
  if (totalPrice !== undefined) {
    const problem = problemOfPrice(totalPrice, `${name}.totalPrice`);
    if (problem) return problem;
  }
  if (!Array.isArray(displayItems)) return `${name}.displayItems must be an array.`;
  for (const [index, { label, type, price, status }] of displayItems.entries()) {
    const item = `${name}.displayItems[${index}]`;
    if (!label) return `${item}.label must be set.`;
    if (!ITEM_TYPES.includes(type)) return `${item}.type must be one of ${ITEM_TYPES.join(', ')}.`;
    if (status !== undefined && !ITEM_STATUSES.includes(status))
      return `${item}.status must be FINAL or PENDING.`;
    const problem = problemOfPrice(price, `${item}.price`);
    if (problem) return problem;
  }
  return undefined;
}

function problemOfPrice(price, name) {
  return typeof price === 'string' && /^[0-9]+(\.[0-9][0-9])?$/.test(price)
    ? undefined
    : `${name} must be text such as "10" or "10.45", and is ${JSON.stringify(price)}.`;
}

function problemOfCheckout({ checkoutOption = 'DEFAULT', totalPriceStatus }) {
  if (!CHECKOUT_OPTIONS.includes(checkoutOption)) {
    return `transactionInfo.checkoutOption must be one of ${CHECKOUT_OPTIONS.join(', ')}.`;
  }
  return checkoutOption === 'COMPLETE_IMMEDIATE_PURCHASE' && totalPriceStatus !== 'FINAL'
    ? 'checkoutOption COMPLETE_IMMEDIATE_PURCHASE needs totalPriceStatus FINAL.'
    : undefined;
}

function problemOfMethod({ allowedPaymentMethods }) {
  const card = allowedPaymentMethods?.find?.((method) => method.type === 'CARD');
  if (!card) return 'allowedPaymentMethods must contain a method of type CARD.';
  const { allowedCardNetworks, allowedAuthMethods, ...more } = card.parameters ?? {};
  if (!allowedCardNetworks?.length) return 'parameters.allowedCardNetworks must be set.';
  if (!allowedAuthMethods?.length) return 'parameters.allowedAuthMethods must be set.';
  if (more.allowedIssuerCountryCodes && more.blockedIssuerCountryCodes) {
    return 'Not both of allowedIssuerCountryCodes and blockedIssuerCountryCodes may be set.';
  }
  const { type, parameters = {} } = card.tokenizationSpecification ?? {};
  if (!Object.values(parameters).every((value) => typeof value === 'string')) {
    return 'All parameters of tokenizationSpecification must be text.';
  }
  if (type === 'PAYMENT_GATEWAY') return problemOfGateway(parameters);
  if (type === 'DIRECT') return problemOfDirect(parameters);
  return 'tokenizationSpecification must be set, of type PAYMENT_GATEWAY or DIRECT.';
}

function problemOfGateway({ gateway, gatewayMerchantId }) {
  if (!GATEWAYS.includes(gateway)) {
    return `tokenizationSpecification.parameters.gateway must be one of ${GATEWAYS.join(', ')} in this sandbox.`;
  }
  return gatewayMerchantId
    ? undefined
    : 'tokenizationSpecification.parameters.gatewayMerchantId must be set.';
}

function problemOfDirect({ protocolVersion, publicKey }) {
  if (protocolVersion !== 'ECv2')
    return 'tokenizationSpecification.parameters.protocolVersion must be "ECv2".';
  return isUncompressedPoint(publicKey)
    ? undefined
    : 'tokenizationSpecification.parameters.publicKey must be the base64 of an uncompressed point.';
}

/** 65 bytes, of which the first is 4. */
function isUncompressedPoint(base64) {
  try {
    const bytes = globalThis.atob(base64);
    return bytes.length === 65 && bytes.charCodeAt(0) === 4;
  } catch {
    return false;
  }
}

function problemOfShipping({ shippingOptionRequired, shippingOptionParameters, callbackIntents = [] }) {
  if (!shippingOptionRequired) return undefined;
  const options = shippingOptionParameters?.shippingOptions ?? [];
  const comeLater = callbackIntents.some((intent) => intent.startsWith('SHIPPING_'));
  if (options.length === 0 && !comeLater) return 'shippingOptionParameters.shippingOptions must be set.';
  return options.every(({ id, label }) => id && label)
    ? undefined
    : 'Each of shippingOptionParameters.shippingOptions must have an id and a label.';
}

function problemOfIntents({ callbackIntents = [] }) {
  const unknown = callbackIntents.find((intent) => !INTENTS.includes(intent));
  return unknown === undefined ? undefined : `callbackIntents must not contain ${JSON.stringify(unknown)}.`;
}
