import { expect } from '@open-wc/testing';
import type { GooglePayMethod } from '../../../src/contract/api.js';
import { paymentDataRequest, toPaymentData, transactionInfo } from '../../../src/google-pay/request.js';
import { paymentData } from '../../support/browser/fake-google.js';
import { offer } from '../../support/browser/fake-merchant.js';

const { version } = (await (await fetch('/package.json')).json()) as { version: string };
const method = offer().methods[0] as GooglePayMethod;

describe('the request to Google', () => {
  it('is what the offer says, in the members that Google has for it', () => {
    expect(paymentDataRequest(offer(), method)).to.deep.equal({
      apiVersion: 2,
      apiVersionMinor: 0,
      allowedPaymentMethods: [
        {
          type: 'CARD',
          parameters: { allowedCardNetworks: ['VISA'], allowedAuthMethods: ['PAN_ONLY', 'CRYPTOGRAM_3DS'] },
          tokenizationSpecification: {
            type: 'PAYMENT_GATEWAY',
            parameters: { gateway: 'procard', gatewayMerchantId: 'merchant-1' },
          },
        },
      ],
      merchantInfo: {
        merchantName: 'Coffee shop',
        softwareInfo: { id: 'pay-elements', version },
      },
      transactionInfo: {
        countryCode: 'UA',
        currencyCode: 'UAH',
        totalPriceStatus: 'FINAL',
        totalPrice: '125.00',
      },
    });
  });

  it('names the merchant where Google gave it an id', () => {
    const { merchantInfo } = paymentDataRequest(offer(), { ...method, merchantId: 'BCR2DN4' });
    expect(merchantInfo.merchantId).to.equal('BCR2DN4');
    expect(merchantInfo.merchantName).to.equal('Coffee shop');
  });

  it('writes sums as Google reads them, whatever their size', () => {
    expect(transactionInfo({ minor: 5, currency: 'UZS' }, 'UZ')).to.include({
      countryCode: 'UZ',
      currencyCode: 'UZS',
      totalPrice: '0.05',
    });
  });
});

describe('Google’s answer', () => {
  it('is passed on without what the server does not take, its token untouched', () => {
    const data = paymentData();
    Object.assign(data, { email: 'shopper@example.org' });
    Object.assign(data.paymentMethodData.info!, { billingAddress: { postalCode: '01001' } });
    expect(toPaymentData(data)).to.deep.equal(paymentData());
  });

  it('is passed on also where Google leaves out what describes the card', () => {
    const { paymentMethodData, ...data } = paymentData();
    const { type, tokenizationData } = paymentMethodData;
    for (const description of ['', undefined]) {
      expect(
        toPaymentData({ ...data, paymentMethodData: { type, tokenizationData, description } })
          .paymentMethodData,
      ).to.deep.equal({
        type: 'CARD',
        description: 'CARD',
        info: { cardNetwork: 'CARD', cardDetails: '' },
        tokenizationData,
      });
    }
  });
});
