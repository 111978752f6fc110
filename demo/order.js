import { findOffer, showOrder } from './orders.js';

const order = document.getElementById('order');
const print = document.getElementById('print');

document.querySelector('pay-status').addEventListener('pay-result', async ({ detail: { payment } }) => {
  const offer = await findOffer(payment.orderId);
  if (!offer) return;
  showOrder(order, offer);
  order.hidden = false;
  print.hidden = false;
});

print.addEventListener('click', () => window.print());
