import { expect } from '@open-wc/testing';
import { en } from '../../../src/i18n/en.js';
import {
  bankCount,
  bankFrame,
  byId,
  hasFrame,
  newChallenge,
  part,
  refusedFrame,
  say,
  shownFrame,
} from '../../support/browser/threeds-stage.js';

// A strict page, with what the guide advises for the dialog. A policy cannot be taken back: it holds for this whole file.
const guide = await (await fetch('/INTEGRATION.md')).text();
const advised = /^```csp\n(.*)/m.exec(guide.split('## Modal')[1] ?? '')?.[1] ?? '';
const policy = document.createElement('meta');
policy.httpEquiv = 'Content-Security-Policy';
policy.content = `${advised}; style-src 'none'; img-src 'none'; form-action 'self'; require-trusted-types-for 'script'`;
document.head.append(policy);

describe('threeds-frame: under a strict content security policy', () => {
  it('A21 holds a host page without a violation', async () => {
    const violations: string[] = [];
    const note = (event: SecurityPolicyViolationEvent) => violations.push(event.violatedDirective);
    document.addEventListener('securitypolicyviolation', note);
    const { frameUrl, message } = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl });
    expect(getComputedStyle(part(element, 'spinner')!).borderRadius).to.equal('50%');
    await say(bankFrame(element)!, message('returned'));
    document.removeEventListener('securitypolicyviolation', note);
    expect(violations).to.deep.equal([]);
    expect(events).to.deep.equal(['threeds-shown', 'threeds-return']);
  });

  it('tells of a forbidden form, and offers the whole window', async () => {
    const { acsUrl, bankPath, creq } = await newChallenge();
    const { element, code, events } = await refusedFrame({ acsUrl, creq });
    expect(code).to.equal('blocked_by_policy');
    expect(events).to.deep.equal(['threeds-error']);
    expect(hasFrame(element)).to.be.false;
    expect(part(element, 'message')!.textContent).to.equal(en.threedsBlocked);
    expect(byId(element, 'resume').hidden).to.be.true;
    expect(await bankCount(bankPath)).to.equal(0);
  });

  it('tells of a forbidden frame', async () => {
    const { acsUrl, bankPath } = await newChallenge();
    const { element, code, events } = await refusedFrame({ frameUrl: acsUrl });
    expect(code).to.equal('blocked_by_policy');
    expect(events).to.deep.equal(['threeds-error']);
    expect(hasFrame(element)).to.be.false;
    expect(await bankCount(bankPath)).to.equal(0);
  });
});
