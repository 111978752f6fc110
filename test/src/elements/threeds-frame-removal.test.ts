import { expect, oneEvent } from '@open-wc/testing';
import { en } from '../../../src/i18n/en.js';
import {
  bankCount,
  bankFrame,
  begunFrame,
  byId,
  errorCode,
  hasFrame,
  idleFrame,
  newChallenge,
  part,
  say,
  shownFrame,
} from '../../support/browser/threeds-stage.js';

/** The signals of the listeners added to window and document while `act` runs: an aborted one has let go of its own. */
async function signalsOf(act: () => Promise<unknown>): Promise<AbortSignal[]> {
  const signals: AbortSignal[] = [];
  const spied = [window, document].map((target: EventTarget) => {
    const add = target.addEventListener.bind(target);
    target.addEventListener = (type: string, listener: EventListener, options?: AddEventListenerOptions) => {
      if (options?.signal) signals.push(options.signal);
      add(type, listener, options);
    };
    return target;
  });
  await act();
  for (const target of spied) Reflect.deleteProperty(target, 'addEventListener');
  return signals;
}

describe('threeds-frame: removed or moved', () => {
  it('A16 drops every listener when it is removed while open, and says nothing any more', async () => {
    const { frameUrl } = await newChallenge();
    const { element, events } = await idleFrame();
    const signals = await signalsOf(async () => {
      element.frameUrl = frameUrl;
      await oneEvent(element, 'threeds-shown');
    });
    element.remove();
    await element.updateComplete;
    expect(signals).to.have.lengthOf(2);
    expect(signals.every(({ aborted }) => aborted)).to.be.true;
    expect(events).to.deep.equal(['threeds-shown']);
    expect(hasFrame(element)).to.be.false;
  });

  it('A16 drops its listeners also when it left for the bank in the whole window', async () => {
    const { frameUrl } = await newChallenge();
    const { element } = await idleFrame();
    const signals = await signalsOf(async () => {
      Object.assign(element, { frameUrl, presentation: 'redirect' });
      await element.updateComplete;
    });
    element.remove();
    expect(signals).to.have.lengthOf(2);
    expect(signals.every(({ aborted }) => aborted)).to.be.true;
  });

  it('frees the challenge for another element when it is removed', async () => {
    const { frameUrl } = await newChallenge();
    const { element } = await shownFrame({ frameUrl });
    element.remove();
    const { events } = await shownFrame({ frameUrl });
    expect(events).to.deep.equal(['threeds-shown']);
  });

  it('says nothing when it is removed before a refusal could be told', async () => {
    const { element, events } = await idleFrame();
    element.frameUrl = 'nonsense';
    element.remove();
    await element.updateComplete;
    expect(events).to.deep.equal([]);
  });

  it('begins once it is in the page again, when it was told to show while it was not', async () => {
    const { frameUrl } = await newChallenge();
    const { element } = await idleFrame();
    const parent = element.parentElement!;
    element.remove();
    element.frameUrl = frameUrl;
    await element.updateComplete;
    expect(await bankCount(new URL(frameUrl).pathname)).to.equal(0);
    parent.append(element);
    await oneEvent(element, 'threeds-shown');
  });

  it('tells that a move interrupted it, and begins again at the shopper’s word', async () => {
    const { frameUrl, message } = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl });
    const code = errorCode(element);
    const elsewhere = document.createElement('div');
    element.parentElement!.append(elsewhere);
    elsewhere.append(element);
    expect(await code).to.equal('interrupted');
    expect(part(element, 'message')!.textContent).to.equal(en.threedsInterrupted);
    expect(hasFrame(element)).to.be.false;

    expect(byId(element, 'resume').hidden).to.be.false;
    byId(element, 'resume').click();
    await oneEvent(element, 'threeds-shown');
    expect(byId(element, 'resume').hidden).to.be.true;
    await say(bankFrame(element)!, message('returned'));
    expect(events).to.deep.equal(['threeds-shown', 'threeds-error', 'threeds-shown', 'threeds-return']);
  });

  it('is moved without a word when it left for the bank in the whole window', async () => {
    const { frameUrl } = await newChallenge();
    const { element, events } = await begunFrame({ frameUrl, presentation: 'redirect' });
    document.body.append(element);
    await element.updateComplete;
    element.remove();
    expect(events).to.deep.equal([]);
  });

  it('is moved without a word while it is idle', async () => {
    const { element, events } = await idleFrame();
    document.body.append(element);
    await element.updateComplete;
    element.remove();
    expect(events).to.deep.equal([]);
  });
});
