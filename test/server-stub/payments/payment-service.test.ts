import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settled } from '../support/manual-ports.js';
import { ORDER, REDIRECTED, refused, Stage, UNKNOWN } from '../support/stage.js';
import { ScriptedProvider } from '../support/scripted-provider.js';

describe('an offer', () => {
  test('says what the order costs and how it can be paid', async () => {
    const stage = await Stage.open();
    assert.deepEqual(await stage.service.offer('A-1001'), {
      orderId: 'A-1001',
      description: 'Coffee',
      money: ORDER.money,
      country: 'UA',
      methods: stage.provider.methods(),
    });
    await assert.rejects(stage.service.offer('other'), refused('order_not_found'));
  });

  test('holds no method where nobody takes the currency', async () => {
    const stage = await Stage.open();
    stage.orders.set('U-1', { ...ORDER, id: 'U-1', money: { minor: 1, currency: 'UZS' } });
    assert.deepEqual((await stage.service.offer('U-1')).methods, []);
  });
});

describe('waiting for a payment', () => {
  test('E17 of an unknown id is refused', async () => {
    const stage = await Stage.open();
    await assert.rejects(stage.look('unheard-of'), refused('payment_not_found'));
  });

  test('ends at once when it is final, and when its version is not the one known', async () => {
    const stage = await Stage.open();
    const view = await stage.create();
    assert.deepEqual(await stage.look(view.id, { seconds: 25, after: view.version }), view);
    stage.orders.set('A-2', { ...ORDER, id: 'A-2' });
    stage.provider.answers('begin', UNKNOWN);
    const open = await stage.create({ orderId: 'A-2' });
    assert.deepEqual(await stage.look(open.id, { seconds: 25, after: open.version - 1 }), open);
  });

  test('ends as soon as it changes', async () => {
    const stage = await Stage.open();
    const { view } = await stage.challenged();
    const waiting = stage.look(view.id, { seconds: 20 });
    await settled();
    stage.provider.answers('query', { kind: 'approved' });
    await stage.service.check(view.id);
    assert.equal((await waiting).status, 'approved');
  });

  test('ends with what is known when the time is up', async () => {
    const stage = await Stage.open();
    const { view } = await stage.challenged();
    let done = false;
    const waiting = stage.look(view.id, { seconds: 20 }).finally(() => (done = true));
    await stage.ports.advance(19_999);
    assert.equal(done, false);
    await stage.ports.advance(1);
    assert.deepEqual(await waiting, view);
  });

  test('ends when the page is gone, and when the server stops', async () => {
    const stage = await Stage.open();
    const { view } = await stage.challenged();
    const page = new AbortController();
    const waiting = [page.signal, new AbortController().signal].map((signal) =>
      stage.service.wait(view.id, { seconds: 20, signal }),
    );
    await settled();
    page.abort();
    assert.deepEqual(await waiting[0], view);
    await stage.service.stop();
    assert.deepEqual(await waiting[1], view);
  });

  test('has the provider asked about a redirect or an unknown answer, and the change ends the wait', async () => {
    for (const begun of [REDIRECTED, UNKNOWN]) {
      const stage = await Stage.open();
      stage.provider.answers('begin', begun);
      const view = await stage.create();
      await stage.ports.advance(2_000);
      stage.provider.answers('query', { kind: 'pending', why: '' }, { kind: 'approved' });
      const waiting = stage.look(view.id, { seconds: 20, after: (await stage.stored(view.id)).version });
      await stage.ports.advance(4_000);
      assert.equal((await waiting).version > view.version, true);
    }
  });

  test('asks less often the longer the shopper stays on the provider’s page', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', REDIRECTED);
    const view = await stage.create();
    const asked = async () => {
      const before = stage.provider.queried.length;
      const end = stage.ports.now() + 20_000;
      const page = async () => {
        while (stage.ports.now() < end) await stage.look(view.id, { seconds: 20 });
      };
      const staying = page();
      await stage.ports.advance(40_000);
      await staying;
      return stage.provider.queried.length - before;
    };
    const early = await asked();
    await stage.ports.advance(10 * 60_000);
    const late = await asked();
    assert.ok(early > 2 * late, `${early}, ${late}`);
    assert.ok(late <= 4, String(late));
  });

  test('asks nothing about a challenge: only the shopper can move it', async () => {
    const stage = await Stage.open();
    const { view } = await stage.challenged();
    await stage.look(view.id);
    await settled();
    assert.equal(stage.provider.queried.length, 0);
  });

  test('G12 asks at most once a second, however many look', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', REDIRECTED);
    const view = await stage.create();
    for (let tenth = 0; tenth < 30; tenth += 1) {
      await Promise.all(Array.from({ length: 5 }, () => stage.look(view.id)));
      await stage.ports.advance(100);
    }
    assert.ok(stage.provider.queried.length >= 3, String(stage.provider.queried.length));
    assert.ok(stage.provider.queried.length <= 4, String(stage.provider.queried.length));
  });
});

