import type { MerchantEvent } from '../../server-stub/payments/merchant-event.js';
import type { ClaimedEvent } from '../../server-stub/store/payment-store.js';
import type { Chance } from './chance.js';

/** The merchant's own system: sometimes down, and sometimes it has taken an event and its answer is lost. */
export class Merchant {
  trouble = 0;
  readonly bodies: string[] = [];
  readonly #events = new Map<string, MerchantEvent>();
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  async tell({ body }: ClaimedEvent): Promise<boolean> {
    if (this.#chance.happens(this.trouble)) return false;
    const event = JSON.parse(body) as MerchantEvent;
    this.bodies.push(body);
    // Deduplicated by its id, as the scheme tells merchants to.
    if (!this.#events.has(event.id)) this.#events.set(event.id, event);
    return !this.#chance.happens(this.trouble);
  }

  /** The final statuses that the merchant learnt of a payment, in the order of learning. */
  endingsOf(paymentId: string): string[] {
    return [...this.#events.values()]
      .filter(({ type, data }) => data.payment.id === paymentId && type !== 'payment.attention')
      .map(({ data }) => data.payment.status);
  }
}
