import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { SCENARIOS } from '../../demo/sandbox/scenarios.js';
import { launchChromium } from '../support/chromium.js';
import { payAs } from '../support/shopper.js';
import { endingWords } from '../support/words.js';
import { startWorld } from '../support/world.js';

/** What the browser itself complains about, where that is part of the scenario. */
const COMPLAINTS: Record<string, RegExp> = {
  'threeds2-top-window': /^Unsafe attempt to initiate navigation .* is sandboxed/,
};

/** Most of their time goes by in waiting. */
const AT_ONCE = 4;

describe('every scenario of the sandbox, through the widget', { concurrency: AT_ONCE }, () => {
  let shared: Browser;
  before(async () => void (shared = await launchChromium()));
  after(() => shared.close());

  for (const scenario of SCENARIOS) {
    it(`${scenario.title} ends as ${scenario.final}, in the right words`, async (t) => {
      const world = await startWorld({ shared });
      t.after(() => world.close());
      const shopper = await world.shopper();
      await shopper.order(scenario.provider === 'procard' ? 'A-1001' : 'U-2001');

      await payAs(shopper.page, scenario);

      await shopper.status(endingWords(scenario.final, scenario.declineReason));
      const payment = await shopper.payment();
      assert.equal(payment.status, scenario.final);
      if (scenario.receipt) await shopper.page.locator('pay-button a[part~="receipt"]').waitFor();

      assert.equal(
        (await world.captures()).length,
        scenario.final === 'approved' ? 1 : 0,
        'captures at the provider',
      );
      const expected = COMPLAINTS[scenario.id];
      assert.deepEqual(
        shopper.complaints.filter((complaint) => !expected?.test(complaint)),
        [],
      );
      await shopper.context.close();
    });
  }
});
