import type { BankChallenge } from '../acs/bank.js';
import type { Decision } from '../faults/fault.js';
import type { SandboxCard } from '../scenarios.js';

/** What was ordered for this payment in place of what its card says. */
export type Ordered = Exclude<Decision, { fault: 'reject' }>;

/** What a Purchase or GooglePayPurchase brings. */
export interface NewPayment {
  readonly orderId: string;
  /** As received; it goes back the same in every answer. */
  readonly amount: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly description: string;
  readonly callbackUrl: string;
  readonly phone: string;
  readonly addParams: unknown;
  readonly ordered: Ordered | undefined;
  /** Only where the shopper pays on ProcardPay's own page. */
  readonly page?: PaymentPage;
}

export interface ProcardPayment extends NewPayment {
  readonly transactionId: number;
  readonly createdAt: number;
  card?: SandboxCard;
  challenge?: { transactionKey: string; bank: BankChallenge };
  /** `time`: a status that passes by itself. */
  waitsFor: 'card' | 'bank' | 'time' | 'nothing';
  outcome: Outcome;
  reversedAt?: number;
}

export interface PaymentPage {
  id: string;
  approveUrl: string;
  declineUrl: string;
  cancelUrl: string;
  language: string;
}

/** As the status query shows it: a payment status, and the answer code with its text. */
export interface Outcome {
  /** One of the dictionary's payment statuses, unless another word was ordered. */
  status: string;
  code: number;
  text: string;
}
