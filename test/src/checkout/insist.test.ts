import { expect } from '@open-wc/testing';
import { insist, pause } from '../../../src/checkout/insist.js';
import type { Answer } from '../../../src/checkout/merchant-client.js';
import { Wake } from '../../../src/checkout/wake.js';
import { FakeClock, settled } from '../../support/browser/fake-clock.js';

const unknown: Answer<string> = { kind: 'unknown', code: 'network' };

describe('insisting on an answer', () => {
  let clock: FakeClock;
  let ending: AbortController;
  let wake: Wake;
  beforeEach(() => {
    clock = new FakeClock();
    ending = new AbortController();
    wake = new Wake(ending.signal);
  });
  afterEach(() => {
    ending.abort();
    clock.close();
  });

  /** Notes when it was asked, in milliseconds from now. */
  function asking(answer: (woken: AbortSignal) => Answer<string> | Promise<Answer<string>> = () => unknown) {
    const start = performance.now();
    const times: number[] = [];
    let troubles = 0;
    const ask = async (woken: AbortSignal) => {
      times.push(performance.now() - start);
      return answer(woken);
    };
    const settledWith = insist({ signal: ending.signal, wake }, ask, () => (troubles += 1));
    return { times, settledWith, troubles: () => troubles };
  }

  it('asks after 1, 2, 4 and 8 s more, then every 15 s', async () => {
    const { times, troubles } = asking();
    await clock.tick(60_000);
    expect(times).to.deep.equal([0, 1_000, 3_000, 7_000, 15_000, 30_000, 45_000, 60_000]);
    expect(troubles()).to.equal(8);
  });

  it('asks at once when the page wakes up, and is patient from the beginning again', async () => {
    const { times } = asking();
    await clock.tick(20_000);
    wake.call();
    await clock.tick(3_000);
    expect(times.slice(5)).to.deep.equal([20_000, 21_000, 23_000]);
  });

  it('asks again without a pause, and without a word of trouble, where it was woken while it asked', async () => {
    const answers = [until, (): Answer<string> => ({ kind: 'ok', value: 'there' })];
    const { times, troubles } = asking((woken) => answers.shift()!(woken));
    await clock.tick(5_000);
    wake.call();
    await settled();
    expect(times).to.deep.equal([0, 5_000]);
    expect(troubles()).to.equal(0);
  });

  it('answers nothing once nobody wants to know, whatever the server said', async () => {
    const { settledWith } = asking((woken) => until(woken, { kind: 'ok', value: 'too late' }));
    await settled();
    ending.abort();
    expect(await settledWith).to.equal(undefined);
  });

  it('asks nothing where nobody wants to know from the start', async () => {
    ending.abort();
    const { settledWith, times } = asking();
    expect(await settledWith).to.equal(undefined);
    expect(times).to.have.length(0);
  });

  it('does not pause at a signal that is aborted, and leaves no timer', async () => {
    await pause(1_000, AbortSignal.abort());
    expect(clock.pending).to.equal(0);
  });

  it('listens to a signal for no longer than it pauses', async () => {
    const { signal } = new AbortController();
    const listeners = new Set<string>();
    signal.addEventListener = (type: string) => void listeners.add(type);
    signal.removeEventListener = (type: string) => void listeners.delete(type);
    const paused = pause(1_000, signal);
    expect([...listeners]).to.deep.equal(['abort']);
    await clock.tick(1_000);
    await paused;
    expect([...listeners]).to.deep.equal([]);
  });
});

/** An answer that comes as the request is broken off. */
function until(woken: AbortSignal, answer: Answer<string> = unknown): Promise<Answer<string>> {
  return new Promise((resolve) => woken.addEventListener('abort', () => resolve(answer)));
}
