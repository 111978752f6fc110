import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreUnavailableError } from '../../../server-stub/store-unavailable-error.js';
import { intercepting } from '../support/intercepting.js';
import { settled } from '../support/manual-ports.js';
import { cres, newRecord } from '../support/records.js';
import { ORDER, Stage, UNKNOWN } from '../support/stage.js';

const HOUR = 3_600_000;

/** Has the reconciler run while time passes. */
async function running(stage: Stage, ms: number, step = 1_000): Promise<void> {
  const stopping = new AbortController();
  const run = stage.reconciler.run(stopping.signal);
  for (let passed = 0; passed < ms; passed += step) await stage.ports.advance(step);
  stopping.abort();
  await run;
}

test('an unknown payment is asked about until the provider knows', async () => {
  const stage = await Stage.open();
  stage.provider.answers('begin', UNKNOWN);
  const view = await stage.create();
  stage.provider.answers('query', UNKNOWN, { kind: 'pending', why: '' }, { kind: 'approved' });
  await running(stage, 20_000);
  const approved = await stage.look(view.id);
  assert.deepEqual([approved.status, approved.late], ['approved', false]);
  assert.equal(stage.provider.begun.length, 1);
});

test('H17 I13 nobody answers for a day: it stays processing, and a person is told once', async () => {
  const stage = await Stage.open();
  stage.provider.answers('begin', UNKNOWN);
  stage.provider.usual.query = UNKNOWN;
  const view = await stage.create();
  for (let hour = 0; hour < 25; hour += 1) {
    // Each question that is due within the hour is asked in its turn.
    for (let round = 0; round < 9; round += 1) {
      await stage.reconciler.round();
      await stage.ports.advance(HOUR / 9);
    }
  }
  const record = await stage.stored(view.id);
  assert.deepEqual([record.status, record.attention, record.nextCheckAt], ['processing', 'unresolved', null]);
  assert.equal(stage.logged.filter(({ event }) => event === 'payment needs attention').length, 1);
});

test('a payment that the provider does not know fails ten minutes after it was made', async () => {
  const stage = await Stage.open();
  stage.provider.answers('begin', UNKNOWN);
  stage.provider.usual.query = { kind: 'not_found' };
  const view = await stage.create();
  await running(stage, 9 * 60_000, 10_000);
  assert.equal((await stage.look(view.id)).status, 'processing');
  await running(stage, 61_000, 10_000);
  assert.equal((await stage.look(view.id)).status, 'failed');
});

test('H7 a process that died between storing and sending leaves a payment that fails once it must have arrived', async () => {
  const stage = await Stage.open();
  stage.provider.usual.query = { kind: 'not_found' };
  const now = stage.ports.now();
  await stage.store.insert(newRecord({ createdAt: now, nextCheckAt: now + 45_000 }));
  await running(stage, 44_000);
  assert.equal(stage.provider.queried.length, 0);
  await running(stage, 9 * 60_000, 10_000);
  assert.equal((await stage.stored('payment-1')).status, 'processing');
  await running(stage, 61_000, 10_000);
  assert.equal((await stage.stored('payment-1')).status, 'failed');
  assert.equal(stage.provider.begun.length, 0);
});

test('H7 a process that died after sending leaves a payment that is asked about, never sent again', async () => {
  const stage = await Stage.open();
  stage.provider.holds('begin');
  void stage.create();
  await settled();
  const restarted = stage.another([stage.provider]);
  stage.provider.answers('query', { kind: 'approved' });
  await running(stage, 46_000);
  const [record] = await stage.store.findByOrder(ORDER.id);
  assert.equal(record?.status, 'approved');
  assert.equal(stage.provider.begun.length, 1);
  await restarted.stop();
});

test('a server that has its store to itself asks at once about what the last process left', async () => {
  const stage = await Stage.open();
  stage.provider.holds('begin');
  void stage.create();
  await settled();
  await stage.service.adopt();
  stage.provider.answers('query', { kind: 'approved' });
  await stage.reconciler.round();
  assert.equal((await stage.store.findByOrder(ORDER.id))[0]?.status, 'approved');
});

test('an answer that comes when the payment is over makes us ask again', async () => {
  const stage = await Stage.open();
  const release = stage.provider.holds('begin');
  const creating = stage.create();
  await settled();
  stage.provider.answers('query', { kind: 'refused', why: 'never heard of it' }, { kind: 'approved' });
  await stage.ports.advance(45_000);
  await stage.reconciler.round();
  release({ kind: 'approved', providerId: 'key-1' });
  await stage.ports.advance(1_000);
  await creating;
  const [record] = await stage.store.findByOrder(ORDER.id);
  assert.deepEqual(
    [record?.status, record?.attention, record?.providerId],
    ['failed', 'late_approval', 'key-1'],
  );
});

test('H9 two instances that reconcile one payment make one transition', async () => {
  const stage = await Stage.open();
  stage.provider.answers('begin', UNKNOWN);
  const view = await stage.create();
  const other = stage.another([stage.provider]);
  await stage.ports.advance(2_000);
  stage.provider.usual.query = { kind: 'approved' };
  await Promise.all([stage.service.check(view.id), other.check(view.id)]);
  const changes = stage.logged.filter(({ fields }) => fields?.to === 'approved');
  assert.equal(changes.length, 1);
  await other.stop();
});

test('a store that fails for a while does not end the rounds', async () => {
  let broken = true;
  const stage = await Stage.open({
    wrap: (store) =>
      intercepting(store, 'claim', async (claim) => {
        if (broken) throw new StoreUnavailableError('gone');
        return claim();
      }),
  });
  stage.provider.answers('begin', UNKNOWN);
  const view = await stage.create();
  stage.provider.usual.query = { kind: 'approved' };
  await running(stage, 3_000);
  assert.equal((await stage.look(view.id)).status, 'processing');
  broken = false;
  await running(stage, 3_000);
  assert.equal((await stage.look(view.id)).status, 'approved');
});

test('H11 a stop waits for what was begun, and what is unanswered stays processing', async () => {
  const stage = await Stage.open();
  const { view, token } = await stage.challenged();
  const release = stage.provider.holds('complete');
  await stage.service.threedsReturned(token, new URLSearchParams({ cres: cres() }).toString());
  let stopped = false;
  const stopping = stage.service.stop().then(() => (stopped = true));
  await settled();
  assert.equal(stopped, false);
  assert.equal((await stage.stored(view.id)).status, 'processing');
  release({ kind: 'approved' });
  await stopping;
  assert.equal((await stage.stored(view.id)).status, 'approved');
});
