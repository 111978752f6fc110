import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ProviderResult } from '../../../server-stub/providers/provider.js';
import type { PaymentStore } from '../../../server-stub/store/payment-store.js';
import { codeOf, Instances, viewOf, type Answer, type Instance } from '../support/instances.js';
import { CHALLENGE_2, cres } from '../support/records.js';
import { BODY, CHALLENGED, ORDER, REDIRECTED } from '../support/stage.js';

const KEY = 'Idempotency_Key-01';
const DAY = 24 * 60 * 60 * 1_000;

/**
 * What the same request is answered when it comes again: to the instance that had it, to another one, after a restart.
 * `database` makes an empty one, and gives a way to connect to it.
 */
export function idempotencySuite(name: string, database: () => Promise<() => Promise<PaymentStore>>): void {
  const check = (
    sentence: string,
    body: (stage: Instances, here: Instance, beside: Instance) => Promise<void>,
  ): void =>
    void test(sentence, async () => {
      const stage = new Instances(await database());
      try {
        await body(stage, await stage.start(), await stage.start());
      } finally {
        await stage.killAll();
      }
    });

  /** The same answer, to the byte, wherever and whenever the request comes again. */
  const assertAgain = async (stage: Instances, expected: Answer, ...instances: Instance[]) => {
    assert.equal(expected.status, 201);
    const restarted = await stage.start();
    for (const instance of [...instances, restarted]) assert.deepEqual(await instance.create(KEY), expected);
    await restarted.kill();
  };

  describe(`${name}: the same request`, () => {
    check('is given the same bytes, though the payment has moved on', async (stage, here, beside) => {
      stage.provider.answers('begin', REDIRECTED);
      const first = await here.create(KEY);
      await assertAgain(stage, first, here, beside);
      stage.provider.answers('query', { kind: 'approved', receiptUrl: 'https://receipt.example/1' });
      await stage.ports.advance(DAY);
      assert.equal((await beside.service.check(viewOf(first).id))?.status, 'approved');
      await assertAgain(stage, first, here, beside);
      assert.equal(stage.provider.begun.length, 1);
    });

    const outcomes: Record<string, ProviderResult> = {
      'an approval': { kind: 'approved', receiptUrl: 'https://receipt.example/1' },
      'a decline': { kind: 'declined', reason: 'insufficient_funds', providerCode: '51' },
      'a refusal': { kind: 'refused', why: 'wrong field' },
      'no answer': { kind: 'unknown', why: 'no answer', sent: true },
      'no connection': { kind: 'unknown', why: 'no connection', sent: false },
    };
    for (const [outcome, result] of Object.entries(outcomes))
      check(`is given the same bytes after ${outcome}`, async (stage, here, beside) => {
        stage.provider.answers('begin', result);
        await assertAgain(stage, await here.create(KEY), here, beside);
        assert.equal(stage.provider.begun.length, 1);
      });

    check('is the same in another order of its members', async (stage, here, beside) => {
      const first = await here.create(KEY);
      const turned = Object.fromEntries(Object.entries(BODY).reverse());
      assert.deepEqual(await beside.create(KEY, turned), first);
      assert.equal(stage.provider.begun.length, 1);
    });

    check('is answered 409 while the first one runs, wherever it comes', async (stage, here, beside) => {
      const { first, release } = await held(stage, here);
      for (const instance of [here, beside]) {
        const again = await instance.create(KEY);
        assert.equal(again.status, 409);
        assert.equal(codeOf(again), 'in_progress');
        assert.match(again.retryAfter ?? '', /^[1-9]\d*$/);
      }
      release({ kind: 'approved' });
      await assertAgain(stage, await first, here, beside);
      assert.equal(stage.provider.begun.length, 1);
    });

    check('fifty times at once makes one payment', async (stage, here, beside) => {
      const all = await Promise.all(
        Array.from({ length: 50 }, (_, turn) => (turn % 2 ? here : beside).create(KEY)),
      );
      const made = all.filter(({ status }) => status === 201);
      const others = all.filter(({ status }) => status !== 201);
      assert.ok(made[0]);
      for (const other of others) assert.deepEqual([other.status, codeOf(other)], [409, 'in_progress']);
      assert.equal(new Set(made.map(({ text }) => text)).size, 1);
      await assertAgain(stage, made[0], here, beside);
      assert.equal(stage.provider.begun.length, 1);
      assert.equal((await here.store.findByOrder(ORDER.id)).length, 1);
    });

    check('after its server was killed finds the payment, and nothing is sent again', async (...all) => {
      const [stage, here, beside] = all;
      await held(stage, here);
      await here.kill();
      assert.equal((await beside.create(KEY)).status, 409);
      await stage.ports.advance(45_000);
      const again = await beside.create(KEY);
      assert.deepEqual([again.status, viewOf(again).status], [201, 'processing']);
      stage.provider.answers('query', { kind: 'approved' });
      await beside.reconciler.round();
      const paid = await beside.create(KEY);
      assert.equal(viewOf(paid).status, 'approved');
      await assertAgain(stage, paid, beside);
      assert.equal(stage.provider.begun.length, 1);
    });

    check('is answered by how it ended, where that was found out before the answer came', async (...all) => {
      const [stage, here, beside] = all;
      const { first, release } = await held(stage, here);
      await stage.ports.advance(45_000);
      stage.provider.usual.query = { kind: 'approved' };
      await beside.reconciler.round();
      release({ kind: 'declined', reason: 'other' });
      assert.equal(viewOf(await first).status, 'approved');
      await assertAgain(stage, await first, here, beside);
    });
  });

  describe(`${name}: a key`, () => {
    check('refuses another request, running and done', async (stage, here, beside) => {
      const other = { ...BODY, locale: 'en' };
      const { first, release } = await held(stage, here);
      assert.equal((await beside.create(KEY, other)).status, 422);
      release({ kind: 'approved' });
      await first;
      for (const instance of [here, beside, await stage.start()]) {
        const refused = await instance.create(KEY, other);
        assert.deepEqual([refused.status, codeOf(refused)], [422, 'idempotency_mismatch']);
      }
      assert.equal(stage.provider.begun.length, 1);
    });

    check('stays free where the request was refused', async (stage, here, beside) => {
      const paidElsewhere = { ...ORDER, id: 'A-2' };
      stage.orders.set('A-2', paidElsewhere);
      await here.create('another-key-of-A-2', { ...BODY, orderId: 'A-2' });
      const refusals: [unknown, number][] = [
        ['{"orderId":', 400],
        [{ ...BODY, browser: undefined }, 400],
        [{ ...BODY, returnUrl: 'https://elsewhere.example/' }, 400],
        [{ ...BODY, orderId: 'A-404' }, 404],
        [{ ...BODY, expected: { minor: 1, currency: 'UAH' } }, 409],
        [{ ...BODY, orderId: 'A-2' }, 409],
        [{ ...BODY, method: { type: 'hosted-page' } }, 422],
      ];
      for (const [body, status] of refusals) assert.equal((await here.create(KEY, body)).status, status);
      assert.equal(await here.store.findByKey(KEY), undefined);
      await assertAgain(stage, await beside.create(KEY), here, beside);
    });

    check('is compared exactly', async (stage, here) => {
      const alike = [
        KEY.toLowerCase(),
        KEY.toUpperCase(),
        `${KEY}-`,
        KEY.slice(0, -1),
        KEY.replace('_', 'x'),
      ];
      for (const [number, key] of [KEY, ...alike].entries()) {
        const order = { ...ORDER, id: `B-${number}` };
        stage.orders.set(order.id, order);
        assert.equal((await here.create(key, { ...BODY, orderId: order.id })).status, 201, key);
      }
      assert.equal(stage.provider.begun.length, 1 + alike.length);
      assert.equal((await here.service.findByKey(KEY)).orderId, 'B-0');
    });

    check('is kept for more than a month', async (stage, here, beside) => {
      stage.provider.answers('begin', { kind: 'declined', reason: 'other', mayStillApprove: true });
      const first = await here.create(KEY);
      for (let day = 0; day < 40; day += 1) {
        await stage.ports.advance(DAY);
        await beside.reconciler.round();
      }
      await assertAgain(stage, first, here, beside);
      assert.equal((await here.create(KEY, { ...BODY, locale: 'en' })).status, 422);
    });
  });

  describe(`${name}: an answer that held a challenge`, () => {
    check('is given again while the bank waits, then how the payment ended', async (...all) => {
      const [stage, here, beside] = all;
      stage.provider.answers('begin', CHALLENGED);
      const first = await here.create(KEY);
      await assertAgain(stage, first, here, beside);

      const { id, action: challenge } = viewOf(first);
      await here.service.threedsReturned(challenge?.id ?? '', `cres=${cres()}`);
      await approved(here, id);
      const ended = await beside.create(KEY);
      const { status, action } = viewOf(ended);
      assert.deepEqual([status, action], ['approved', null]);
      assert.ok(!ended.text.includes(CHALLENGE_2.creq));
      await assertAgain(stage, ended, here, beside);
      assert.equal((await beside.create(KEY, { ...BODY, locale: 'en' })).status, 422);
      assert.equal(stage.provider.begun.length, 1);
    });

    check('is given again while 3-D Secure is being finished, and opens nothing', async (...all) => {
      const [stage, here, beside] = all;
      stage.provider.answers('begin', CHALLENGED);
      const first = await here.create(KEY);
      const release = stage.provider.holds('complete');
      const token = viewOf(first).action?.id ?? '';
      await here.service.threedsReturned(token, `cres=${cres()}`);
      assert.deepEqual(await beside.create(KEY), first);
      assert.equal((await beside.service.threedsPage(token)).kind, 'over');
      release({ kind: 'approved' });
    });
  });

  describe(`${name}: callbacks`, () => {
    check('the same one is kept once, wherever and however late it comes again', async (...all) => {
      const [stage, here, beside] = all;
      await here.create(KEY);
      const reference = stage.provider.begun[0]?.reference ?? '';
      const sent = (rawBody: string, ...instances: Instance[]) =>
        Promise.all(instances.map((instance) => instance.callback(rawBody)));
      const results = () =>
        stage.logged.flatMap(({ event, fields }) => (event === 'callback' ? [fields?.result] : []));

      const pairs = Array.from({ length: 25 }, () => [here, beside]).flat();
      const answers = await sent(`hint ${reference}`, ...pairs);
      assert.ok(answers.every(({ status, text }) => status === 200 && text === 'OK'));
      await stage.ports.advance(40 * DAY);
      await sent(`hint ${reference}`, await stage.start());
      assert.equal(results().filter((result) => result === 'accepted').length, 1);
      assert.equal(results().filter((result) => result === 'repeated').length, 50);

      await sent(`hint ${reference} again`, beside);
      assert.equal(results().at(-1), 'accepted');
    });
  });
}

/** A request whose provider has been called and does not answer until it is released. */
async function held(stage: Instances, instance: Instance) {
  const release = stage.provider.holds('begin');
  const called = stage.provider.nextBegin();
  const first = instance.create(KEY);
  await called;
  return { first, release };
}

async function approved(instance: Instance, id: string): Promise<void> {
  const { signal } = new AbortController();
  for (let after = 0, status = ''; status !== 'approved';)
    ({ version: after, status } = await instance.service.wait(id, { seconds: 25, after, signal }));
}
