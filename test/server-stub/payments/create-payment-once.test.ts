import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { StoreUnavailableError } from '../../../server-stub/store-unavailable-error.js';
import { intercepting } from '../support/intercepting.js';
import { settled } from '../support/manual-ports.js';
import { CHALLENGED, REDIRECTED, refused, Stage, UNKNOWN } from '../support/stage.js';

describe('E20 the same key', () => {
  test('with the same request is given the same answer, though the payment has moved on', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', REDIRECTED);
    const key = stage.nextKey();
    const first = await stage.create({}, key);
    stage.provider.answers('query', { kind: 'approved' });
    await stage.service.check(first.id);
    assert.deepEqual(await stage.create({}, key), first);
    assert.equal(stage.provider.begun.length, 1);
  });

  test('with another request is refused', async () => {
    const stage = await Stage.open();
    const key = stage.nextKey();
    await stage.create({}, key);
    await assert.rejects(stage.create({ locale: 'en' }, key), refused('idempotency_mismatch'));
  });

  test('while the first request runs is refused, and creates nothing', async () => {
    const stage = await Stage.open();
    const key = stage.nextKey();
    const release = stage.provider.holds('begin');
    const first = stage.create({}, key);
    await settled();
    const others = await Promise.allSettled(Array.from({ length: 49 }, () => stage.create({}, key)));
    assert.ok(others.every(({ status }) => status === 'rejected'));
    release({ kind: 'approved' });
    assert.equal((await first).status, 'approved');
    assert.equal(stage.provider.begun.length, 1);
  });

  test('after the process died without an answer finds the payment it created', async () => {
    const stage = await Stage.open();
    stage.provider.holds('begin');
    const key = stage.nextKey();
    void stage.create({}, key);
    await settled();
    await stage.ports.advance(44_999);
    await assert.rejects(stage.create({}, key), refused('in_progress'));
    await stage.ports.advance(1);
    const again = await stage.create({}, key);
    assert.equal(again.status, 'processing');
    assert.equal(stage.provider.begun.length, 1);
  });

  test('is answered by the payment itself once the challenge in its answer was erased', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', CHALLENGED);
    const key = stage.nextKey();
    const first = await stage.create({}, key);
    assert.deepEqual(await stage.create({}, key), first);
    const cancelled = await stage.service.cancel(first.id);
    assert.deepEqual(await stage.create({}, key), cancelled);
    assert.equal((await stage.stored(first.id)).answer, null);
  });

  test('that comes twice at once does not push its own payment aside', async () => {
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    let looks = 0;
    const stage = await Stage.open({
      wrap: (store) =>
        intercepting(store, 'findByKey', async (find) => {
          const found = await find();
          // The first to look goes on when the second has its challenge.
          looks += 1;
          if (looks === 1) await held;
          return found;
        }),
    });
    stage.provider.answers('begin', CHALLENGED);
    const key = stage.nextKey();
    const slow = stage.create({}, key);
    await settled();
    const view = await stage.create({}, key);
    goOn();
    await assert.rejects(slow, refused('in_progress'));
    assert.equal((await stage.look(view.id)).status, 'requires_action');
  });

  test('when the answer cannot be written down is told that the payment is under way', async () => {
    const stage = await Stage.open({
      wrap: (store) =>
        intercepting(store, 'compareAndSet', () =>
          Promise.reject(new StoreUnavailableError('the disk is full')),
        ),
    });
    const view = await stage.create();
    assert.equal(view.status, 'processing');
    assert.equal(stage.provider.begun.length, 1);
  });

  test('tells a reloaded page which payment it created', async () => {
    const stage = await Stage.open();
    const key = stage.nextKey();
    const view = await stage.create({}, key);
    assert.equal((await stage.service.findByKey(key)).id, view.id);
    await assert.rejects(stage.service.findByKey('unheard-of-key-1'), refused('payment_not_found'));
  });
});

