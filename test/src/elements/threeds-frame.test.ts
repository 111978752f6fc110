import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { en } from '../../../src/i18n/en.js';
import {
  bankCount,
  bankFrame,
  bankRequest,
  begunFrame,
  errorCode,
  EVENTS,
  hasFrame,
  idleFrame,
  newChallenge,
  part,
  refusedFrame,
  shownFrame,
} from '../../support/browser/threeds-stage.js';

describe('threeds-frame: what it does with its attributes', () => {
  it('begins by itself from attributes alone, and posts creq and session data to the bank', async () => {
    const { acsUrl, bankPath, creq } = await newChallenge();
    await fixture(
      html`<threeds-frame acs-url=${acsUrl} creq=${`${creq}==`} session-data="c2Vzc2lvbg"></threeds-frame>`,
    );
    const { method, body } = await bankRequest(bankPath);
    expect(method).to.equal('POST');
    expect([...new URLSearchParams(body)]).to.deep.equal([
      ['creq', `${creq}==`],
      ['threeDSSessionData', 'c2Vzc2lvbg'],
    ]);
  });

  it('A9 takes HTML in creq literally: nothing of it is parsed', async () => {
    const { acsUrl, bankPath } = await newChallenge();
    const creq = `"></form><img src=x onerror="window.owned=1"><script>window.owned=1</script>`;
    const { element } = await begunFrame({ acsUrl, creq });
    expect(new URLSearchParams((await bankRequest(bankPath)).body).get('creq')).to.equal(creq);
    expect(element.shadowRoot!.querySelector('img, script')).to.equal(null);
    expect(window).not.to.have.property('owned');
  });

  for (const [creq, size] of [
    [`${btoa('{"challengeWindowSize":"02","x":"~~~???>>>"}')}`, '02'],
    [btoa('{"challengeWindowSize":3}').replace(/=/g, ''), '03'],
    [btoa('{"challengeWindowSize":"06"}'), '05'],
    [btoa('{"messageType":"CReq"}'), '05'],
  ] as const) {
    it(`A10 A12 posts ${creq.slice(-8)} unchanged, and gives the bank a window of size ${size}`, async () => {
      const { acsUrl, bankPath } = await newChallenge();
      const { element } = await begunFrame({ acsUrl, creq });
      expect(new URLSearchParams((await bankRequest(bankPath)).body).get('creq')).to.equal(creq);
      expect(element.shadowRoot!.querySelector(`.size-${size}`)).not.to.equal(null);
    });
  }

  it('gives the bank’s frame the rights that EMVCo asks for, and no others', async () => {
    const { acsUrl, creq } = await newChallenge();
    const { element } = await shownFrame({ acsUrl, creq });
    const frame = bankFrame(element)!;
    expect(frame.getAttribute('sandbox')).to.equal(
      'allow-forms allow-scripts allow-same-origin allow-pointer-lock allow-popups',
    );
    expect(frame.allow).to.equal('payment *; publickey-credentials-get *; publickey-credentials-create *');
    expect(frame.title).to.equal(en.threedsFrameTitle);
  });

  it('says nothing of a page that had loaded just before it was closed', async () => {
    const { acsUrl, creq } = await newChallenge();
    const { element, events } = await begunFrame({ acsUrl, creq });
    const frame = bankFrame(element)!;
    // A bank's document cannot be read: it is null here.
    while (frame.contentDocument) await oneEvent(frame, 'load');
    element.close();
    await new Promise((resolve) => setTimeout(resolve));
    expect(events).to.deep.equal([]);
  });

  it('opens the host page in a frame without a sandbox of its own, and with the same rights to pass on', async () => {
    const { frameUrl } = await newChallenge();
    const { element } = await shownFrame({ frameUrl });
    expect(bankFrame(element)!.hasAttribute('sandbox')).to.be.false;
    expect(bankFrame(element)!.allow).to.contain('publickey-credentials-get *');
    expect(await bankCount(new URL(frameUrl).pathname)).to.equal(1);
  });

  it('adds nothing to the browser’s history for a host page', async () => {
    const { frameUrl } = await newChallenge();
    const before = history.length;
    const { element } = await shownFrame({ frameUrl });
    element.close();
    await element.updateComplete;
    expect(history.length).to.equal(before);
  });

  for (const [what, acsUrl] of [
    ['A1 a script', 'javascript:parent.owned=1'],
    ['A2 a script in disguise', ' JaVa\tScRiPt:parent.owned=1'],
    ['A3 data', 'data:text/html,x'],
    ['A3 a blob', 'blob:https://a/b'],
    ['A4 plain http', 'http://bank.example/acs'],
    ['A5 credentials', 'https://user:pw@bank.example/'],
    ['A7 a long address', `https://bank.example/${'a'.repeat(10_240)}`],
    ['A7 a line break', 'https://bank.example/\r\n'],
    ['A7 NUL', 'https://bank.example/\u0000'],
    ['A7 a lone surrogate', 'https://bank.example/\ud800'],
    ['the page’s own origin', `${location.origin}/acs`],
  ] as const) {
    it(`refuses ${what} before there is a frame, and says so in place`, async () => {
      const { element, code } = await refusedFrame({ acsUrl, creq: 'e30' });
      expect(code).to.equal('invalid_url');
      expect(hasFrame(element)).to.be.false;
      expect(part(element, 'message')!.textContent).to.equal(en.threedsBlocked);
      expect(window).not.to.have.property('owned');
    });
  }

  it('A1 refuses a script as host page', async () => {
    const { element, code } = await refusedFrame({ frameUrl: 'javascript:parent.owned=1' });
    expect(code).to.equal('invalid_url');
    expect(hasFrame(element)).to.be.false;
  });

  it('waits while the attributes do not make a challenge, and says what is wrong when told to show one', async () => {
    const { element, events } = await begunFrame({ acsUrl: 'https://bank.example/acs' });
    expect(events).to.deep.equal([]);
    element.show();
    expect(await errorCode(element)).to.equal('invalid_challenge');
  });

  it('tells every refusal, also the same one again', async () => {
    const { element } = await idleFrame();
    for (let count = 0; count < 2; count += 1) {
      element.show();
      expect(await errorCode(element)).to.equal('invalid_challenge');
    }
  });

  it('tells a refusal once, however often it is rendered', async () => {
    const { element, events } = await refusedFrame({ frameUrl: 'nonsense' });
    element.locale = 'uk';
    await element.updateComplete;
    expect(events).to.deep.equal(['threeds-error']);
  });

  it('begins as soon as a refused attribute is put right, and takes its words back', async () => {
    const { frameUrl } = await newChallenge();
    const { element } = await refusedFrame({ frameUrl: 'nonsense' });
    element.frameUrl = frameUrl;
    await oneEvent(element, 'threeds-shown');
    expect(part(element, 'message')!.textContent).to.equal('');
  });

  it('does not begin again by show() while it is open', async () => {
    const { frameUrl } = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl });
    const frame = bankFrame(element);
    element.show();
    await element.updateComplete;
    expect(bankFrame(element) === frame).to.be.true;
    element.close();
    await element.updateComplete;
    expect(hasFrame(element)).to.be.false;
    expect(events).to.deep.equal(['threeds-shown']);
  });

  it('ignores changed attributes until it is closed, and begins with them in a fresh frame then', async () => {
    const first = await newChallenge();
    const second = await newChallenge();
    const { element } = await shownFrame({ frameUrl: first.frameUrl });
    const { name, src } = bankFrame(element)!;
    element.frameUrl = second.frameUrl;
    await element.updateComplete;
    expect(bankFrame(element)!.src).to.equal(src);
    element.close();
    await element.updateComplete;
    expect(hasFrame(element)).to.be.false;
    element.show();
    await oneEvent(element, 'threeds-shown');
    expect(bankFrame(element)!.src).to.equal(second.frameUrl);
    expect(bankFrame(element)!.name).not.to.equal(name);
  });

  it('takes a fresh frame also when it is closed and shown in one breath', async () => {
    const { frameUrl } = await newChallenge();
    const { element } = await shownFrame({ frameUrl });
    const frame = bankFrame(element);
    element.close();
    element.show();
    await oneEvent(element, 'threeds-shown');
    expect(bankFrame(element) === frame).to.be.false;
    expect(part(element, 'dialog')!.hasAttribute('open')).to.be.true;
  });

  it('A14 posts one challenge once, tells the second element, and lets it begin when the first has ended', async () => {
    const { acsUrl, bankPath, creq } = await newChallenge();
    const first = await begunFrame({ acsUrl, creq });
    const second = await refusedFrame({ acsUrl, creq });
    expect(second.code).to.equal('already_active');
    expect(part(second.element, 'message')!.textContent).to.equal(en.threedsLoaded);
    await bankRequest(bankPath);
    expect(await bankCount(bankPath)).to.equal(1);
    first.element.close();
    second.element.show();
    await oneEvent(second.element, 'threeds-shown');
    await bankRequest(bankPath);
    expect(second.events).to.deep.equal(['threeds-error', 'threeds-shown']);
  });

  it('B13 keeps the bank’s messages out of its events and its own markup', async () => {
    const { acsUrl, creq } = await newChallenge();
    const { element } = await idleFrame();
    const told: string[] = [];
    for (const name of EVENTS) {
      element.addEventListener(name, (event) => told.push(JSON.stringify({ ...event, ...Object(event) })));
    }
    Object.assign(element, { acsUrl, creq, sessionData: 'secret-session' });
    await oneEvent(element, 'threeds-shown');
    part(element, 'dialog-cancel')!.click();
    element.sessionData = 'x'.repeat(2000);
    element.show();
    await errorCode(element);
    expect(told).to.have.lengthOf(3);
    for (const secret of [creq, 'secret-session', 'xxx']) {
      expect(told.join()).not.to.contain(secret);
      expect(element.shadowRoot!.innerHTML).not.to.contain(secret);
    }
  });

  it('begins nothing any more when it is closed right after it was told to', async () => {
    const { frameUrl } = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl });
    element.close();
    element.show();
    element.close();
    await element.updateComplete;
    expect(hasFrame(element)).to.be.false;
    expect(events).to.deep.equal(['threeds-shown']);
  });

  it('forgets what went wrong when it is closed', async () => {
    const { element } = await refusedFrame({ frameUrl: 'nonsense' });
    element.close();
    await element.updateComplete;
    expect(part(element, 'message')!.textContent).to.equal('');
  });
});
