import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { Money, OrderId } from '../../src/contract/index.js';
import { SettingError } from '../setting-error.js';
import type { Order, OrderSource } from './order-source.js';

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

const FiscalItemEntry = z.object({
  title: text(255),
  price: z.int().check(z.minimum(1)),
  count: z.int().check(z.minimum(1)),
  code: z.string().check(z.regex(/^\d{17}$/)),
  units: z.int().check(z.minimum(0)),
  vatPercent: z.int().check(z.minimum(0), z.maximum(100)),
  packageCode: text(20),
});

/** Written by the merchant into ORDERS_FILE, to say what can be bought. */
const OrderEntry = z.object({
  id: OrderId,
  description: text(1_000),
  minor: Money.shape.minor,
  currency: Money.shape.currency,
  country: z.enum(['UA', 'UZ']),
  account: z.optional(text(255)),
  items: z.optional(z.array(FiscalItemEntry)),
});
const OrderEntries = z.array(OrderEntry);

const BUILT_IN: z.infer<typeof OrderEntries> = [
  {
    id: 'A-1001',
    description: 'Coffee beans, 250 g',
    minor: 12_500,
    currency: 'UAH',
    country: 'UA',
  },
  {
    id: 'U-2001',
    description: 'Ceramic tea bowl',
    minor: 15_000_000,
    currency: 'UZS',
    country: 'UZ',
    items: [
      {
        title: 'Ceramic tea bowl',
        price: 15_000_000,
        count: 1,
        code: '06912001001000000',
        units: 1,
        vatPercent: 12,
        packageCode: '1500000',
      },
    ],
  },
];

/** Orders from a file, or two built-in ones: enough to try the server before it stands beside a shop. */
export function readSampleOrders(path: string | undefined): OrderSource {
  const entries = path === undefined ? BUILT_IN : readEntries(path);
  const orders = new Map(entries.map((entry) => [entry.id, toOrder(entry)]));
  if (orders.size !== entries.length) throw new SettingError('ORDERS_FILE', 'has two orders with one id');
  return { find: async (orderId) => orders.get(orderId) };
}

function readEntries(path: string): z.infer<typeof OrderEntries> {
  const result = OrderEntries.safeParse(readJson(path));
  if (result.success) return result.data;
  const place = result.error.issues[0]?.path.join('.');
  throw new SettingError(
    'ORDERS_FILE',
    place ? `has an unusable value at ${place}` : 'must hold a JSON array',
  );
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new SettingError('ORDERS_FILE', 'names a file that cannot be read as JSON');
  }
}

function toOrder({ minor, currency, account, items, ...entry }: z.infer<typeof OrderEntry>): Order {
  return {
    ...entry,
    money: { minor, currency },
    ...(account !== undefined && { account }),
    ...(items !== undefined && { items }),
  };
}
