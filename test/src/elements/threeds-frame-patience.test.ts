import { expect } from '@open-wc/testing';
import { FakeClock } from '../../support/browser/fake-clock.js';
import {
  bankCount,
  bankFrame,
  bankRequest,
  begunFrame,
  byId,
  hasFrame,
  newChallenge,
  part,
  say,
  shownFrame,
} from '../../support/browser/threeds-stage.js';

describe('threeds-frame: time', () => {
  let clock: FakeClock;
  beforeEach(() => (clock = new FakeClock()));
  afterEach(() => clock.close());

  it('posts to the bank at once: no timer, no click, no second of its thirty lost', async () => {
    const { acsUrl, bankPath, creq } = await newChallenge();
    await begunFrame({ acsUrl, creq });
    expect((await bankRequest(bankPath)).method).to.equal('POST');
  });

  it('keeps a bank that does not answer for an hour, with the ways out in reach', async () => {
    const { silentUrl, bankPath, creq } = await newChallenge();
    const { element, events } = await begunFrame({ acsUrl: silentUrl, creq });
    const frame = bankFrame(element);
    await bankRequest(bankPath.replace('/acs/', '/silent/'));
    await clock.tick(3_600_000);
    expect(bankFrame(element) === frame).to.be.true;
    expect(events).to.deep.equal([]);
    expect(part(element, 'spinner')!.hidden).to.be.false;
    for (const way of [part(element, 'dialog-cancel')!, byId(element, 'tab')])
      expect(way.checkVisibility()).to.be.true;
    expect(await bankCount(bankPath.replace('/acs/', '/silent/'))).to.equal(1);
  });

  it('keeps a check that is open for longer than the bank’s ten minutes, and hears its end', async () => {
    const challenge = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl: challenge.frameUrl });
    const frame = bankFrame(element)!;
    await clock.tick(3_600_000);
    expect(hasFrame(element)).to.be.true;
    await say(frame, challenge.message('returned'));
    expect(events).to.deep.equal(['threeds-shown', 'threeds-return']);
  });
});
