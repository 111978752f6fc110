import type { CreatePayment } from '../contract/api.js';
import type { NextAction } from '../contract/next-action.js';
import type { MethodType, PaymentView } from '../contract/payment.js';
import type { PayErrorCode } from './pay-error.js';
import type { Phase } from './phase.js';

/** What the controller asks of its element, and tells it. */
export interface CheckoutHooks {
  /** An empty element for Google's button. */
  googleSlot(): HTMLElement;
  nonce(): string;
  payer(): Pick<CreatePayment, 'returnUrl' | 'locale'>;
  /** Whether this action takes the whole page away. */
  leaves(action: NextAction): boolean;
  /** Asked within the click, before anything happens. */
  mayBegin(method: MethodType): boolean;
  phaseChanged(previous: Phase): void;
  prepared(method: MethodType): void;
  dismissed(): void;
  finished(payment: PaymentView): void;
  failed(problem: PayErrorCode, attribute?: string): void;
}
