import { Hono } from 'hono';
import { OrderId } from '../../src/contract/index.js';
import { Refusal } from '../payments/refusal.js';
import type { RouteDeps, RouteEnv } from './context.js';

/** `GET /offers/{orderId}`: what an order costs and how it can be paid. */
export function offers({ service }: RouteDeps): Hono<RouteEnv> {
  return new Hono<RouteEnv>().get('/:orderId', async (c) => {
    const orderId = OrderId.safeParse(c.req.param('orderId'));
    if (!orderId.success) throw new Refusal('order_not_found');
    return c.json(await service.offer(orderId.data));
  });
}
