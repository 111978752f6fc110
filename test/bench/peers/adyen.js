// What Adyen's documentation writes (Google Pay, Web Components, "Advanced flow"; 3D Secure 2, "Native").
import { AdyenCheckout, GooglePay, ThreeDS2Challenge, ThreeDS2DeviceFingerprint } from '@adyen/adyen-web';
import '@adyen/adyen-web/styles/adyen.css';
import { card, look, request } from './order.js';

AdyenCheckout.register(GooglePay, ThreeDS2Challenge, ThreeDS2DeviceFingerprint);

const adyen = `${location.origin}/adyen/test/`;

async function start() {
  const checkout = await AdyenCheckout({
    clientKey: 'test_0123456789',
    environment: 'test',
    // Adyen's servers, which the benchmark's own answers for.
    _environmentUrls: { api: adyen, analytics: adyen, cdn: { images: adyen, translations: adyen } },
    locale: 'en-US',
    countryCode: request.transactionInfo.countryCode,
    amount: { value: 12500, currency: request.transactionInfo.currencyCode },
    onSubmit: (state) => console.log(state),
    onAdditionalDetails: (state) => console.log(state),
  });
  const googlePay = new GooglePay(checkout, {
    ...card.parameters,
    ...look,
    configuration: { ...request.merchantInfo, merchantId: 'm', gatewayMerchantId: 'm' },
  });
  await googlePay.isAvailable();
  googlePay.mount('#pay');
}

void start();
