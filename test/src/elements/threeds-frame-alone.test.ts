import { expect, oneEvent } from '@open-wc/testing';
import {
  bankFrame,
  bankRequest,
  hasFrame,
  newChallenge,
  say,
  shownFrame,
} from '../../support/browser/threeds-stage.js';

/** A shop with a server of its own, under the policy that its guide advises; the test's bank is on this machine. */
const guide = await (await fetch('/INTEGRATION.md')).text();
const advised = /^```csp\n(.*)/m.exec(guide.split('## Without the reference server')[1] ?? '')?.[1] ?? '';
const policy = document.createElement('meta');
policy.httpEquiv = 'Content-Security-Policy';
policy.content = `${advised.replaceAll('https:', 'http://127.0.0.1:*')}; style-src 'none'; require-trusted-types-for 'script'`;
document.head.append(policy);

describe('threeds-frame: alone in a page that lets banks in', () => {
  for (const presentation of ['modal', 'inline'] as const) {
    it(`posts to the bank, and ends at the shop’s own return page, ${presentation}`, async () => {
      const violations: string[] = [];
      const note = (event: SecurityPolicyViolationEvent) => violations.push(event.violatedDirective);
      document.addEventListener('securitypolicyviolation', note);
      const { acsUrl, bankPath, creq, frameUrl, message } = await newChallenge();
      const { element, events } = await shownFrame({ acsUrl, creq, presentation });
      expect(new URLSearchParams((await bankRequest(bankPath)).body).get('creq')).to.equal(creq);

      // The bank sends the shopper to the shop's return page, which speaks to the window that holds it.
      const frame = bankFrame(element)!;
      const loaded = oneEvent(frame, 'load');
      frame.contentWindow!.location.href = `${frameUrl}/return`;
      await loaded;
      await say(frame, message('returned'));
      await element.updateComplete;
      document.removeEventListener('securitypolicyviolation', note);
      expect(events).to.deep.equal(['threeds-shown', 'threeds-return']);
      expect(hasFrame(element)).to.be.false;
      expect(violations).to.deep.equal([]);
    });
  }
});
