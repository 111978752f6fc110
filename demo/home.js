// An order is paid once, so each "Buy" makes a fresh one. Without this script the links lead to the sample orders.
import { placeOrder } from './orders.js';

for (const link of document.querySelectorAll('a[data-product]')) {
  link.addEventListener('click', async (event) => {
    event.preventDefault();
    const orderId = await placeOrder(link.dataset.product);
    location.assign(`/demo/checkout.html?order=${orderId}`);
  });
}
