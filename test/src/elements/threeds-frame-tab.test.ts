import { expect } from '@open-wc/testing';
import { en } from '../../../src/i18n/en.js';
import {
  bankRequest,
  begunFrame,
  byId,
  hasFrame,
  newChallenge,
  part,
  shownFrame,
} from '../../support/browser/threeds-stage.js';

const realOpen = window.open.bind(window);

/** What the browser does when a page asks it for a tab. */
function letOpen(open: ((...asked: Parameters<Window['open']>) => Window | null) | undefined): void {
  Object.assign(window, { open });
}

describe('threeds-frame: the way out into a new tab', () => {
  const tabs: Window[] = [];
  afterEach(() => {
    window.open = realOpen;
    for (const tab of tabs.splice(0)) tab.close();
  });

  function letTabsOpen(): void {
    letOpen((url, target, features) => {
      const tab = realOpen(url, target, features);
      if (tab && !tabs.includes(tab)) tabs.push(tab);
      return tab;
    });
  }

  it('is there before the bank’s page has come, and says where it leads', async () => {
    const { silentUrl, creq } = await newChallenge();
    const { element } = await begunFrame({ acsUrl: silentUrl, creq });
    expect(part(element, 'spinner')!.hidden).to.be.false;
    expect(byId(element, 'tab').checkVisibility()).to.be.true;
    expect(byId(element, 'tab').textContent).to.contain(en.threedsOpenInTab);
  });

  it('opens the open challenge in one new tab, and leaves this page to the shop', async () => {
    letTabsOpen();
    const { frameUrl } = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl });
    element.frameUrl = 'https://another.example/3ds/x';
    await element.updateComplete;
    byId(element, 'tab').click();
    await element.updateComplete;
    expect(tabs).to.have.lengthOf(1);
    expect(element.visits).to.deep.equal([
      { destination: { kind: 'host-page', url: frameUrl }, target: tabs[0]!.name },
    ]);
    expect(hasFrame(element)).to.be.false;
    expect(events).to.deep.equal(['threeds-shown', 'threeds-return']);
  });

  it('gives the new tab no hold of this page', async () => {
    letTabsOpen();
    const { frameUrl } = await newChallenge();
    const { element } = await shownFrame({ frameUrl });
    byId(element, 'tab').click();
    expect(tabs[0]!.opener === null).to.be.true;
  });

  for (const [where, open] of [
    ['the browser opens no tab', () => null],
    ['a web view knows of no tabs', undefined],
  ] as const) {
    it(`takes the whole window where ${where}, and keeps the challenge until then`, async () => {
      letOpen(open);
      const { frameUrl } = await newChallenge();
      const { element, events } = await shownFrame({ frameUrl });
      byId(element, 'tab').click();
      await element.updateComplete;
      expect(element.visits).to.deep.equal([
        { destination: { kind: 'host-page', url: frameUrl }, target: '_top' },
      ]);
      expect(hasFrame(element)).to.be.true;
      expect(events).to.deep.equal(['threeds-shown']);
    });
  }

  it('closes the tab again where the page’s policy forbids the form', async () => {
    letTabsOpen();
    const { acsUrl, creq } = await newChallenge();
    const { element, events } = await shownFrame({ acsUrl, creq });
    Object.assign(element, { visit: () => false });
    byId(element, 'tab').click();
    await element.updateComplete;
    expect(tabs[0]!.closed).to.be.true;
    expect(part(element, 'message')!.textContent).to.equal(en.threedsBlocked);
    expect(events).to.deep.equal(['threeds-shown', 'threeds-error']);
  });

  it('opens the host page in the new tab', async () => {
    letTabsOpen();
    const { frameUrl } = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl });
    const path = new URL(frameUrl).pathname;
    await bankRequest(path);
    element.stays = false;
    byId(element, 'tab').click();
    await bankRequest(path);
    expect(events).to.deep.equal(['threeds-shown', 'threeds-return']);
  });

  it('posts the bank’s form into the new tab, as it is and from this site', async () => {
    letTabsOpen();
    const { acsUrl, bankPath, creq } = await newChallenge();
    const { element } = await shownFrame({ acsUrl, creq });
    await bankRequest(bankPath);
    element.stays = false;
    byId(element, 'tab').click();
    const { method, body, referer } = await bankRequest(bankPath);
    expect([method, new URLSearchParams(body).get('creq')]).to.deep.equal(['POST', creq]);
    expect(referer).to.equal(`${location.origin}/`);
  });
});
