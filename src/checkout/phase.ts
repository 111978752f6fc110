import type { MethodType, PaymentView } from '../contract/payment.js';
import { isFinal } from '../contract/final.js';
import { isUsableAgain, type PayErrorCode } from './pay-error.js';

/** Where a checkout stands, seen from the page. What the payment's status is, the server says. */
export type Phase =
  | { readonly name: 'loading' }
  /** A button can be clicked. `problem`: why the last try came to nothing. */
  | { readonly name: 'ready'; readonly method: MethodType; readonly problem?: PayErrorCode }
  | { readonly name: 'sheet' }
  | { readonly name: 'submitting'; readonly method: MethodType }
  /** The bank's page is shown within this page. */
  | { readonly name: 'challenge'; readonly payment: PaymentView }
  /** The whole page leaves, for the bank's or the provider's. */
  | { readonly name: 'redirecting'; readonly payment: PaymentView }
  /**
   * The server is being asked. A payment that still carries an action waits for the shopper, who has been there
   * already and decides whether to go again.
   */
  | {
      readonly name: 'checking';
      readonly payment: PaymentView | undefined;
      readonly offline: boolean;
      readonly problem?: PayErrorCode;
    }
  | { readonly name: 'done'; readonly payment: PaymentView }
  | { readonly name: 'unavailable'; readonly problem: PayErrorCode }
  | { readonly name: 'invalid'; readonly problem: PayErrorCode; readonly attribute: string };

export type Signal =
  | { readonly kind: 'started' }
  | { readonly kind: 'misconfigured'; readonly problem: PayErrorCode; readonly attribute: string }
  | { readonly kind: 'prepared'; readonly method: MethodType }
  | { readonly kind: 'sheet_opened' }
  | { readonly kind: 'sheet_closed' }
  | { readonly kind: 'submitted'; readonly method: MethodType }
  /** `instead`: the method to offer after Google's sheet. */
  | { readonly kind: 'failed'; readonly problem: PayErrorCode; readonly instead?: MethodType | undefined }
  /** The server said where the payment stands. `leaves`: its action takes the whole page away. */
  | { readonly kind: 'viewed'; readonly payment: PaymentView; readonly leaves: boolean }
  /** The shopper is back from the bank or the provider, or gave up. */
  | { readonly kind: 'returned' }
  /** The shopper goes to the bank or the provider again. */
  | { readonly kind: 'proceeded'; readonly leaves: boolean }
  /** The server did not answer while a payment was under way. */
  | { readonly kind: 'interrupted' };

/** What follows. A signal that means nothing in a phase changes nothing: the very same phase comes back. */
export function next(phase: Phase, signal: Signal): Phase {
  switch (signal.kind) {
    case 'started':
      return phase.name === 'loading' ? phase : { name: 'loading' };
    case 'misconfigured':
      return { name: 'invalid', problem: signal.problem, attribute: signal.attribute };
    case 'prepared':
      return phase.name === 'loading' ? { name: 'ready', method: signal.method } : phase;
    case 'sheet_opened':
      return phase.name === 'ready' && phase.method === 'google-pay' ? { name: 'sheet' } : phase;
    case 'sheet_closed':
      return phase.name === 'sheet' ? { name: 'ready', method: 'google-pay' } : phase;
    case 'submitted':
      return phase.name === 'sheet' || phase.name === 'ready'
        ? { name: 'submitting', method: signal.method }
        : phase;
    case 'failed':
      return failed(phase, signal.problem, signal.instead);
    case 'viewed':
      return viewed(phase, signal.payment, signal.leaves);
    case 'returned':
      return phase.name === 'challenge' || phase.name === 'redirecting'
        ? { name: 'checking', payment: phase.payment, offline: false }
        : phase;
    case 'proceeded':
      // Where the bank's page did not show within this one, it gets the whole window.
      return phase.name === 'checking' && phase.payment?.action
        ? going(phase.payment, signal.leaves || phase.problem !== undefined)
        : phase;
    case 'interrupted':
      return interrupted(phase);
  }
}

function failed(phase: Phase, problem: PayErrorCode, instead: MethodType = 'google-pay'): Phase {
  if (phase.name === 'done' || phase.name === 'invalid') return phase;
  if (phase.name === 'challenge')
    return { name: 'checking', payment: phase.payment, offline: false, problem };
  const method = phase.name === 'sheet' ? instead : phase.name === 'submitting' && phase.method;
  return method && isUsableAgain(problem)
    ? { name: 'ready', method, problem }
    : { name: 'unavailable', problem };
}

function viewed(phase: Phase, payment: PaymentView, leaves: boolean): Phase {
  if (phase.name === 'done') return phase;
  if (isFinal(payment.status)) return { name: 'done', payment };
  const before = 'payment' in phase ? phase.payment?.action?.id : undefined;
  const known = payment.action !== null && payment.action.id === before;
  if (known) return phase.name === 'checking' ? { ...phase, payment, offline: false } : phase;
  // Nobody who came back is sent away again unasked: Back would end where it began.
  return payment.action && (!leaves || phase.name === 'submitting')
    ? going(payment, leaves)
    : { name: 'checking', payment, offline: false };
}

function going(payment: PaymentView, leaves: boolean): Phase {
  return { name: leaves ? 'redirecting' : 'challenge', payment };
}

function interrupted(phase: Phase): Phase {
  if (phase.name === 'loading' || phase.name === 'submitting') {
    return { name: 'checking', payment: undefined, offline: true };
  }
  return phase.name === 'checking' && !phase.offline ? { ...phase, offline: true } : phase;
}
