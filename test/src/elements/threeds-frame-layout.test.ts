import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { emulateMedia, naturalMedia } from '../../support/browser/media.js';
import {
  bankFrame,
  begunFrame,
  byId,
  errorCode,
  idleFrame,
  newChallenge,
  part,
  shownFrame,
} from '../../support/browser/threeds-stage.js';

async function opened(windowSize: string, presentation: 'modal' | 'inline' = 'modal') {
  const { frameUrl } = await newChallenge();
  return (await shownFrame({ frameUrl, windowSize, presentation })).element;
}

describe('threeds-frame: its looks', () => {
  beforeEach(() => setViewport({ width: 1024, height: 900 }));
  afterEach(naturalMedia);

  for (const presentation of ['modal', 'inline'] as const) {
    for (const [size, width, height] of [
      ['01', 250, 400],
      ['02', 390, 400],
      ['03', 500, 600],
      ['04', 600, 400],
    ] as const) {
      it(`gives the bank exactly ${width}×${height} for size ${size}, ${presentation}`, async () => {
        const frame = bankFrame(await opened(size, presentation))!;
        expect([frame.clientWidth, frame.clientHeight]).to.deep.equal([width, height]);
      });
    }

    it(`fits 320 pixels without sideways scrolling, ${presentation}`, async () => {
      await setViewport({ width: 320, height: 640 });
      for (const size of ['01', '02', '03', '04', '05']) {
        const element = await opened(size, presentation);
        const holder = part(element, 'dialog')!;
        expect(holder.scrollWidth, `size ${size}`).to.be.at.most(holder.clientWidth);
        expect(document.documentElement.scrollWidth, `size ${size}`).to.be.at.most(320);
        expect(bankFrame(element)!.clientWidth, `size ${size}`).to.be.within(250, 320);
        element.close();
      }
    });
  }

  it('fills the screen for size 05', async () => {
    const element = await opened('05');
    const dialog = part(element, 'dialog')!.getBoundingClientRect();
    expect([dialog.width, dialog.height]).to.deep.equal([1024, 900]);
    const frame = bankFrame(element)!;
    expect(frame.clientWidth).to.be.above(980);
    expect(frame.clientHeight).to.be.above(700);
    expect(part(element, 'dialog')!.scrollHeight).to.be.at.most(900);
  });

  it('keeps to a window that was turned since the check before', async () => {
    (await opened('05')).remove();
    (await opened('03')).remove();
    await setViewport({ width: 400, height: 500 });
    for (const size of ['05', '03']) {
      const element = await opened(size);
      const { width, height } = part(element, 'dialog')!.getBoundingClientRect();
      expect([width, height], `size ${size}`).to.deep.equal([400, 500]);
      element.remove();
    }
  });

  it('takes the width there is for size 05, inline', async () => {
    const element = await opened('05', 'inline');
    const frame = bankFrame(element)!;
    expect(frame.clientWidth).to.be.within(element.clientWidth - 40, element.clientWidth);
    expect(frame.clientHeight).to.be.above(700);
    expect(document.documentElement.scrollWidth).to.be.at.most(1024);
  });

  it('offers buttons that a finger can hit', async () => {
    const element = await opened('01');
    for (const button of [part(element, 'dialog-cancel')!, byId(element, 'tab')]) {
      const { width, height } = button.getBoundingClientRect();
      expect(Math.min(width, height)).to.be.at.least(24);
    }
  });

  it('keeps to its place at twice the text size, 320 pixels wide', async () => {
    await setViewport({ width: 320, height: 640 });
    document.documentElement.style.fontSize = '200%';
    const element = await opened('03');
    const dialog = part(element, 'dialog')!;
    expect(dialog.scrollWidth).to.be.at.most(dialog.clientWidth);
    document.documentElement.style.fontSize = '';
  });

  it('stands still for those who want no motion, and turns otherwise', async () => {
    const { frameUrl } = await newChallenge();
    const { element } = await begunFrame({ frameUrl });
    const spinner = part(element, 'spinner')!;
    expect(getComputedStyle(spinner).animationName).to.equal('turn');
    await emulateMedia(element, { reducedMotion: 'reduce' });
    expect(getComputedStyle(spinner).animationName).to.equal('none');
  });

  it('keeps its outlines in forced colours', async () => {
    const { frameUrl } = await newChallenge();
    const { element } = await begunFrame({ frameUrl });
    await emulateMedia(element, { forcedColors: 'active' });
    for (const name of ['dialog', 'dialog-cancel']) {
      const { borderTopStyle, borderTopWidth } = getComputedStyle(part(element, name)!);
      expect([borderTopStyle, borderTopWidth], name).to.deep.equal(['solid', '1px']);
    }
    const spinner = getComputedStyle(part(element, 'spinner')!);
    expect(spinner.borderTopColor).not.to.equal(spinner.borderBottomColor);
    await expect(element).to.be.accessible();
  });

  describe('on a page with hostile styles', () => {
    const style = document.createElement('style');
    style.textContent = `
      iframe { display: none !important }
      * { all: unset !important; visibility: hidden !important; pointer-events: none !important }
      threeds-frame { display: none !important }
      #cover { position: fixed !important; inset: 0 !important; z-index: 2147483647 !important }`;
    beforeEach(() => document.head.append(style));
    afterEach(() => style.remove());

    it('A17 stays visible and above everything, modal', async () => {
      await fixture(html`<div id="cover"></div>`);
      const element = await opened('02');
      const frame = bankFrame(element)!;
      const { left, top, width, height } = frame.getBoundingClientRect();
      expect([width, height]).to.deep.equal([390, 400]);
      expect(frame.checkVisibility({ visibilityProperty: true })).to.be.true;
      const hit = element.shadowRoot!.elementFromPoint(left + width / 2, top + height / 2);
      expect(hit === frame).to.be.true;
    });

    it('A17 stays visible and usable, inline', async () => {
      const frame = bankFrame(await opened('02', 'inline'))!;
      expect(frame.checkVisibility({ visibilityProperty: true })).to.be.true;
      expect(getComputedStyle(frame).pointerEvents).to.equal('auto');
    });
  });

  it('A17 tells when the page hides it all the same, and goes on', async () => {
    const { frameUrl } = await newChallenge();
    const { element, events } = await idleFrame();
    element.parentElement!.hidden = true;
    const code = errorCode(element);
    element.frameUrl = frameUrl;
    expect(await code).to.equal('not_visible');
    await oneEvent(element, 'threeds-shown');
    expect(events).to.deep.equal(['threeds-error', 'threeds-shown']);
  });
});
