import { randomBytes } from 'node:crypto';
import { Agent, request } from 'undici';
import type { CreatePayment } from '../../src/contract/index.js';
import type { Order } from '../../server-stub/orders/order-source.js';
import { BROWSER, byGooglePay } from '../support/create-payment.js';
import { orderOf, type Course } from './processes/orders.js';

/** Google's tokens are about so long. */
const TOKEN = JSON.stringify({ signature: 'x'.repeat(90), signedMessage: 'y'.repeat(1_200) });

/**
 * As many connections as there are requests at a time. Each is kept, but closed long before the server would: on a
 * machine that is busy, a request could cross the server's closing of it.
 */
export const connections = new Agent({
  keepAliveTimeout: 1_000,
  keepAliveMaxTimeout: 1_000,
  connect: { timeout: 60_000 },
});
let orders = 0;

/** Creates payments, some at a time. */
export async function createMany(url: string, many: number, course: Course): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < many) {
    const next = Array.from({ length: Math.min(32, many - ids.length) }, () => create(url, course));
    ids.push(...(await Promise.all(next)));
  }
  return ids;
}

/** Creates a payment of a new order, as the widget does. Resolves to its id. */
export async function create(url: string, course: Course = 'paid'): Promise<string> {
  orders += 1;
  const order = orderOf(`${course}-${orders}`);
  const body = bodyOf(order, url);
  const response = await request(`${url}/pay/payments`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Idempotency-Key': randomBytes(16).toString('base64url'),
    },
    body: JSON.stringify(body),
    dispatcher: connections,
  });
  const { id, status } = (await response.body.json()) as { id: string; status: string };
  if (response.statusCode !== 201 || (course === 'paid') !== (status === 'approved'))
    throw new Error(`a payment was answered ${response.statusCode} ${status}`);
  return id;
}

/** What the widget sends, with a token from Google. */
export function bodyOf(order: Order, shop: string): CreatePayment {
  return {
    orderId: order.id,
    expected: order.money,
    returnUrl: `${shop}/checkout`,
    locale: 'uk',
    browser: BROWSER,
    method: byGooglePay(TOKEN),
  };
}