describe('cancelling', () => {
  test('asks the provider first, and an approval wins', async () => {
    const stage = await Stage.open();
    const { view } = await stage.challenged();
    stage.provider.answers('query', { kind: 'approved' });
    const cancelled = await stage.service.cancel(view.id);
    assert.deepEqual([cancelled.status, cancelled.late], ['approved', false]);
  });

  test('ends what the shopper was to do, also where the provider does not answer', async () => {
    for (const result of [{ kind: 'pending', why: '' } as const, UNKNOWN]) {
      const stage = await Stage.open();
      const { view } = await stage.challenged();
      stage.provider.answers('query', result);
      const cancelled = await stage.service.cancel(view.id);
      assert.deepEqual([cancelled.status, cancelled.action], ['cancelled', null]);
    }
  });

  test('cannot call back what was sent', async () => {
    const stage = await Stage.open();
    const release = stage.provider.holds('begin');
    const creating = stage.create();
    await settled();
    const { id } = (await stage.store.findByOrder('A-1001'))[0] ?? { id: '' };
    assert.equal((await stage.service.cancel(id)).status, 'processing');
    assert.equal(stage.provider.queried.length, 0);
    release({ kind: 'approved' });
    assert.equal((await creating).status, 'approved');
  });

  test('a final payment changes nothing', async () => {
    const stage = await Stage.open();
    const view = await stage.create();
    assert.deepEqual(await stage.service.cancel(view.id), view);
    assert.equal(stage.provider.queried.length, 0);
  });

  test('is followed by questions, so that a late approval is found', async () => {
    const stage = await Stage.open();
    const { view } = await stage.challenged();
    await stage.service.cancel(view.id);
    stage.provider.answers('query', { kind: 'approved' });
    await stage.ports.advance(2_000);
    await stage.reconciler.round();
    const late = await stage.look(view.id);
    assert.deepEqual([late.status, late.late], ['approved', true]);
    assert.equal((await stage.stored(view.id)).attention, 'late_approval');
    const told = stage.logged.filter(({ event }) => event === 'payment needs attention');
    assert.equal(told.length, 1);
  });
});

