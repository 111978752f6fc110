import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as module from '../../../../demo/sandbox/google-pay/transaction.js';
import { INFO, requestWith } from './shop.js';

interface Transaction {
  transactionOf(request: object): { total: string; currency: string; items: object[] };
  updated(request: object, update: object): Record<string, unknown>;
}

const transaction: Transaction = module;

const ITEMS = [{ label: 'Tea', type: 'LINE_ITEM', price: '125.00' }];

describe('what the sheet shows of a transaction', () => {
  it('lists the lines only where the total has a label', () => {
    const shown = (more: object) =>
      transaction.transactionOf(requestWith({ transactionInfo: { ...INFO, displayItems: ITEMS, ...more } }))
        .items;
    assert.deepEqual(shown({}), []);
    assert.deepEqual(shown({ totalPriceLabel: 'Total' }), ITEMS);
  });

  it('is the price of today where more is paid later', () => {
    const recurringTransactionInfo = { currencyCode: 'UAH', immediateTotalPrice: '9.00' };
    const { total, currency } = transaction.transactionOf(
      requestWith({ transactionInfo: undefined, recurringTransactionInfo }),
    );
    assert.deepEqual([total, currency], ['9.00', 'UAH']);
  });
});

describe('an answer of onPaymentDataChanged', () => {
  it('changes price, status, note and lines, and nothing else of the transaction', () => {
    const changes = {
      ...{ totalPrice: '135.00', totalPriceStatus: 'ESTIMATED', transactionNote: 'n', displayItems: ITEMS },
    };
    const newTransactionInfo = {
      ...changes,
      currencyCode: 'EUR',
      countryCode: 'DE',
      checkoutOption: 'DEFAULT',
    };
    const after = transaction.updated(requestWith(), { newTransactionInfo });
    assert.deepEqual(after['transactionInfo'], { ...INFO, ...changes });
  });

  it('replaces shipping options and offers as a whole', () => {
    const newShippingOptionParameters = { shippingOptions: [{ id: 'b', label: 'Courier' }] };
    const newOfferInfo = { offers: [] };
    const request = requestWith({
      offerInfo: { offers: [1] },
      shippingOptionParameters: { shippingOptions: [] },
    });
    assert.deepEqual(transaction.updated(request, { newShippingOptionParameters, newOfferInfo }), {
      ...request,
      shippingOptionParameters: newShippingOptionParameters,
      offerInfo: newOfferInfo,
    });
  });

  it('may be empty', () => {
    assert.deepEqual(transaction.updated(requestWith(), {}), requestWith());
  });
});
