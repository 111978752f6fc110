import { toDecimal } from '../contract/amount.js';
import type { GooglePaymentData, GooglePayMethod, Offer } from '../contract/api.js';
import type { Money } from '../contract/money.js';

type PaymentDataRequest = google.payments.api.PaymentDataRequest;

/** Google Pay API for Web, PaymentDataRequest. */
export function paymentDataRequest(offer: Offer, method: GooglePayMethod): PaymentDataRequest {
  return {
    apiVersion: 2,
    apiVersionMinor: 0,
    allowedPaymentMethods: [
      {
        type: 'CARD',
        parameters: {
          allowedCardNetworks: method.networks as google.payments.api.CardNetwork[],
          allowedAuthMethods: method.authMethods,
        },
        tokenizationSpecification: {
          type: 'PAYMENT_GATEWAY',
          parameters: { gateway: method.gateway, gatewayMerchantId: method.gatewayMerchantId },
        },
      },
    ],
    merchantInfo: {
      merchantName: method.merchantName,
      // Google wants none in TEST; the typings know only production.
      ...(method.merchantId !== undefined && { merchantId: method.merchantId }),
      softwareInfo: { id: 'pay-elements', version: '0.1.0' },
    } as google.payments.api.MerchantInfo,
    transactionInfo: transactionInfo(offer.money, offer.country),
  };
}

/** What the sheet displays. The price is text with two decimals, in any locale. */
export function transactionInfo(
  money: Money,
  countryCode: Offer['country'],
): google.payments.api.TransactionInfo {
  return {
    countryCode,
    currencyCode: money.currency,
    totalPriceStatus: 'FINAL',
    totalPrice: toDecimal(money),
  };
}

/** What the merchant API is told of Google's answer; the token stays the text that Google signed. */
export function toPaymentData(data: google.payments.api.PaymentData): GooglePaymentData {
  const { type, description, info, tokenizationData } = data.paymentMethodData;
  return {
    apiVersion: data.apiVersion,
    apiVersionMinor: data.apiVersionMinor,
    paymentMethodData: {
      type,
      description: description || type,
      info: { cardNetwork: info?.cardNetwork ?? type, cardDetails: info?.cardDetails ?? '' },
      tokenizationData: { type: tokenizationData.type, token: tokenizationData.token },
    },
  };
}
