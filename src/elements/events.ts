import type { PayErrorCode } from '../checkout/pay-error.js';
import type { Phase } from '../checkout/phase.js';
import type { MethodType, PaymentView } from '../contract/payment.js';

/** A button can be clicked. */
export class PayReadyEvent extends Event {
  readonly detail: { readonly method: MethodType };
  constructor(method: MethodType) {
    super('pay-ready', { bubbles: true, composed: true });
    this.detail = { method };
  }
}

/** The shopper clicked, and nothing has happened yet. `preventDefault()` leaves it at that. */
export class PayBeginEvent extends Event {
  readonly detail: { readonly method: MethodType };
  constructor(method: MethodType) {
    super('pay-begin', { bubbles: true, composed: true, cancelable: true });
    this.detail = { method };
  }
}

/** The checkout moved on, see Phase. */
export class PayPhaseEvent extends Event {
  readonly detail: { readonly phase: Phase['name']; readonly previous: Phase['name'] };
  constructor(phase: Phase['name'], previous: Phase['name']) {
    super('pay-phase', { bubbles: true, composed: true });
    this.detail = { phase, previous };
  }
}

/** The shopper closed the sheet. Nothing was started. */
export class PayDismissedEvent extends Event {
  readonly detail = {};
  constructor() {
    super('pay-dismissed', { bubbles: true, composed: true });
  }
}

/** The payment is final; `payment.status` says how it ended. Once per payment, and the last word on it. */
export class PayResultEvent extends Event {
  readonly detail: { readonly payment: PaymentView };
  constructor(payment: PaymentView) {
    super('pay-result', { bubbles: true, composed: true });
    this.detail = { payment };
  }
}

export interface PayError {
  readonly code: PayErrorCode;
  /** For people, in the element's locale. */
  readonly message: string;
  /** Whether the shopper can try again here. */
  readonly recoverable: boolean;
}

/** Something broke or was refused. A declined or cancelled payment is a result, not an error. */
export class PayErrorEvent extends Event {
  readonly detail: PayError;
  constructor(detail: PayError) {
    super('pay-error', { bubbles: true, composed: true });
    this.detail = detail;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pay-ready': PayReadyEvent;
    'pay-begin': PayBeginEvent;
    'pay-phase': PayPhaseEvent;
    'pay-dismissed': PayDismissedEvent;
    'pay-result': PayResultEvent;
    'pay-error': PayErrorEvent;
  }
}
