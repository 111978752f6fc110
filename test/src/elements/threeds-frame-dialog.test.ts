import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { executeServerCommand, sendKeys } from '@web/test-runner-commands';
import { en } from '../../../src/i18n/en.js';
import { uk } from '../../../src/i18n/uk.js';
import {
  bankCount,
  bankFrame,
  begunFrame,
  byId,
  focused,
  hasFrame,
  newChallenge,
  part,
  say,
  shownFrame,
  type StayingThreedsFrame,
} from '../../support/browser/threeds-stage.js';

const dialogOf = (element: StayingThreedsFrame) => part(element, 'dialog') as HTMLDialogElement;
const questionOf = (element: StayingThreedsFrame) => byId(element, 'question').parentElement!;
const statusOf = (element: StayingThreedsFrame) => element.shadowRoot!.querySelector('[role="status"]')!;

/** What was to happen in a task of its own has happened by then. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

async function shown() {
  const challenge = await newChallenge();
  return { ...challenge, ...(await shownFrame({ frameUrl: challenge.frameUrl })) };
}

describe('threeds-frame: the dialog', () => {
  it('is a modal dialog named by its title, which has the focus', async () => {
    const { element } = await shown();
    expect(dialogOf(element).matches(':modal')).to.be.true;
    expect(dialogOf(element).getAttribute('closedby')).to.equal('none');
    expect(dialogOf(element).getAttribute('aria-labelledby')).to.equal(part(element, 'dialog-title')!.id);
    expect(focused(element)).to.equal('dialog-title');
    expect(part(element, 'dialog-title')!.textContent).to.equal(en.threedsTitle);
  });

  it('leads from the title to Cancel, and from there to the bank’s frame', async () => {
    const { element } = await shown();
    await sendKeys({ press: 'Tab' });
    expect(focused(element)).to.equal('dialog-cancel');
    await sendKeys({ press: 'Tab' });
    expect(focused(element)).to.equal('frame');
  });

  it('spins and says that the page opens, until it has loaded', async () => {
    const { frameUrl } = await newChallenge();
    const { element } = await begunFrame({ frameUrl });
    expect(part(element, 'spinner')!.hidden).to.be.false;
    expect(part(element, 'spinner')!.getAttribute('aria-hidden')).to.equal('true');
    expect(statusOf(element).textContent).to.equal(en.wait);
    const status = statusOf(element);
    await oneEvent(element, 'threeds-shown');
    await element.updateComplete;
    expect(part(element, 'spinner')!.hidden).to.be.true;
    expect(statusOf(element) === status).to.be.true;
    expect(status.textContent).to.equal(en.threedsLoaded);
  });

  it('spins on through the blank page that the form is posted into', async () => {
    const { silentUrl, creq } = await newChallenge();
    const { element, events } = await begunFrame({ acsUrl: silentUrl, creq });
    // Firefox tells of the blank page's load only now, Chromium before anybody listens.
    bankFrame(element)!.dispatchEvent(new Event('load'));
    await nextTask();
    expect(events).to.deep.equal([]);
    expect(part(element, 'spinner')!.hidden).to.be.false;
  });

  it('gives the focus back to where it was', async () => {
    const button = await fixture<HTMLButtonElement>(html`<button>Pay</button>`);
    button.focus();
    const { element, message } = await shown();
    expect(document.activeElement === element).to.be.true;
    await say(bankFrame(element)!, message('returned'));
    expect(document.activeElement === button).to.be.true;
  });

  it('leaves at Cancel', async () => {
    const { element, events } = await shown();
    part(element, 'dialog-cancel')!.click();
    await element.updateComplete;
    expect(events).to.deep.equal(['threeds-shown', 'threeds-cancel']);
    expect(hasFrame(element)).to.be.false;
  });

  it('stays at Cancel when the page objects', async () => {
    const { element, message, events } = await shown();
    element.addEventListener('threeds-cancel', (event) => event.preventDefault());
    part(element, 'dialog-cancel')!.click();
    await element.updateComplete;
    expect(dialogOf(element).open).to.be.true;
    await say(bankFrame(element)!, message('returned'));
    expect(events).to.deep.equal(['threeds-shown', 'threeds-cancel', 'threeds-return']);
  });

  it('asks at Escape, with the focus on the answer that loses nothing, and takes it back at the next', async () => {
    const { element, events } = await shown();
    expect(questionOf(element).hidden).to.be.true;
    await sendKeys({ press: 'Escape' });
    await element.updateComplete;
    expect(questionOf(element).hidden).to.be.false;
    expect(questionOf(element).getAttribute('aria-labelledby')).to.equal('question');
    expect(part(element, 'question')!.textContent).to.equal(`${en.threedsLeave}?`);
    expect(focused(element)).to.equal('stay');
    expect(part(element, 'dialog-cancel')!.hidden, 'no second way to leave').to.be.true;
    const ground = (id: string) => getComputedStyle(byId(element, id)).backgroundColor;
    expect(ground('stay'), 'the main action').not.to.equal(ground('leave'));
    await sendKeys({ press: 'Escape' });
    await element.updateComplete;
    expect(questionOf(element).hidden).to.be.true;
    expect(focused(element)).to.equal('dialog-title');
    expect(dialogOf(element).open).to.be.true;
    expect(events).to.deep.equal(['threeds-shown']);
  });

  it('goes on with the same frame when the shopper chooses to stay', async () => {
    const { element, frameUrl } = await shown();
    const frame = bankFrame(element);
    await sendKeys({ press: 'Escape' });
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    expect(questionOf(element).hidden).to.be.true;
    expect(bankFrame(element) === frame).to.be.true;
    expect(await bankCount(new URL(frameUrl).pathname)).to.equal(1);
  });

  it('leaves when the shopper chooses to', async () => {
    const { element, events } = await shown();
    await sendKeys({ press: 'Escape' });
    byId(element, 'leave').click();
    await element.updateComplete;
    expect(events).to.deep.equal(['threeds-shown', 'threeds-cancel']);
    expect(hasFrame(element)).to.be.false;
  });

  it('asks also where the browser sends `cancel` instead of the key', async () => {
    const { element } = await shown();
    const cancel = new Event('cancel', { cancelable: true });
    dialogOf(element).dispatchEvent(cancel);
    await element.updateComplete;
    expect(cancel.defaultPrevented).to.be.true;
    expect(questionOf(element).hidden).to.be.false;
  });

  it('does not mind other keys', async () => {
    const { element } = await shown();
    await sendKeys({ press: 'a' });
    await element.updateComplete;
    expect(questionOf(element).hidden).to.be.true;
  });

  it('keeps the frame when the browser closes the dialog by force, and lets the shopper resume', async () => {
    const { element, events, frameUrl, message } = await shown();
    const frame = bankFrame(element)!;
    dialogOf(element).close();
    await oneEvent(dialogOf(element), 'close');
    await element.updateComplete;
    expect(byId(element, 'resume').hidden).to.be.false;
    expect(focused(element)).to.equal('resume');

    byId(element, 'resume').click();
    await element.updateComplete;
    expect(dialogOf(element).matches(':modal')).to.be.true;
    expect(focused(element)).to.equal('dialog-title');
    expect(byId(element, 'resume').hidden).to.be.true;
    expect(bankFrame(element) === frame).to.be.true;
    expect(await bankCount(new URL(frameUrl).pathname)).to.equal(1);
    await say(frame, message('returned'));
    expect(events).to.deep.equal(['threeds-shown', 'threeds-return']);
  });

  it('hears the bank also while the browser has closed the dialog', async () => {
    const { element, events, message } = await shown();
    dialogOf(element).close();
    await oneEvent(dialogOf(element), 'close');
    await say(bankFrame(element)!, message('returned'));
    await element.updateComplete;
    expect(events).to.deep.equal(['threeds-shown', 'threeds-return']);
    expect(byId(element, 'resume').hidden).to.be.true;
  });

  it('does not take its own closing for the browser’s', async () => {
    const { element } = await shown();
    const dialog = dialogOf(element);
    const closed = oneEvent(dialog, 'close');
    element.close();
    await closed;
    await element.updateComplete;
    expect(byId(element, 'resume').hidden).to.be.true;
  });

  it('has a part for everything that a page may style', async () => {
    const { element } = await shown();
    const parts = [...element.shadowRoot!.querySelectorAll('[part]')];
    expect(parts.map((named) => [named.getAttribute('part'), named.id].join(' ').trim())).to.deep.equal([
      'dialog',
      'dialog-title title',
      'dialog-cancel',
      'question question',
      'action stay',
      'action leave',
      'frame',
      'spinner',
      'action tab',
      'message',
      'action resume',
      'action',
    ]);
    expect(statusOf(element).getBoundingClientRect().height, 'heard, not seen').to.be.above(0);
    expect(getComputedStyle(statusOf(element)).clipPath).to.equal('inset(50%)');
  });

  it('speaks the locale asked for, and changes it without touching the bank’s page', async () => {
    const { element, frameUrl } = await shown();
    const frame = bankFrame(element)!;
    element.locale = 'uk';
    await element.updateComplete;
    expect(part(element, 'dialog-title')!.textContent).to.equal(uk.threedsTitle);
    expect(frame.title).to.equal(uk.threedsFrameTitle);
    expect(bankFrame(element) === frame).to.be.true;
    expect(await executeServerCommand('bank-count', { path: new URL(frameUrl).pathname })).to.deep.equal({
      count: 1,
    });
  });
});
