import type { Money } from '../../src/contract/index.js';

/** One line of the fiscal receipt (Uzbekistan). Names and units: GlobalPay Gateway v2, assumed to hold for Checkout. */
export interface FiscalItem {
  title: string;
  /** Tiyin for one piece. */
  price: number;
  count: number;
  /** The tax committee's product code, 17 digits. */
  code: string;
  units: number;
  vatPercent: number;
  packageCode: string;
}

/** What the merchant's shop knows of an order. The price comes from here and from nowhere else. */
export interface Order {
  id: string;
  /** What the shopper reads on the provider's page and in the bank's statement. */
  description: string;
  money: Money;
  country: 'UA' | 'UZ';
  /** The recipient's id in the merchant's system (GlobalPay `account`). Left out: the order's id is sent. */
  account?: string;
  items?: FiscalItem[];
}

/** Implement this over your shop's database: it is the one thing a merchant has to write. */
export interface OrderSource {
  /** Resolves to `undefined` for an order that does not exist. */
  find(orderId: string): Promise<Order | undefined>;
}
