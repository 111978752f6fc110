import { expect } from '@open-wc/testing';
import { isRecoverable, isUsableAgain, type PayErrorCode } from '../../../src/checkout/pay-error.js';
import { ProblemCode } from '../../../src/contract/problem.js';

/** What a shopper can do on the same page; about every other code, nothing. */
const HELP: Partial<Record<PayErrorCode, 'again' | 'anew'>> = {
  order_busy: 'again',
  rate_limited: 'again',
  unavailable: 'again',
  google_pay_error: 'again',
  popup_blocked: 'again',
  amount_mismatch: 'anew',
  network: 'anew',
  bad_answer: 'anew',
  internal: 'anew',
  google_pay_unavailable: 'anew',
  threeds_error: 'anew',
};

const OURS: PayErrorCode[] = [
  'missing_attribute',
  'invalid_attribute',
  'unknown_attribute',
  'no_method',
  'unsafe_url',
];

describe('an error', () => {
  it('leaves the button usable, or lets the shopper start anew, or is for others to mend', () => {
    for (const code of [...ProblemCode.options, ...OURS, ...(Object.keys(HELP) as PayErrorCode[])]) {
      expect(isUsableAgain(code), code).to.equal(HELP[code] === 'again');
      expect(isRecoverable(code), code).to.equal(code in HELP);
    }
  });
});
