import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { FAULTS, FaultyOperation, type FaultName } from '../../../../demo/sandbox/faults/fault.js';
import { Chance, Plan } from '../../../../demo/sandbox/faults/plan.js';
import { ORDER, signed, startMerchant, type Merchant } from '../merchant.js';
import { bodyOf, merchant_id, order, suffered } from './buyer.js';

let merchant: Merchant;
before(async () => {
  merchant = await startMerchant();
});
after(() => merchant.close());
beforeEach(async () => {
  await merchant.control('reset', { method: 'POST' });
});

/** Asks twenty times for the status of an order that nobody knows, and resolves to the faults in the journal. */
async function askTwentyTimes(): Promise<(string | undefined)[]> {
  for (let call = 0; call < 20; call += 1) {
    const body = new URLSearchParams(signed({ merchant_id, order_id: 'nobody' }, ORDER));
    // What comes of a call is not the question: some are cut off.
    await fetch(`${merchant.sandbox.url}/procard/api/check`, { method: 'POST', body }).catch(() => undefined);
  }
  return suffered(merchant);
}

describe('a plan', () => {
  const plan = {
    seed: 42,
    rate: 0.5,
    operations: ['check'],
    faults: ['html', 'http_500', 'answer_lost'],
  };

  it('spoils the same calls in the same ways after a reset', async () => {
    await order(merchant, plan);
    const first = await askTwentyTimes();
    await merchant.control('reset', { method: 'POST' });
    await order(merchant, plan);
    assert.deepEqual(await askTwentyTimes(), first);
    assert.deepEqual(
      new Set(first),
      new Set([undefined, 'html', 'http_500', 'answer_lost']),
      'all of them occur',
    );
  });

  it('spoils others with another seed', async () => {
    await order(merchant, plan);
    const first = await askTwentyTimes();
    await merchant.control('reset', { method: 'POST' });
    await order(merchant, { ...plan, seed: 43 });
    assert.notDeepEqual(await askTwentyTimes(), first);
  });

  it('starts from the first call when it is ordered again', async () => {
    await order(merchant, plan);
    const first = await askTwentyTimes();
    await order(merchant, plan);
    assert.deepEqual((await askTwentyTimes()).slice(20), first);
  });

  it('is over after a reset', async () => {
    await order(merchant, { ...plan, rate: 1 });
    await merchant.control('reset', { method: 'POST' });
    assert.deepEqual(new Set(await askTwentyTimes()), new Set([undefined]));
  });

  it('spoils every call at rate 1, none at rate 0, and leaves other operations alone', async () => {
    await order(merchant, { ...plan, rate: 1, faults: ['html'] });
    assert.deepEqual(new Set(await askTwentyTimes()), new Set(['html']));
    await order(merchant, { ...plan, rate: 0 });
    assert.deepEqual(new Set((await askTwentyTimes()).slice(20)), new Set([undefined]));
    await order(merchant, { ...plan, rate: 1, operations: ['auth', 'status'] });
    assert.deepEqual(new Set((await askTwentyTimes()).slice(40)), new Set([undefined]));
  });

  it('yields to a fault that was ordered by name, and counts its call all the same', async () => {
    await order(merchant, plan);
    const planned = await askTwentyTimes();
    await order(merchant, plan);
    await order(merchant, { operation: 'check', fault: 'truncated_json', times: 2 });
    assert.deepEqual(
      (await askTwentyTimes()).slice(20),
      ['truncated_json', 'truncated_json'].concat(planned.slice(2) as string[]),
    );
  });

  it('is answered with what it means in full', async () => {
    const answer = await bodyOf(await order(merchant, { seed: 'any text', rate: 0.2 }));
    const notDecided = (Object.keys(FAULTS) as FaultName[]).filter(
      (name) => FAULTS[name].family !== 'decision',
    );
    assert.deepEqual(answer, {
      seed: 'any text',
      rate: 0.2,
      operations: FaultyOperation.options,
      faults: notDecided,
    });
  });

  for (const [wrong, why] of [
    [{ seed: 1 }, /^rate: /],
    [{ seed: 1, rate: 1.1 }, /^rate: /],
    [{ seed: 1.5, rate: 1 }, /^seed: /],
    [{ seed: 1, rate: 1, faults: ['decline'] }, /^faults\.0: /],
    [{ seed: 1, rate: 1, operations: ['pay'] }, /^operations\.0: /],
    [{ seed: 1, rate: 1, operation: 'check' }, /^body: .*"operation"/],
  ] as const) {
    it(`is refused as ${JSON.stringify(wrong)}`, async () => {
      const response = await order(merchant, wrong);
      assert.equal(response.status, 400);
      const { error } = (await response.json()) as { error: string[] };
      assert.match(error.join('\n'), why);
    });
  }
});

describe('chance', () => {
  const operation = fc.constantFrom(...FaultyOperation.options);
  const seed = fc.oneof(fc.integer(), fc.string());

  it('draws the same for the nth call of an operation, whatever was called between', () => {
    fc.assert(
      fc.property(seed, fc.array(operation, { maxLength: 60 }), (given, calls) => {
        const plan = Plan.parse({ seed: given, rate: 0.5 });
        const mixed = new Chance(plan);
        const drawn = calls.map((name) => ({ name, fault: mixed.draw(name)?.fault }));
        for (const name of FaultyOperation.options) {
          const alone = new Chance(plan);
          const among = drawn.filter((one) => one.name === name);
          assert.deepEqual(
            among.map(() => alone.draw(name)?.fault),
            among.map(({ fault }) => fault),
          );
        }
      }),
    );
  });

  it('draws for each operation by itself', () => {
    const chance = new Chance(Plan.parse({ seed: 42, rate: 0.5, faults: ['html'] }));
    const failing = (name: FaultyOperation) =>
      Array.from({ length: 40 }, () => chance.draw(name) !== undefined);
    assert.notDeepEqual(failing('check'), failing('status'));
  });

  it('fails about as often as the rate says, and with every kind that fits the operation and no other', () => {
    fc.assert(
      fc.property(seed, fc.double({ min: 0, max: 1, noNaN: true }), operation, (given, rate, name) => {
        const chance = new Chance(Plan.parse({ seed: given, rate }));
        const drawn = Array.from({ length: 1000 }, () => chance.draw(name)?.fault);
        const faults = drawn.filter((fault) => fault !== undefined);
        // Six standard deviations: once in a thousand million seeds.
        assert.ok(Math.abs(faults.length - 1000 * rate) <= 6 * Math.sqrt(1000 * rate * (1 - rate)) + 1);
        for (const fault of faults) assert.ok((FAULTS[fault].operations as readonly string[]).includes(name));
        const fitting = chance.plan.faults.filter((kind) =>
          (FAULTS[kind].operations as readonly string[]).includes(name),
        );
        if (rate > 0.5) assert.deepEqual(new Set(faults), new Set(fitting));
      }),
    );
  });
});
