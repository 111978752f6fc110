import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { ThreedsFrame } from '../../../src/elements/threeds-frame.js';
import { en } from '../../../src/i18n/en.js';
import {
  bankCount,
  bankFrame,
  bankRequest,
  begunFrame,
  byId,
  errorCode,
  focused,
  hasFrame,
  idleFrame,
  newChallenge,
  part,
  refusedFrame,
  say,
  shownFrame,
} from '../../support/browser/threeds-stage.js';

const V1 = { pareq: 'eJx+/w==', md: 'm d', termUrl: 'https://shop.example/pay/3ds/abc/return' };

describe('threeds-frame: inline', () => {
  it('stands in the page, named by its title, which has the focus', async () => {
    const { frameUrl } = await newChallenge();
    const { element } = await shownFrame({ frameUrl, presentation: 'inline' });
    const holder = part(element, 'dialog')!;
    expect(holder.localName).to.equal('section');
    expect(holder.getAttribute('aria-labelledby')).to.equal(part(element, 'dialog-title')!.id);
    expect(focused(element)).to.equal('dialog-title');
  });

  it('ends at the bank’s return, and gives the focus back', async () => {
    const button = await fixture<HTMLButtonElement>(html`<button>Pay</button>`);
    button.focus();
    const { frameUrl, message } = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl, presentation: 'inline' });
    await say(bankFrame(element)!, message('returned'));
    await element.updateComplete;
    expect(events).to.deep.equal(['threeds-shown', 'threeds-return']);
    expect(hasFrame(element)).to.be.false;
    expect(document.activeElement === button).to.be.true;
  });

  it('gives the focus back within a shadow root, as <pay-button> has it', async () => {
    const host = await fixture(html`<div></div>`);
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = '<button>Pay</button><threeds-frame presentation="inline"></threeds-frame>';
    const [button, element] = root.children as unknown as [HTMLButtonElement, ThreedsFrame];
    button.focus();
    element.frameUrl = (await newChallenge()).frameUrl;
    await oneEvent(element, 'threeds-shown');
    expect(root.activeElement === element).to.be.true;
    element.close();
    expect(root.activeElement === button).to.be.true;
  });

  it('leaves the focus alone when the shopper has taken it elsewhere', async () => {
    const button = await fixture<HTMLButtonElement>(html`<button>Pay</button>`);
    const search = await fixture<HTMLInputElement>(html`<input aria-label="Search" />`);
    button.focus();
    const { frameUrl } = await newChallenge();
    const { element } = await shownFrame({ frameUrl, presentation: 'inline' });
    search.focus();
    element.locale = 'uk';
    await element.updateComplete;
    expect(document.activeElement === search, 'when something changes').to.be.true;
    element.close();
    expect(document.activeElement === search, 'at the end').to.be.true;
  });

  it('shows 3-D Secure 1 in a frame where that is asked for', async () => {
    const { acsUrl, bankPath } = await newChallenge();
    const { element } = await begunFrame({ acsUrl, ...V1, presentation: 'inline' });
    const { body } = await bankRequest(bankPath);
    expect([...new URLSearchParams(body)]).to.deep.equal([
      ['PaReq', V1.pareq],
      ['MD', V1.md],
      ['TermUrl', V1.termUrl],
    ]);
    expect(element.visits).to.deep.equal([]);
  });
});

