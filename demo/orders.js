/** Asks the shop for a fresh order of a product, and resolves to the order's id. */
export async function placeOrder(product) {
  const response = await fetch('/shop/orders', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ product }),
  });
  if (!response.ok) throw new Error(`The shop took no order for ${product}: HTTP ${response.status}`);
  const { orderId } = await response.json();
  return orderId;
}

/** What an order is and costs, by the payment server's word. `undefined`: there is no such order. */
export async function findOffer(orderId) {
  const response = await fetch(`/pay/offers/${encodeURIComponent(orderId)}`);
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`The offer of ${orderId} cannot be read: HTTP ${response.status}`);
  return response.json();
}

/** Fills an order summary, the same on the checkout and the confirmation. */
export function showOrder(summary, offer) {
  summary.querySelector('.order-id').textContent = offer.orderId;
  summary.querySelector('.description').textContent = offer.description;
  summary.querySelector('img').src = `/demo/assets/${offer.country === 'UA' ? 'coffee' : 'piyola'}.svg`;
  const price = summary.querySelector('.price');
  if (!price) return;
  price.value = offer.money.minor / 100;
  price.dataset.currency = offer.money.currency;
}
