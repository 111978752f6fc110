import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { FAULTS } from '../../demo/sandbox/faults/fault.js';
import { SCENARIOS } from '../../demo/sandbox/scenarios.js';
import { systemPorts, type Ports } from '../../server-stub/payments/ports.js';
import { launchChromium } from '../support/chromium.js';
import { impatienceAt } from '../support/impatience.js';
import { chooseProviderPage, payAs } from '../support/shopper.js';
import { endingWords } from '../support/words.js';
import { startWorld } from '../support/world.js';

const AT_ONCE = 4;
const MINUTE = 60_000;

/** The scenario that uses an operation; all of these end as approved where nothing goes wrong. */
const SCENARIO: Record<string, string> = {
  GooglePayPurchase: 'google-pay-approved',
  Complete3DS: 'threeds2-passed',
  check: 'threeds2-passed',
  Purchase: 'procard-page',
  procard_callback: 'procard-page',
  auth: 'uzcard-approved',
  create: 'uzcard-approved',
  status: 'uzcard-approved',
  globalpay_callback: 'uzcard-approved',
};

interface Ordered {
  fault: string;
  [parameter: string]: unknown;
}

/**
 * What the shopper sees in the end where one fault, alone, befalls one call. Every kind of fault is here, where it
 * matters most; every kind on every operation, without a browser, is in test/demo/faults. `minutes`: until then the
 * shopper reads that the result is being checked.
 */
const JOURNEYS: readonly [operation: string, ordered: Ordered, ending: string, minutes?: number][] = [
  ['GooglePayPurchase', { fault: 'down' }, 'failed', 10],
  ['GooglePayPurchase', { fault: 'no_answer' }, 'failed', 10],
  ['GooglePayPurchase', { fault: 'slow', seconds: 1 }, 'approved'],
  ['GooglePayPurchase', { fault: 'slow_drip', seconds: 20 }, 'approved'],
  ['GooglePayPurchase', { fault: 'answer_lost' }, 'approved'],
  ['GooglePayPurchase', { fault: 'reset' }, 'approved'],
  ['GooglePayPurchase', { fault: 'html' }, 'approved'],
  ['GooglePayPurchase', { fault: 'http_500' }, 'approved'],
  ['GooglePayPurchase', { fault: 'truncated_json' }, 'approved'],
  ['GooglePayPurchase', { fault: 'wrong_types' }, 'approved'],
  ['GooglePayPurchase', { fault: 'duplicate_keys' }, 'approved'],
  ['GooglePayPurchase', { fault: 'clock_shift' }, 'approved'],
  ['GooglePayPurchase', { fault: 'reject', code: -4 }, 'failed'],
  ['GooglePayPurchase', { fault: 'decline', reason: 76 }, 'declined insufficient_funds'],
  ['GooglePayPurchase', { fault: 'pending', status: 'NEEDS-CLARIFICATION' }, 'approved'],

  ['Complete3DS', { fault: 'down' }, 'declined other', 16], // ProcardPay waits a quarter of an hour for it
  ['Complete3DS', { fault: 'answer_lost' }, 'approved'],
  ['Complete3DS', { fault: 'pending', status: 'ON-PAYMENT' }, 'approved'],
  ['check', { fault: 'html' }, 'approved'],
  ['check', { fault: 'reject', code: -10 }, 'approved'],

  ['Purchase', { fault: 'slow', seconds: 1 }, 'approved'],
  ['Purchase', { fault: 'answer_lost' }, 'failed'],
  ['Purchase', { fault: 'decline', reason: 'Do not honour' }, 'declined other'],
  ['procard_callback', { fault: 'callback_lost' }, 'approved'],
  ['procard_callback', { fault: 'callback_late' }, 'approved'],
  ['procard_callback', { fault: 'callback_early' }, 'approved'],
  ['procard_callback', { fault: 'callback_repeated' }, 'approved'],
  ['procard_callback', { fault: 'callback_unsigned' }, 'approved'],
  ['procard_callback', { fault: 'callback_forged' }, 'approved'],
  ['procard_callback', { fault: 'callback_trimmed' }, 'approved'],

  ['auth', { fault: 'http_500' }, 'failed'],
  ['create', { fault: 'answer_lost' }, 'approved'],
  ['create', { fault: 'html' }, 'failed'],
  ['create', { fault: 'decline', reason: 'INSUFFICIENT_FUNDS' }, 'declined insufficient_funds'],
  ['create', { fault: 'pending', status: 'VALIDATE' }, 'approved'],
  ['status', { fault: 'http_500' }, 'approved'],
  ['globalpay_callback', { fault: 'callback_early' }, 'approved'],
  ['globalpay_callback', { fault: 'callback_forged' }, 'approved'],
];

describe('a fault, alone, leads through the widget', { concurrency: AT_ONCE }, () => {
  let shared: Browser;
  before(async () => {
    shared = await launchChromium();
  });
  after(() => shared.close());

  for (const [operation, ordered, ending, minutes = 0] of JOURNEYS) {
    const parameters = Object.values(ordered).join(' ');
    it(`${parameters} on ${operation}: ${ending}${minutes ? ` after ${minutes} minutes` : ''}`, async (t) => {
      const time = { ahead: 0 };
      const ports: Ports = { ...systemPorts, now: () => Date.now() + time.ahead };
      const world = await startWorld({
        shared,
        ports,
        ...impatienceAt(ordered.fault),
      });
      t.after(() => world.close());
      const scenario = SCENARIOS.find(({ id }) => id === SCENARIO[operation]) ?? assert.fail(operation);
      await world.fault({ operation, ...ordered });
      const shopper = await world.shopper();
      await shopper.order(scenario.provider === 'procard' ? 'A-1001' : 'U-2001');

      // Where no page of the provider's comes, there is nothing more for the shopper to do.
      if (scenario.method === 'hosted-page' && ending === 'failed') await chooseProviderPage(shopper.page);
      else await payAs(shopper.page, scenario);
      if (minutes > 0) {
        await shopper.status(/^Checking your payment/);
        assert.equal((await shopper.payment()).status, 'processing');
        time.ahead = minutes * MINUTE;
      }

      await shopper.status(endingWords(...(ending.split(' ') as [string, string?])));
      assert.equal((await world.captures()).length, ending === 'approved' ? 1 : 0, 'captures');
      for (const purchase of ['GooglePayPurchase', 'Purchase', 'Complete3DS'])
        assert.ok((await world.received(purchase)) <= 1, `${purchase} was sent again`);
      assert.deepEqual(await world.faultsLeft(), [], 'the fault happened');
      assert.deepEqual(shopper.complaints, []);
      await shopper.context.close();
    });
  }

  it('whatever the sandbox can do', () => {
    assert.deepEqual(new Set(JOURNEYS.map(([, { fault }]) => fault)), new Set(Object.keys(FAULTS)));
  });
});
