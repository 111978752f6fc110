import { expect } from '@open-wc/testing';
import { watchPolicy } from '../../../src/threeds/policy-watch.js';

const VIOLATION: SecurityPolicyViolationEventInit = {
  documentURI: location.href,
  originalPolicy: "frame-src 'self'",
  statusCode: 200,
  disposition: 'enforce',
  effectiveDirective: 'frame-src',
  violatedDirective: 'frame-src',
  blockedURI: 'https://bank.example',
};

/** How often the watcher calls back for the violation. */
function calls(violation: Partial<SecurityPolicyViolationEventInit>, ended = false): number {
  const abort = new AbortController();
  let count = 0;
  watchPolicy('https://bank.example/acs?x=1', abort.signal, () => (count += 1));
  if (ended) abort.abort();
  document.dispatchEvent(
    new SecurityPolicyViolationEvent('securitypolicyviolation', { ...VIOLATION, ...violation }),
  );
  abort.abort();
  return count;
}

describe('watchPolicy', () => {
  it('hears of a forbidden frame', () => expect(calls({})).to.equal(1));
  it('hears of a forbidden form', () => expect(calls({ effectiveDirective: 'form-action' })).to.equal(1));
  it('does not mind a policy that only reports', () => expect(calls({ disposition: 'report' })).to.equal(0));
  for (const effectiveDirective of ['img-src', 'fenced-frame-src']) {
    it(`does not mind another directive: ${effectiveDirective}`, () =>
      expect(calls({ effectiveDirective })).to.equal(0));
  }
  it('does not mind frames of others', () =>
    expect(calls({ blockedURI: 'https://ads.example/' })).to.equal(0));
  it('does not mind what has no address', () => expect(calls({ blockedURI: 'inline' })).to.equal(0));
  it('hears nothing after its end', () => expect(calls({}, true)).to.equal(0));
});
