/** The order that every peer takes the payment for, as Google Pay API for Web wants it: what `<pay-button>` makes of its attributes. */
const merchantInfo = { merchantName: 'Shop' };
const transactionInfo = {
  countryCode: 'UA',
  currencyCode: 'UAH',
  totalPriceStatus: 'FINAL',
  totalPrice: '125.00',
};
export const card = {
  type: 'CARD',
  parameters: {
    allowedCardNetworks: ['MASTERCARD', 'VISA'],
    allowedAuthMethods: ['PAN_ONLY', 'CRYPTOGRAM_3DS'],
  },
  tokenizationSpecification: {
    type: 'PAYMENT_GATEWAY',
    parameters: { gateway: 'procard', gatewayMerchantId: 'm' },
  },
};
export const request = {
  apiVersion: 2,
  apiVersionMinor: 0,
  allowedPaymentMethods: [card],
  merchantInfo,
  transactionInfo,
};

export const look = { buttonColor: 'black', buttonSizeMode: 'fill', buttonLocale: 'en' };
