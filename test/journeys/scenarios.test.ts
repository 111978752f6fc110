import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SCENARIOS } from '../../demo/sandbox/scenarios.js';
import { payAs } from '../support/shopper.js';
import { endingWords } from '../support/words.js';
import { startWorld, type World } from '../support/world.js';

/** What the browser itself complains about, where that is part of the scenario. */
const COMPLAINTS: Record<string, RegExp> = {
  'threeds2-top-window': /^Unsafe attempt to initiate navigation .* is sandboxed/,
};

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

for (const scenario of SCENARIOS) {
  test(`${scenario.title} ends as ${scenario.final}, in the right words`, async () => {
    const shopper = await world.shopper();
    const product = scenario.provider === 'procard' ? 'A-1001' : 'U-2001';
    const earlier = await world.captures();
    await shopper.order(product);

    await payAs(shopper.page, scenario);

    await shopper.status(endingWords(scenario.final, scenario.declineReason));
    const payment = await shopper.payment();
    assert.equal(payment.status, scenario.final);
    if (scenario.receipt) await shopper.page.locator('pay-button a[part~="receipt"]').waitFor();

    const captured = (await world.captures()).slice(earlier.length);
    assert.equal(captured.length, scenario.final === 'approved' ? 1 : 0, 'captures at the provider');
    const expected = COMPLAINTS[scenario.id];
    assert.deepEqual(
      shopper.complaints.filter((complaint) => !expected?.test(complaint)),
      [],
    );
    await shopper.context.close();
  });
}
