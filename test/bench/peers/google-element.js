// What the element's README writes, in the order in which it mounts. The package's `main` throws.
import '@google-pay/button-element/dist/index.min.js';
import { look, request } from './order.js';

const button = document.createElement('google-pay-button');
Object.assign(button, look, { environment: 'TEST', paymentRequest: request });
button.addEventListener('loadpaymentdata', ({ detail }) => console.log(detail));
document.querySelector('#pay').append(button);
