// What a merchant writes around <pay-button>: say which order, and wait for the answer.
import { findOffer, showOrder } from './orders.js';
import { showPrices } from './prices.js';

const orderId = new URLSearchParams(location.search).get('order') ?? '';
const element = (id) => document.getElementById(id);

const offer = await findOffer(orderId);
if (offer) {
  showOrder(element('order'), offer);
  showPrices();
  offerPayment();
} else {
  element('order').hidden = true;
  element('payment').hidden = true;
  element('unknown').hidden = false;
}

function offerPayment() {
  const payButton = document.importNode(element('pay').content, true).firstElementChild;
  payButton.setAttribute('order-id', orderId);
  payButton.addEventListener('pay-result', ({ detail: { payment } }) => {
    // The element itself says why a payment failed and offers another try.
    if (payment.status === 'approved') thank(payment);
  });
  payButton.addEventListener('pay-error', ({ detail }) => {
    element('help').hidden = false;
    element('help').querySelector('code').textContent = `${orderId} ${detail.code}`;
  });
  element('pay-here').append(payButton);
}

function thank(payment) {
  // So that a reload thanks again and does not ask for money again.
  history.replaceState(null, '', `?${new URLSearchParams({ order: orderId, payment: payment.id })}`);
  element('confirmation').search = `?payment=${payment.id}`;
  element('thanks').hidden = false;
  element('thanks-title').focus();
}
