import { expect, oneEvent } from '@open-wc/testing';
import type { ThreedsErrorCode } from '../../../src/elements/threeds-events.js';
import { en } from '../../../src/i18n/en.js';
import { axeProblemsInBothSchemes } from '../../support/browser/axe.js';
import {
  begunFrame,
  errorCode,
  idleFrame,
  newChallenge,
  part,
  refusedFrame,
  shownFrame,
  type StayingThreedsFrame,
} from '../../support/browser/threeds-stage.js';

type Arrange = () => Promise<StayingThreedsFrame>;

const shown =
  (presentation: 'modal' | 'inline' = 'modal', windowSize = '02') =>
  async () =>
    (await shownFrame({ frameUrl: (await newChallenge()).frameUrl, presentation, windowSize })).element;

const STATES: Record<string, Arrange> = {
  'not begun': async () => (await idleFrame()).element,
  opening: async () => (await begunFrame({ frameUrl: (await newChallenge()).frameUrl })).element,
  'open in a dialog': shown(),
  'open in the page': shown('inline'),
  'open over the whole screen': shown('modal', '05'),
  'asking whether to stop': async () => {
    const element = await shown()();
    part(element, 'dialog')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', cancelable: true }));
    await element.updateComplete;
    return element;
  },
  'closed by the browser': async () => {
    const element = await shown()();
    const dialog = part(element, 'dialog') as HTMLDialogElement;
    const closed = oneEvent(dialog, 'close');
    dialog.close();
    await closed;
    await element.updateComplete;
    return element;
  },
};

/** Every code has its row: without one this does not compile. */
const REFUSALS: Record<ThreedsErrorCode, Arrange> = {
  invalid_url: async () => (await refusedFrame({ frameUrl: 'javascript:parent.owned=1' })).element,
  invalid_challenge: async () => {
    const { acsUrl } = await newChallenge();
    return (await refusedFrame({ acsUrl, creq: '' })).element;
  },
  blocked_by_policy: async () => {
    const { element } = await shownFrame({ frameUrl: (await newChallenge()).frameUrl });
    Object.assign(element, { visit: () => false });
    const code = errorCode(element);
    element.openInTop();
    await code;
    return element;
  },
  already_active: async () => {
    const { frameUrl } = await newChallenge();
    await shownFrame({ frameUrl, presentation: 'inline' });
    return (await refusedFrame({ frameUrl })).element;
  },
  interrupted: async () => {
    const { element } = await shownFrame({
      frameUrl: (await newChallenge()).frameUrl,
      presentation: 'inline',
    });
    const code = errorCode(element);
    element.parentElement!.append(element);
    await code;
    return element;
  },
  // The check goes on out of sight, and is as it was when the page shows it again.
  not_visible: async () => {
    const { element } = await idleFrame({ presentation: 'inline' });
    const page = element.parentElement!;
    page.hidden = true;
    const code = errorCode(element);
    element.frameUrl = (await newChallenge()).frameUrl;
    await code;
    page.hidden = false;
    return element;
  },
};

describe('every state of the bank’s check, for everybody', () => {
  for (const [state, arrange] of Object.entries({ ...STATES, ...REFUSALS })) {
    it(`passes axe on light and dark pages: threeds-frame, ${state}`, async () => {
      const element = await arrange();
      element.locale = 'uk';
      await element.updateComplete;
      expect(await axeProblemsInBothSchemes(element)).to.deep.equal([]);
    });
  }

  it('says what went wrong in the alert that was there before', async () => {
    const { element } = await idleFrame();
    const alert = element.shadowRoot!.querySelector('[role=alert]')!;
    expect(alert.textContent).to.equal('');
    element.frameUrl = 'nonsense';
    await errorCode(element);
    expect(alert.textContent).to.equal(en.threedsBlocked);
  });
});
