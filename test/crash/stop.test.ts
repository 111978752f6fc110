import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { post } from '../demo/faults/buyer.js';
import { buy } from './buyer.js';
import { assertWell, quiet } from './crash.js';
import { openSite, type Site } from './site.js';

const LIMIT = { timeout: 300_000 };
/** H11: by its own clock, after 25 s at the latest, when it leaves with code 1 what has not ended. */
const ENDED = { code: 0, signal: null };
const LEFT = { code: 1, signal: null };

/** A server whose provider has the purchase, and says nothing for a while. */
async function stopped(
  fault: object,
  signal: AbortSignal,
  stop: (site: Site, server: Awaited<ReturnType<Site['start']>>) => Promise<void>,
): Promise<void> {
  const site = await openSite();
  signal.addEventListener('abort', () => void site.close());
  try {
    await post(`${site.sandbox.url}/control/faults`, { operation: 'GooglePayPurchase', ...fault });
    const server = await site.start();
    const shopper = buy(site, 'Google Pay');
    while (!site.sandbox.received.some(({ body }) => body.includes('GooglePayPurchase'))) await pause(10);
    await stop(site, server);
    const [then] = await site.left();
    const heir = await site.start();
    await shopper;
    const now = await quiet(site, signal);
    assert.equal((await heir.stop()).code, 0);
    const ending = fault && 'fault' in fault && fault.fault === 'no_answer' ? 'failed' : 'approved';
    await assertWell(site, { way: 'Google Pay', ending, then, now });
  } finally {
    await site.close();
  }
}

describe('a server that is told to stop during a purchase', { concurrency: true }, () => {
  it('H11 waits for the answer, and ends', LIMIT, ({ signal }) =>
    stopped({ fault: 'slow', seconds: 2 }, signal, async (_, server) => {
      assert.deepEqual(await server.stop(), ENDED);
      assert.match(server.output(), /"to":"approved"/);
    }),
  );

  it('H11 ends in time where no answer comes', LIMIT, ({ signal }) =>
    stopped({ fault: 'no_answer' }, signal, async (site, server) => {
      assert.deepEqual(await server.stop(), ENDED);
      assert.equal((await site.left())[0]?.status, 'processing');
    }),
  );

  it('H11 ends in time where the answer drips', LIMIT, ({ signal }) =>
    stopped({ fault: 'slow_drip', seconds: 60 }, signal, async (site, server) => {
      assert.deepEqual(await server.stop(), LEFT);
      assert.equal((await site.left())[0]?.status, 'processing');
    }),
  );

  it('K17 may be killed while it waits', LIMIT, ({ signal }) =>
    stopped({ fault: 'slow_drip', seconds: 60 }, signal, async (site, server) => {
      const end = server.stop();
      while (await isListening(site.url)) await pause(10);
      await server.kill();
      assert.equal((await end).signal, 'SIGKILL');
      assert.equal((await site.left())[0]?.status, 'processing');
    }),
  );
});

async function isListening(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    () => true,
    () => false,
  );
}
