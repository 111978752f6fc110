// What Google Pay checks in the page before it opens a sheet, in its order and with its texts: pay.js as it was
// published in December 2022. Each function answers with the text of the first problem, or undefined.
import { TRANSACTIONS } from './transaction.js';

const AUTH_METHODS = ['CRYPTOGRAM_3DS', 'PAN_ONLY'];
const V1_METHODS = ['CARD', 'TOKENIZED_CARD', 'UPI'];
const PRICE_STATUSES = ['NOT_CURRENTLY_KNOWN', 'ESTIMATED', 'FINAL'];
const INSECURE = 'Google Pay APIs should be called in secure context!';

export function problemOfReadyRequest(request) {
  if (globalThis.isSecureContext === false) return INSECURE;
  if (!request) return 'isReadyToPayRequest must be set!';
  if (asksForUpi(request)) return 'UPI not supported';
  const methods = request.allowedPaymentMethods;
  if (!(request.apiVersion >= 2)) {
    return isFilled(methods) && methods.every((name) => V1_METHODS.includes(name))
      ? undefined
      : "allowedPaymentMethods must be set to an array containing 'CARD' and/or 'TOKENIZED_CARD'!";
  }
  if (!('apiVersionMinor' in request)) return 'apiVersionMinor must be set!';
  if (!isFilled(methods)) {
    return 'for v2 allowedPaymentMethods must be set to an array containing a list of accepted payment methods';
  }
  for (const { parameters } of methods.filter((method) => method.type === 'CARD')) {
    if (!parameters) return 'Field parameters must be setup in each allowedPaymentMethod';
    if (!isFilled(parameters.allowedCardNetworks)) {
      return 'allowedCardNetworks must be setup in parameters for type CARD';
    }
    const authMethods = parameters.allowedAuthMethods;
    if (!isFilled(authMethods) || !authMethods.every((method) => AUTH_METHODS.includes(method))) {
      return "allowedAuthMethods must be setup in parameters for type 'CARD'  and must contain 'CRYPTOGRAM_3DS' and/or 'PAN_ONLY'";
    }
  }
  return undefined;
}

export function problemOfPrefetch(request) {
  if (globalThis.isSecureContext === false) return INSECURE;
  if (!request) return 'paymentDataRequest must be set!';
  if (asksForUpi(request)) return 'UPI not supported';
  const info = request.transactionInfo;
  // Assumed: today's pay.js leaves the kinds of transaction that came after 2022 to the sheet.
  if (!info && TRANSACTIONS.some((kind) => request[kind])) return undefined;
  if (!info) return 'transactionInfo must be set!';
  if (!info.currencyCode) return 'currencyCode in transactionInfo must be set!';
  if (!PRICE_STATUSES.includes(info.totalPriceStatus)) {
    return 'totalPriceStatus in transactionInfo must be set to one of NOT_CURRENTLY_KNOWN, ESTIMATED or FINAL!';
  }
  if (info.totalPriceStatus !== 'NOT_CURRENTLY_KNOWN' && !info.totalPrice) {
    return 'totalPrice in transactionInfo must be set when totalPriceStatus is ESTIMATED or FINAL!';
  }
  return undefined;
}

/** Callbacks without intents end in a TypeError, at Google as here. */
export function problemOfCallbacks(request, callbacks) {
  const intents = request.callbackIntents;
  if (!callbacks && !intents) return undefined;
  if (!callbacks) return 'paymentDataCallbacks must be set';
  if (intents.includes('PAYMENT_AUTHORIZATION') !== Boolean(callbacks.onPaymentAuthorized)) {
    return 'Both PAYMENT_AUTHORIZATION intent and onPaymentAuthorized must be set';
  }
  const wantsChanges = intents.includes('SHIPPING_ADDRESS') || intents.includes('SHIPPING_OPTION');
  if (wantsChanges !== Boolean(callbacks.onPaymentDataChanged)) {
    return 'onPaymentDataChanged callback must be set if any of SHIPPING_ADDRESS,SHIPPING_OPTION callback intent is set.';
  }
  return undefined;
}

function asksForUpi({ apiVersion, allowedPaymentMethods }) {
  if (apiVersion < 2 || !Array.isArray(allowedPaymentMethods)) return false;
  return allowedPaymentMethods.some((method) => method?.type === 'UPI');
}

function isFilled(list) {
  return Array.isArray(list) && list.length > 0;
}
