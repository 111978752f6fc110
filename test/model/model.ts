import assert from 'node:assert/strict';
import type { PaymentStatus, PaymentView } from '../../src/contract/index.js';
import { Chance } from '../simulation/chance.js';
import { breaches, violations, type Outcome } from '../simulation/invariants.js';
import { Ledger } from '../simulation/ledger.js';
import { Merchant } from '../simulation/merchant.js';
import { Watch } from '../simulation/watched-store.js';

/** Orders and their prices in minor units, all in UAH. */
export const PRICES = new Map([
  ['order-0', 435],
  ['order-1', 110_003],
]);

/**
 * What must be true, whatever the servers believe: the money that was taken, what has become durable in which order,
 * and what shoppers and merchant were told. How a payment goes is not predicted.
 */
export class Model implements Outcome {
  readonly ledger = new Ledger();
  readonly watch = new Watch();
  readonly merchant = new Merchant(new Chance(0));
  readonly prices = PRICES;
  readonly outputs: string[] = [];
  /** Statuses that shoppers read, by payment and version. */
  readonly #told = new Map<string, PaymentStatus>();

  /** A shopper has read this. */
  told({ id, version, status, orderId }: PaymentView): void {
    if (status === 'approved') this.#assertPaid(orderId, `${id} is paid`);
    const page = `${id} in version ${version}`;
    const before = this.#told.get(page) ?? status;
    if (before !== status) this.watch.complaints.push(`I4 ${page} was shown as ${before} and as ${status}`);
    this.#told.set(page, status);
  }

  /** A shopper was told that nothing more is to be paid. */
  toldPaid(orderId: string): void {
    this.#assertPaid(orderId, `${orderId} is paid already`);
  }

  assertHolds(): void {
    assert.equal(breaches(this).join('\n'), '');
  }

  /** Once everything is quiet. */
  assertHeld(): void {
    assert.equal(violations(this).join('\n'), '');
  }

  #assertPaid(orderId: string, what: string): void {
    const payments = [...this.watch.payments.values()].filter((payment) => payment.orderId === orderId);
    const isPaid = payments.some(({ reference }) => this.ledger.capturesOf(reference).length > 0);
    if (!isPaid) this.watch.complaints.push(`I11 a shopper was told that ${what}, and nothing was captured`);
  }
}
