import * as z from 'zod/mini';
import { Money } from './money.js';
import { NextAction } from './next-action.js';

export { isFinal, type FinalStatus } from './final.js';

export const PaymentStatus = z.enum([
  'created',
  'processing', // sent to the provider, or its answer is not known yet; no clock ends it
  'requires_action', // the shopper has something to do, see NextAction
  'approved',
  'declined',
  'cancelled', // the shopper gave up, and the provider knows of no charge
  'expired',
  'failed', // nothing was charged, and nothing will be
]);
export type PaymentStatus = z.infer<typeof PaymentStatus>;

/**
 * The whole state machine. `cancelled | expired | declined → approved` happens only when the provider's own status
 * query says so afterwards; the payment is then marked `late`.
 */
export const TRANSITIONS: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  created: ['processing', 'cancelled', 'expired'],
  processing: ['requires_action', 'approved', 'declined', 'failed'],
  requires_action: ['processing', 'approved', 'declined', 'cancelled', 'expired'],
  approved: [],
  declined: ['approved'],
  cancelled: ['approved'],
  expired: ['approved'],
  failed: [],
};

/** Why a bank said no, in words of ours: buyers never read a provider's text. */
export const DeclineReason = z.enum([
  'insufficient_funds',
  'card_expired',
  'card_blocked',
  'limit_exceeded',
  'authentication_failed',
  'issuer_unavailable',
  'suspected_fraud',
  'invalid_card',
  'other',
]);
export type DeclineReason = z.infer<typeof DeclineReason>;

export const MethodType = z.enum(['google-pay', 'hosted-page']);
export type MethodType = z.infer<typeof MethodType>;

/** Sent by the merchant API to the widget, to say where a payment stands. The server's word is the only one. */
export const PaymentView = z.object({
  id: z.string(),
  orderId: z.string(),
  money: Money,
  status: PaymentStatus,
  method: MethodType,
  action: z.nullable(NextAction),
  /** `providerCode` is left out where the provider gave none. */
  decline: z.nullable(z.object({ reason: DeclineReason, providerCode: z.optional(z.string()) })),
  /** The fiscal receipt, an absolute `https:` address. */
  receiptUrl: z.nullable(z.string()),
  /** Approved after the shopper had been told otherwise. */
  late: z.boolean(),
  /** Grows with every change of the payment. */
  version: z.int(),
});
export type PaymentView = z.infer<typeof PaymentView>;
