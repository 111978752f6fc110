// What Google Pay checks in the page before it opens a sheet, in its order and with its texts, and what it checks
// inside the sheet. Each function answers with the text of the first problem, or undefined.

const CARD_AUTH_METHODS = ['CRYPTOGRAM_3DS', 'PAN_ONLY'];
const INSECURE = 'Google Pay APIs should be called in secure context!';

export function problemOfReadyRequest(request) {
  if (globalThis.isSecureContext === false) return INSECURE;
  if (!request) return 'isReadyToPayRequest must be set!';
  const methods = request.allowedPaymentMethods;
  if (!(request.apiVersion >= 2)) {
    return Array.isArray(methods) && methods.some((name) => ['CARD', 'TOKENIZED_CARD'].includes(name))
      ? undefined
      : "allowedPaymentMethods must be set to an array containing 'CARD' and/or 'TOKENIZED_CARD'!";
  }
  if (asksForUpi(request)) return 'UPI not supported';
  if (request.apiVersionMinor == null) return 'apiVersionMinor must be set!';
  if (!Array.isArray(methods) || methods.length === 0) {
    return 'for v2 allowedPaymentMethods must be set to an array containing a list of accepted payment methods';
  }
  for (const { parameters } of methods.filter((method) => method.type === 'CARD')) {
    if (!parameters) return 'Field parameters must be setup in each allowedPaymentMethod';
    if (!parameters.allowedCardNetworks?.length) {
      return 'allowedCardNetworks must be setup in parameters for type CARD';
    }
    if (
      !parameters.allowedAuthMethods?.length ||
      !parameters.allowedAuthMethods.every((method) => CARD_AUTH_METHODS.includes(method))
    ) {
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
  if (!info) return 'transactionInfo must be set!';
  if (!info.currencyCode) return 'currencyCode in transactionInfo must be set!';
  if (!['NOT_CURRENTLY_KNOWN', 'ESTIMATED', 'FINAL'].includes(info.totalPriceStatus)) {
    return 'totalPriceStatus in transactionInfo must be set to one of NOT_CURRENTLY_KNOWN, ESTIMATED or FINAL!';
  }
  if (info.totalPriceStatus !== 'NOT_CURRENTLY_KNOWN' && !info.totalPrice) {
    return 'totalPrice in transactionInfo must be set when totalPriceStatus is ESTIMATED or FINAL!';
  }
  return undefined;
}

/** Callbacks without intents end in a TypeError, at Google as here. */
export function problemOfCallbacks(request, callbacks) {
  if (!callbacks && !request.callbackIntents) return undefined;
  if (!callbacks) return 'paymentDataCallbacks must be set';
  const intents = request.callbackIntents;
  if (intents.includes('PAYMENT_AUTHORIZATION') !== Boolean(callbacks.onPaymentAuthorized)) {
    return 'Both PAYMENT_AUTHORIZATION intent and onPaymentAuthorized must be set';
  }
  const wantsChanges = intents.includes('SHIPPING_ADDRESS') || intents.includes('SHIPPING_OPTION');
  if (wantsChanges !== Boolean(callbacks.onPaymentDataChanged)) {
    return 'onPaymentDataChanged callback must be set if any of SHIPPING_ADDRESS,SHIPPING_OPTION callback intent is set.';
  }
  return undefined;
}

/** Google shows these to the shopper as error OR_BIBED_06; the texts are the sandbox's own. */
export function problemInSheet(request) {
  if (request.apiVersion !== 2 || request.apiVersionMinor !== 0) {
    return 'apiVersion must be 2 and apiVersionMinor 0';
  }
  const info = request.transactionInfo;
  const prices = [info.totalPrice, ...(info.displayItems ?? []).map((item) => item.price)];
  if (!prices.every((price) => price === undefined || isPrice(price))) {
    return 'a price must be a string such as 10 or 10.45';
  }
  if (info.checkoutOption === 'COMPLETE_IMMEDIATE_PURCHASE' && info.totalPriceStatus !== 'FINAL') {
    return 'COMPLETE_IMMEDIATE_PURCHASE needs totalPriceStatus FINAL';
  }
  const card = request.allowedPaymentMethods?.find((method) => method.type === 'CARD');
  if (!card) return 'allowedPaymentMethods must contain a method of type CARD';
  const { allowedIssuerCountryCodes, blockedIssuerCountryCodes } = card.parameters ?? {};
  if (allowedIssuerCountryCodes && blockedIssuerCountryCodes) {
    return 'not both allowedIssuerCountryCodes and blockedIssuerCountryCodes';
  }
  const { type, parameters } = card.tokenizationSpecification ?? {};
  if (type !== 'PAYMENT_GATEWAY') return 'tokenizationSpecification must be of type PAYMENT_GATEWAY';
  if (
    ![parameters?.gateway, parameters?.gatewayMerchantId].every((value) => value && typeof value === 'string')
  ) {
    return 'gateway and gatewayMerchantId must be strings';
  }
  return undefined;
}

function asksForUpi(request) {
  const methods = request.allowedPaymentMethods;
  return (
    request.apiVersion >= 2 && Array.isArray(methods) && methods.some((method) => method?.type === 'UPI')
  );
}

function isPrice(price) {
  return typeof price === 'string' && /^[0-9]+(\.[0-9][0-9])?$/.test(price);
}
