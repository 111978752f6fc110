import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import * as z from 'zod';
import type { Order, OrderSource } from '../server-stub/orders/order-source.js';

const Product = z.enum(['A-1001', 'U-2001']);
type Product = z.infer<typeof Product>;

const PRODUCTS: Record<Product, Order> = {
  'A-1001': {
    id: 'A-1001',
    description: 'Кава «Поділ», 100 г',
    money: { minor: 12_500, currency: 'UAH' },
    country: 'UA',
  },
  'U-2001': {
    id: 'U-2001',
    description: 'Rishton piyolasi',
    money: { minor: 15_000_000, currency: 'UZS' },
    country: 'UZ',
    items: [
      {
        title: 'Rishton piyolasi',
        price: 15_000_000,
        count: 1,
        code: '06912001001000000',
        units: 1,
        vatPercent: 12,
        packageCode: '1495086',
      },
    ],
  },
};

/** The shop's orders. The map stands for the merchant's database: it forgets everything when the shop stops. */
export class Shop implements OrderSource {
  readonly #orders = new Map<string, Order>(Object.entries(PRODUCTS));

  async find(orderId: string): Promise<Order | undefined> {
    return this.#orders.get(orderId);
  }

  /** Returns the id of a fresh order, such as `A-1001-9F3A07C1`. An order is paid once, so every visit needs its own. */
  place(product: Product): string {
    const id = `${product}-${randomBytes(4).toString('hex').toUpperCase()}`;
    this.#orders.set(id, { ...PRODUCTS[product], id });
    return id;
  }
}

/** `POST /shop/orders { product }` → 201 `{ orderId }`. */
export function shopRoutes(shop: Shop): Hono {
  const app = new Hono();
  app.post('/shop/orders', async (c) => {
    const body = z.object({ product: Product }).safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return c.json({ error: `product must be one of ${Product.options.join(', ')}` }, 400);
    return c.json({ orderId: shop.place(body.data.product) }, 201);
  });
  return app;
}