describe('an order is paid once', () => {
  test('H102 a payment that slept with its machine before it was sent is not sent when it wakes', async () => {
    const stage = await Stage.open({
      wrap: (store) =>
        intercepting(store, 'insert', async (insert) => {
          const inserted = await insert();
          await stage.ports.leap(20 * 60_000);
          return inserted;
        }),
    });
    const view = await stage.create();
    assert.equal(view.status, 'failed');
    assert.equal(stage.provider.begun.length, 0);
  });

  test('a paid order refuses another payment', async () => {
    const stage = await Stage.open();
    await stage.create();
    await assert.rejects(stage.create(), refused('already_paid'));
    assert.equal(stage.provider.begun.length, 1);
  });

  test('two tabs that click at once make one payment', async () => {
    const stage = await Stage.open();
    const release = stage.provider.holds('begin');
    const both = [stage.create(), stage.create()].map((create) => create.then(String, refused('order_busy')));
    await settled();
    release({ kind: 'approved' });
    await Promise.all(both);
    assert.equal(stage.provider.begun.length, 1);
  });

  test('while an earlier payment is unknown, the provider is asked and the order stays busy', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', UNKNOWN);
    await stage.create();
    await stage.ports.advance(2_000);
    await assert.rejects(stage.create(), refused('order_busy'));
    assert.equal(stage.provider.queried.length, 1);
    assert.equal(stage.provider.begun.length, 1);
  });

  test('an earlier payment that turns out approved is found before anybody pays again', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', UNKNOWN);
    const first = await stage.create();
    await stage.ports.advance(2_000);
    stage.provider.answers('query', { kind: 'approved' });
    await assert.rejects(stage.create(), refused('already_paid'));
    assert.equal((await stage.look(first.id)).status, 'approved');
  });

  test('an earlier payment that turns out declined makes way', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', UNKNOWN);
    await stage.create();
    await stage.ports.advance(2_000);
    stage.provider.answers('query', { kind: 'declined', reason: 'other' });
    assert.equal((await stage.create()).status, 'approved');
  });

  test('a failed payment makes way, even where its provider had answered oddly', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', { kind: 'unknown', why: 'odd', sent: true, attention: 'mismatch' });
    const { id } = await stage.create();
    await stage.ports.advance(2_000);
    stage.provider.answers('query', { kind: 'refused', why: 'no token' });
    assert.equal((await stage.create()).status, 'approved');
    const failed = await stage.stored(id);
    assert.deepEqual([failed.status, failed.attention], ['failed', 'mismatch']);
  });

  test('a failed payment that its provider approved after all is not paid twice', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', { kind: 'refused', why: 'wrong field' });
    const { id } = await stage.create();
    stage.provider.answers('query', { kind: 'approved' });
    await stage.service.check(id);
    await assert.rejects(stage.create(), refused('already_paid'));
    assert.equal(stage.provider.begun.length, 1);
  });

  test('a challenge that the shopper left is given up for the new attempt, once the provider was asked', async () => {
    const stage = await Stage.open();
    const { view } = await stage.challenged();
    const second = await stage.create();
    assert.equal(second.status, 'approved');
    assert.equal(stage.provider.queried.length, 1);
    assert.equal((await stage.look(view.id)).status, 'cancelled');
  });

  test('a challenge that was approved meanwhile is not paid twice', async () => {
    const stage = await Stage.open();
    await stage.challenged();
    stage.provider.answers('query', { kind: 'approved' });
    await assert.rejects(stage.create(), refused('already_paid'));
    assert.equal(stage.provider.begun.length, 1);
  });

  test('a late approval of a given-up payment is found before anybody pays again', async () => {
    const stage = await Stage.open();
    const { view } = await stage.challenged();
    await stage.service.cancel(view.id);
    stage.provider.answers('query', { kind: 'approved' });
    const again = stage.create();
    await Promise.all([stage.ports.advance(1_000), assert.rejects(again, refused('already_paid'))]);
    assert.deepEqual(
      [(await stage.look(view.id)).late, (await stage.stored(view.id)).attention],
      [true, 'late_approval'],
    );
  });
});
