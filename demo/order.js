import { findOffer, showOrder } from './orders.js';

const order = document.getElementById('order');

document.querySelector('pay-status').addEventListener('pay-result', async ({ detail: { payment } }) => {
  const offer = await findOffer(payment.orderId);
  if (!offer) return;
  showOrder(order, offer);
  order.hidden = false;
});

document.getElementById('print').addEventListener('click', () => window.print());
