import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Outbox, type Listener } from '../../../server-stub/merchant/outbox.js';
import { Stage } from '../support/stage.js';

async function told(listeners: Listener[]) {
  const stage = await Stage.open();
  stage.provider.answers('begin', { kind: 'approved' });
  const { id } = await stage.create();
  const outbox = new Outbox({ store: stage.store, listeners, ports: stage.ports, log: stage.log });
  return { stage, id, outbox };
}

test('an event is delivered once, with the payment as it ended', async () => {
  const bodies: string[] = [];
  const { outbox, id } = await told([async ({ body }) => bodies.push(body) > 0]);
  assert.equal(await outbox.round(), 1);
  assert.equal(await outbox.round(), 0);
  assert.equal(bodies.length, 1);
  const event = JSON.parse(bodies[0] ?? '') as { type: string; data: { payment: { id: string } } };
  assert.deepEqual([event.type, event.data.payment.id], ['payment.approved', id]);
});

test('an event that did not arrive comes again, with the same id, later and later, and is given up in the end', async () => {
  const ids: string[] = [];
  const attempts: number[] = [];
  const { stage, outbox } = await told([
    async ({ id }) => {
      ids.push(id);
      attempts.push(stage.ports.now());
      throw new Error('no connection');
    },
  ]);
  for (let round = 0; round < 12; round++) {
    await outbox.round();
    await stage.ports.advance(24 * 3_600_000);
  }
  assert.equal(attempts.length, 10);
  assert.equal(new Set(ids).size, 1);
  assert.ok(stage.logged.some(({ event }) => event === 'merchant could not be told'));
});

test('the pause before the second attempt is five seconds, before the third five minutes', async () => {
  let attempts = 0;
  const { stage, outbox } = await told([async () => ++attempts < 0]);
  await outbox.round();
  await stage.ports.advance(4_999);
  await outbox.round();
  assert.equal(attempts, 1);
  await stage.ports.advance(1);
  await outbox.round();
  assert.equal(attempts, 2);
  await stage.ports.advance(299_999);
  await outbox.round();
  assert.equal(attempts, 2);
  await stage.ports.advance(1);
  await outbox.round();
  assert.equal(attempts, 3);
});

test('an event has arrived when everybody was told', async () => {
  const heard = { first: 0, second: 0 };
  const { stage, outbox } = await told([async () => ++heard.first > 0, async () => ++heard.second > 1]);
  await outbox.round();
  await stage.ports.advance(5_000);
  await outbox.round();
  await stage.ports.advance(300_000);
  assert.equal(await outbox.round(), 0);
  assert.deepEqual(heard, { first: 2, second: 2 });
});

test('a server that stops lets the attempt end, and begins no other', async () => {
  const stopping = new AbortController();
  let release = (): void => undefined;
  const { outbox, stage } = await told([() => new Promise((resolve) => (release = () => resolve(true)))]);
  let ended = false;
  const running = outbox.run(stopping.signal).then(() => (ended = true));
  await stage.ports.advance(0);
  stopping.abort();
  await stage.ports.advance(0);
  assert.equal(ended, false);
  release();
  await running;
  assert.deepEqual(await stage.store.claimEvents(stage.ports.now() + 3_600_000, Infinity, 10), []);
});
