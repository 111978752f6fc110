import type { ProblemCode } from '../contract/problem.js';

/** Every code of `pay-error`: those of the merchant API, and what can go wrong in the page. */
export type PayErrorCode =
  | ProblemCode
  | 'missing_attribute'
  | 'invalid_attribute'
  | 'unknown_attribute'
  | 'network' // the merchant API cannot be reached
  | 'bad_answer' // it answers with something that is not its contract
  | 'google_pay_unavailable' // Google's script does not load or does not answer; where there is another method, only the page is told
  | 'google_pay_error' // the sheet ended with an error
  | 'popup_blocked' // the browser did not let the sheet open
  | 'no_method' // no method of the order works in this browser
  | 'unsafe_url' // the provider's page has an address that no browser should be sent to
  | 'threeds_error'; // the bank's page cannot be shown; see `threeds-error`

/** After these the same button can be used again at once; after the other recoverable ones it has to start anew. */
const USABLE_AGAIN: readonly PayErrorCode[] = [
  'order_busy',
  'rate_limited',
  'unavailable',
  'google_pay_error',
  'popup_blocked',
];

const RECOVERABLE: readonly PayErrorCode[] = [
  ...USABLE_AGAIN,
  'amount_mismatch',
  'network',
  'bad_answer',
  'internal',
  'google_pay_unavailable',
  'threeds_error',
];

export function isUsableAgain(code: PayErrorCode): boolean {
  return USABLE_AGAIN.includes(code);
}

/** Whether the shopper can do something about it on this page. */
export function isRecoverable(code: PayErrorCode): boolean {
  return RECOVERABLE.includes(code);
}
