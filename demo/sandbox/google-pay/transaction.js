/** A request describes its payment in exactly one of these members. */
export const TRANSACTIONS = [
  'transactionInfo',
  'recurringTransactionInfo',
  'deferredTransactionInfo',
  'automaticReloadTransactionInfo',
];

/** What the sheet shows of a payment, whichever kind it is. `items` are shown only where the total has a label. */
export function transactionOf(request) {
  const info = request[TRANSACTIONS.find((kind) => request[kind])];
  return {
    total: info.totalPrice ?? info.immediateTotalPrice,
    currency: info.currencyCode,
    isEstimated: info.totalPriceStatus === 'ESTIMATED',
    isPaidNow: info.checkoutOption === 'COMPLETE_IMMEDIATE_PURCHASE',
    label: info.totalPriceLabel,
    items: info.totalPriceLabel ? (info.displayItems ?? []) : [],
  };
}

/** The only members of `transactionInfo` that a callback may change. */
const CHANGEABLE = ['totalPrice', 'totalPriceStatus', 'transactionNote', 'displayItems'];

/** The request after an answer of `onPaymentDataChanged`; whatever may not change stays as it was. */
export function updated(request, { newTransactionInfo, newShippingOptionParameters, newOfferInfo }) {
  const changes = Object.entries(newTransactionInfo ?? {}).filter(([name]) => CHANGEABLE.includes(name));
  return {
    ...request,
    ...(newTransactionInfo && {
      transactionInfo: { ...request.transactionInfo, ...Object.fromEntries(changes) },
    }),
    ...(newShippingOptionParameters && { shippingOptionParameters: newShippingOptionParameters }),
    ...(newOfferInfo && { offerInfo: newOfferInfo }),
  };
}
