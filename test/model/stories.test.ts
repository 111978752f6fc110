import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { openDatabase } from '../simulation/database.js';
import { cres } from '../server-stub/support/records.js';
import { CALM } from './bank.js';
import { Model } from './model.js';
import { World } from './world.js';

// Short stories that runs with known bugs were shrunk to. Whoever is first at each step is still left to the scheduler.

const KEY = 'key-of-a-first-click';
/** From the first look for the key to the answer that is stored. */
const STEPS_OF_A_PURCHASE = 10;

const database = await openDatabase();
after(() => database.close());

const scheduler = fc.scheduler({ act: (run) => run().then(() => setImmediate()) });

/** Tells a story many times, in other orders. The bank approves at once where the story does not say otherwise. */
async function tell(
  story: (world: World, turns: fc.Scheduler, model: Model) => Promise<void>,
  numRuns = 30,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(scheduler, async (turns) => {
      await database.clear();
      const model = new Model();
      const world = new World(model, database, turns);
      world.bank.mood = { ...CALM, purchase: 'approved' };
      await story(world, turns, model);
      await world.quieten();
      model.assertHeld();
    }),
    { numRuns },
  );
}

for (let steps = 0; steps <= STEPS_OF_A_PURCHASE; steps += 1) {
  test(`a server that dies after step ${steps} of a purchase leaves one payment at most, and it ends rightly`, () =>
    tell(async (world, turns, model) => {
      world.create(0, 'order-0', KEY, 'google-pay');
      await turns.waitNext(steps);
      world.crash(0, 0);
      world.create(1, 'order-0', KEY, 'google-pay');
      await turns.waitIdle();
      assert.ok(model.watch.payments.size <= 1);
    }, 3));
}

test('two tabs that pay one order at once take its price once', () =>
  tell(async (world, turns, model) => {
    world.create(0, 'order-0', KEY, 'google-pay');
    world.create(1, 'order-0', 'key-of-another-tab', 'google-pay');
    await turns.waitIdle();
    assert.equal(model.ledger.captures.length, 1);
  }));

test('F3 a CRes that comes twice at once, to two servers, finishes 3-D Secure once', () =>
  tell(async (world, turns, model) => {
    world.bank.mood = CALM;
    world.create(0, 'order-0', KEY, 'google-pay');
    await turns.waitIdle();
    const [payment] = model.watch.payments.values();
    assert.equal(payment?.action?.type, 'threeds');
    const { token } = payment.action;
    const form = new URLSearchParams({ cres: cres() }).toString();
    for (const at of [0, 1] as const) world.ask(at, (service) => service.threedsReturned(token, form));
    await turns.waitIdle();
    assert.deepEqual([...model.ledger.completionsSent.values()], [1]);
  }));

test('an approval that comes after the shopper has cancelled is kept as late, and the merchant hears both', () =>
  tell(async (world, turns, model) => {
    world.create(0, 'order-0', KEY, 'hosted-page');
    await turns.waitIdle();
    const [payment] = model.watch.payments.values();
    assert.ok(payment);
    world.ask(1, (service) => service.cancel(payment.id));
    await turns.waitIdle();
    world.bank.decides(payment.reference, 'approved');
    await world.quieten();
    assert.equal(model.watch.payments.get(payment.id)?.late, true);
    assert.deepEqual(model.merchant.endingsOf(payment.id), ['cancelled', 'approved']);
  }));