describe('callbacks', () => {
  test('make us ask, and only the answer counts', async () => {
    const stage = await Stage.open();
    const { view } = await stage.challenged();
    const { reference } = await stage.stored(view.id);
    stage.provider.answers('query', { kind: 'declined', reason: 'other' });
    assert.deepEqual(await stage.service.callback('scripted', `hint ${reference} APPROVED`), {
      status: 200,
      text: 'OK',
    });
    await settled();
    assert.equal((await stage.look(view.id)).status, 'declined');
  });

  test('may name the payment as the provider does', async () => {
    const stage = await Stage.open();
    const { view } = await stage.challenged();
    stage.provider.answers('query', { kind: 'approved' });
    await stage.service.callback('scripted', 'hint key-1');
    await settled();
    assert.equal((await stage.look(view.id)).status, 'approved');
  });

  test('G1 badly signed are refused and have no effect', async () => {
    const stage = await Stage.open();
    await stage.challenged();
    assert.deepEqual(await stage.service.callback('scripted', 'forged'), { status: 403, text: 'ERROR' });
    assert.equal(stage.provider.queried.length, 0);
  });

  test('G7 of an unknown payment, or of none, are answered like any other', async () => {
    const stage = await Stage.open();
    for (const body of ['hint unheard-of', 'ignored'])
      assert.deepEqual(await stage.service.callback('scripted', body), { status: 200, text: 'OK' });
    await assert.rejects(stage.service.callback('unheard-of', 'ignored'), refused('not_found'));
  });

  test('G4 a thousand times make one transition and few questions', async () => {
    const stage = await Stage.open();
    const { view } = await stage.challenged();
    const { reference } = await stage.stored(view.id);
    stage.provider.usual.query = { kind: 'approved' };
    for (let time = 0; time < 1_000; time += 1) await stage.service.callback('scripted', `hint ${reference}`);
    await stage.ports.advance(5_000);
    assert.ok(stage.provider.queried.length <= 2, String(stage.provider.queried.length));
    const changes = stage.logged.filter(({ fields }) => fields?.to === 'approved');
    assert.equal(changes.length, 1);
    assert.equal((await stage.look(view.id)).late, false);
  });

  test('G8 before the provider’s status follows leave the payment on its schedule', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', UNKNOWN);
    const view = await stage.create();
    await stage.ports.advance(1_999);
    const { reference } = await stage.stored(view.id);
    await stage.service.callback('scripted', `hint ${reference} APPROVED`);
    assert.equal((await stage.look(view.id)).status, 'processing');
    stage.provider.answers('query', { kind: 'approved' });
    await stage.ports.advance(1);
    await Promise.all([stage.reconciler.round(), stage.ports.advance(1_000)]);
    assert.equal((await stage.look(view.id)).status, 'approved');
  });

  test('G15 are answered before the provider has answered', async () => {
    const stage = await Stage.open();
    const { view } = await stage.challenged();
    const release = stage.provider.holds('query');
    const { reference } = await stage.stored(view.id);
    assert.equal((await stage.service.callback('scripted', `hint ${reference}`)).status, 200);
    release({ kind: 'approved' });
  });

  test('while our own call is under way wait for its answer', async () => {
    const stage = await Stage.open();
    const release = stage.provider.holds('begin');
    const creating = stage.create();
    await settled();
    await stage.service.callback('scripted', `hint ${stage.provider.begun[0]?.reference}`);
    await settled();
    assert.equal(stage.provider.queried.length, 0);
    release({ kind: 'approved' });
    assert.equal((await creating).status, 'approved');
  });

  test('of a payment that is over find a late approval, even after the process died', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', { kind: 'declined', reason: 'other' });
    const view = await stage.create();
    const { reference } = await stage.stored(view.id);
    stage.provider.answers('query', UNKNOWN, { kind: 'approved' });
    await stage.service.callback('scripted', `hint ${reference}`);
    await stage.ports.advance(2_000);
    await stage.reconciler.round();
    const late = await stage.look(view.id);
    assert.deepEqual([late.status, late.late, late.decline], ['approved', true, null]);
  });

  test('of an approved payment that the provider takes back need a person, and change nothing', async () => {
    const stage = await Stage.open();
    const view = await stage.create();
    const { reference } = await stage.stored(view.id);
    stage.provider.answers('query', { kind: 'declined', reason: 'other' });
    await stage.service.callback('scripted', `hint ${reference}`);
    await settled();
    assert.equal((await stage.look(view.id)).status, 'approved');
    assert.equal((await stage.stored(view.id)).attention, 'mismatch');
  });
});

test('a payment of a provider that was switched off stays as it is and is asked about later', async () => {
  const stage = await Stage.open();
  const { view } = await stage.challenged();
  class Other extends ScriptedProvider {
    override readonly name = 'other';
  }
  const service = stage.another([new Other()]);
  await stage.ports.advance(2_000);
  await service.check(view.id);
  const record = await stage.stored(view.id);
  assert.deepEqual([record.status, record.checks], ['requires_action', 1]);
  await service.stop();
});