describe('threeds-frame: the whole page', () => {
  it('goes to the host page', async () => {
    const { frameUrl } = await newChallenge();
    const { element } = await begunFrame({ frameUrl, presentation: 'redirect' });
    expect(element.visits).to.deep.equal([
      { destination: { kind: 'host-page', url: frameUrl }, target: '_self' },
    ]);
    expect(hasFrame(element)).to.be.false;
  });

  it('posts 3-D Secure 1 by default', async () => {
    const { acsUrl } = await newChallenge();
    const { element } = await begunFrame({ acsUrl, ...V1 });
    const fields = { PaReq: V1.pareq, MD: V1.md, TermUrl: V1.termUrl };
    expect(element.visits).to.deep.equal([
      { destination: { kind: 'bank', url: acsUrl, fields }, target: '_self' },
    ]);
  });

  it('takes the dialog for a presentation that it does not know', async () => {
    const { frameUrl } = await newChallenge();
    const { element } = await begunFrame({ frameUrl });
    element.close();
    element.setAttribute('presentation', 'constructor');
    element.show();
    await element.updateComplete;
    expect(part(element, 'dialog')!.localName).to.equal('dialog');
  });

  it('does not go twice, and can go again when the shopper came Back to the page as it stood', async () => {
    const { frameUrl } = await newChallenge();
    const { element } = await begunFrame({ frameUrl, presentation: 'redirect' });
    element.show();
    await element.updateComplete;
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    element.show();
    await element.updateComplete;
    expect(element.visits).to.have.lengthOf(1);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await element.updateComplete;
    expect(element.visits).to.have.lengthOf(1);
    element.show();
    await element.updateComplete;
    expect(element.visits).to.have.lengthOf(2);
  });

  for (const presentation of ['redirect', 'inline'] as const) {
    it(`says so when the engine throws at the forbidden form, ${presentation}`, async () => {
      const { acsUrl } = await newChallenge();
      const { element } = await idleFrame();
      const submit = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, 'submit')!;
      HTMLFormElement.prototype.submit = () => {
        throw new DOMException('forbidden', 'SecurityError');
      };
      const code = errorCode(element);
      Object.assign(element, { stays: false, presentation, acsUrl, ...V1 });
      await element.updateComplete;
      Object.defineProperty(HTMLFormElement.prototype, 'submit', submit);
      expect(await code).to.equal('blocked_by_policy');
      expect(part(element, 'message')!.textContent).to.equal(en.threedsBlocked);
    });
  }

  it('opens at openInTop() what the attributes describe, unless that is unsafe', async () => {
    const { frameUrl } = await newChallenge();
    const { element } = await begunFrame({ frameUrl });
    element.close();
    element.openInTop();
    expect(element.visits).to.have.lengthOf(1);
    const refused = await refusedFrame({ frameUrl: 'javascript:parent.owned=1' });
    const code = errorCode(refused.element);
    refused.element.openInTop();
    expect(await code).to.equal('invalid_url');
    expect(refused.element.visits).to.deep.equal([]);
  });

  it('says so when openInTop() is forbidden', async () => {
    const { frameUrl } = await newChallenge();
    const { element } = await shownFrame({ frameUrl });
    Object.assign(element, { visit: () => false });
    const code = errorCode(element);
    element.openInTop();
    expect(await code).to.equal('blocked_by_policy');
    expect(byId(element, 'resume').hidden).to.be.true;
  });
});

describe('threeds-frame: in a window that may go', () => {
  /** A page with the element in it as it is, in a frame, because the window of a test must stay. */
  async function pageWith(markup: string): Promise<HTMLIFrameElement> {
    const page = await fixture<HTMLIFrameElement>(html`<iframe title="shop"></iframe>`);
    const { contentDocument } = page;
    contentDocument!.body.innerHTML = markup;
    const script = contentDocument!.createElement('script');
    script.type = 'module';
    script.textContent = `
      import { ThreedsFrame } from '${new URL('../../../src/elements/threeds-frame.ts', import.meta.url).href}';
      customElements.define('threeds-frame', ThreedsFrame);`;
    contentDocument!.head.append(script);
    return page;
  }

  it('goes to the host page, also in a web view that opens no windows', async () => {
    const { frameUrl, token } = await newChallenge();
    const page = await pageWith(
      `<threeds-frame presentation="redirect" frame-url="${frameUrl}"></threeds-frame>`,
    );
    Object.assign(page.contentWindow!, { open: undefined });
    await oneEvent(page, 'load');
    expect(page.contentWindow!.location.pathname).to.equal(`/pay/3ds/${token}`);
    expect(await bankCount(`/pay/3ds/${token}`)).to.equal(1);
  });

  it('posts the form to the bank', async () => {
    const { acsUrl, bankPath, creq } = await newChallenge();
    await pageWith(
      `<threeds-frame presentation="redirect" acs-url="${acsUrl}" creq="${creq}"></threeds-frame>`,
    );
    const { method, body } = await bankRequest(bankPath);
    expect(method).to.equal('POST');
    expect(new URLSearchParams(body).get('creq')).to.equal(creq);
  });
});
