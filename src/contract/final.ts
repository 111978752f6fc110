import type { PaymentStatus } from './payment.js';

// Apart from the schemas, so that the browser can have this without a validator library.

const OPEN: readonly PaymentStatus[] = ['created', 'processing', 'requires_action'];

export type FinalStatus = Exclude<PaymentStatus, 'created' | 'processing' | 'requires_action'>;

/** Whether the shopper has an answer. A late approval may still follow (see TRANSITIONS). */
export function isFinal(status: PaymentStatus): status is FinalStatus {
  return !OPEN.includes(status);
}
