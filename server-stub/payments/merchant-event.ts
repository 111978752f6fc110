import { isFinal, type FinalStatus } from '../../src/contract/index.js';
import type { PaymentRecord } from '../store/payment-store.js';

/**
 * What the merchant's own systems are told, the payload of Standard Webhooks: `type`, `timestamp`, `data`. `id` stays the
 * same however often it is delivered. Nothing in it is a secret: no token, no bank message, no id that could pay.
 */
export interface MerchantEvent {
  readonly id: string;
  /** `payment.attention`: a person should look at the payment; nothing else about it has changed. */
  readonly type: `payment.${FinalStatus}` | 'payment.attention';
  /** ISO 8601, when it happened. */
  readonly timestamp: string;
  readonly data: {
    readonly payment: Pick<
      PaymentRecord,
      | 'id'
      | 'orderId'
      | 'provider'
      | 'reference'
      | 'method'
      | 'money'
      | 'status'
      | 'decline'
      | 'receiptUrl'
      | 'late'
      | 'attention'
      | 'version'
    >;
  };
}

/** What a change is worth telling; `undefined`: nothing. */
export function eventOf(
  before: PaymentRecord,
  after: PaymentRecord,
  moment: { id: string; now: number },
): MerchantEvent | undefined {
  const type = typeOf(before, after);
  if (!type) return undefined;
  const { id, orderId, provider, reference, method, money, version } = after;
  const { status, decline, receiptUrl, late, attention } = after;
  const payment = { id, orderId, provider, reference, method, money, version };
  return {
    id: moment.id,
    type,
    timestamp: new Date(moment.now).toISOString(),
    data: { payment: { ...payment, status, decline, receiptUrl, late, attention } },
  };
}

function typeOf(before: PaymentRecord, after: PaymentRecord): MerchantEvent['type'] | undefined {
  if (after.status !== before.status && isFinal(after.status)) return `payment.${after.status}`;
  return after.attention !== before.attention && after.attention !== null ? 'payment.attention' : undefined;
}
