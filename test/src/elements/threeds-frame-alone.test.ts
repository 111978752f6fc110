import { expect, oneEvent } from '@open-wc/testing';
import {
  bankFrame,
  bankRequest,
  hasFrame,
  newChallenge,
  say,
  shownFrame,
} from '../../support/browser/threeds-stage.js';

/** A shop with a server of its own: the element alone, and the bank's address in it. Its policy allows every bank. */
const policy = document.createElement('meta');
policy.httpEquiv = 'Content-Security-Policy';
policy.content =
  "frame-src 'self' https: http://127.0.0.1:*; form-action 'self' https: http://127.0.0.1:*; style-src 'none'; require-trusted-types-for 'script'";
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
