// What Google's tutorial writes (Google Pay API for Web, "Tutorial").
import { look, request } from './order.js';

async function onGooglePayLoaded() {
  const { merchantInfo } = request;
  const client = new google.payments.api.PaymentsClient({ environment: 'TEST', merchantInfo });
  const { result } = await client.isReadyToPay(request);
  if (!result) return;
  const onClick = () => client.loadPaymentData(request);
  document.querySelector('#pay').append(client.createButton({ ...look, onClick }));
  client.prefetchPaymentData(request);
}

if (window.google) void onGooglePayLoaded();
else {
  const script = document.createElement('script');
  script.onload = onGooglePayLoaded;
  script.src = 'https://pay.google.com/gp/p/js/pay.js';
  document.head.append(script);
}
