import type { Order } from '../../../server-stub/orders/order-source.js';

/** What becomes of a benchmark's payment, see provider.ts. */
export type Course = 'paid' | 'challenged' | 'open';

/** As many orders as there are numbers, all of one price; the description tells the provider what is to come. */
export function orderOf(id: string): Order {
  const [description = ''] = id.split('-');
  return { id, description, money: { minor: 12_500, currency: 'UAH' }, country: 'UA' };
}
