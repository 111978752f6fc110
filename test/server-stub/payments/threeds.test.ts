import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CHALLENGE_1, CHALLENGE_2, cres } from '../support/records.js';
import { settled } from '../support/manual-ports.js';
import { Stage, UNKNOWN } from '../support/stage.js';

const returned = (parts: Record<string, unknown> = {}) =>
  new URLSearchParams({ cres: cres(parts) }).toString();

describe('the page of a challenge', () => {
  test('is open while the bank waits, and over afterwards', async () => {
    const stage = await Stage.open();
    const { view, token } = await stage.challenged();
    const shopReturn = `https://shop.example/checkout?step=pay&payment=${view.id}`;
    const open = { kind: 'open', token, challenge: CHALLENGE_2, shopReturn };
    assert.deepEqual(await stage.service.threedsPage(token), open);
    assert.deepEqual(await stage.service.threedsPage(token), open);
    await stage.service.cancel(view.id);
    assert.deepEqual(await stage.service.threedsPage(token), { kind: 'over', token, shopReturn });
  });

  test('is unknown for a token of nobody', async () => {
    const stage = await Stage.open();
    assert.deepEqual(await stage.service.threedsPage('unheard-of'), { kind: 'unknown' });
  });
});

describe('a bank’s return', () => {
  test('finishes 3-D Secure after processing is durable, and the page is answered before', async () => {
    const stage = await Stage.open();
    const { view, token } = await stage.challenged();
    const release = stage.provider.holds('complete');
    assert.equal((await stage.service.threedsReturned(token, returned())).kind, 'over');
    const record = await stage.stored(view.id);
    assert.equal(record.status, 'processing');
    assert.ok(record.action?.type === 'threeds' && record.action.returned);
    assert.deepEqual(stage.provider.completed[0]?.returned, { version: 2, cres: cres() });
    assert.equal(stage.provider.completed[0].attempt.providerId, 'key-1');
    release({ kind: 'approved' });
    await settled();
    assert.equal((await stage.look(view.id)).status, 'approved');
  });

  test('of 3-D Secure 1 is passed on as it came', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', { kind: 'challenge', challenge: CHALLENGE_1 });
    const view = await stage.create();
    assert.ok(view.action?.type === 'threeds');
    assert.deepEqual(view.action.fields, {
      PaReq: CHALLENGE_1.PaReq,
      MD: CHALLENGE_1.MD,
      TermUrl: `${view.action.frameUrl}/return`,
    });
    const form = new URLSearchParams({ PaRes: 'eJz+/w==', MD: CHALLENGE_1.MD });
    await stage.service.threedsReturned(view.action.id, form.toString());
    await settled();
    assert.deepEqual(stage.provider.completed[0]?.returned, {
      version: 1,
      PaRes: 'eJz+/w==',
      MD: CHALLENGE_1.MD,
    });
  });

  test('F3 a hundred times finishes 3-D Secure once', async () => {
    const stage = await Stage.open();
    const { view, token } = await stage.challenged();
    const replies = await Promise.all(
      Array.from({ length: 100 }, () => stage.service.threedsReturned(token, returned())),
    );
    assert.ok(replies.every(({ kind }) => kind === 'over'));
    await settled();
    await stage.service.threedsReturned(token, returned({ transStatus: 'N' }));
    await settled();
    assert.equal(stage.provider.completed.length, 1);
    assert.equal((await stage.look(view.id)).status, 'approved');
  });

  test('F1 with right ids under a wrong token changes nothing', async () => {
    const stage = await Stage.open();
    const { view } = await stage.challenged();
    assert.deepEqual(await stage.service.threedsReturned('unheard-of', returned()), { kind: 'unknown' });
    assert.deepEqual(await stage.look(view.id), view);
  });

  test('F8 F10 that does not belong to the challenge changes nothing and asks nothing', async () => {
    const stage = await Stage.open();
    const { view, token } = await stage.challenged();
    for (const form of ['', 'cres=abc', returned({ acsTransID: 'other' }), 'PaRes=abc&MD='])
      assert.equal((await stage.service.threedsReturned(token, form)).kind, 'over');
    await settled();
    assert.deepEqual(await stage.look(view.id), view);
    assert.equal(stage.provider.completed.length + stage.provider.queried.length, 0);
  });

  test('F5 F6 with an error or another transStatus makes us ask, and finishes nothing', async () => {
    for (const parts of [{ transStatus: 'U' }, { messageType: 'Erro', transStatus: undefined }]) {
      const stage = await Stage.open();
      const { view, token } = await stage.challenged();
      stage.provider.answers('query', { kind: 'declined', reason: 'authentication_failed' });
      await stage.service.threedsReturned(token, returned(parts));
      await settled();
      assert.equal(stage.provider.completed.length, 0);
      assert.equal((await stage.look(view.id)).status, 'declined');
    }
  });

  test('M10 with transStatus Y is not paid until the provider says so', async () => {
    const stage = await Stage.open();
    const { view, token } = await stage.challenged();
    stage.provider.answers('complete', { kind: 'declined', reason: 'insufficient_funds' });
    await stage.service.threedsReturned(token, returned({ transStatus: 'Y' }));
    await settled();
    assert.equal((await stage.look(view.id)).status, 'declined');
  });

  test('F15 after the payment is over changes nothing', async () => {
    const stage = await Stage.open();
    const { view, token } = await stage.challenged();
    const cancelled = await stage.service.cancel(view.id);
    const asked = stage.provider.queried.length;
    for (const form of [returned(), returned({ messageType: 'Erro' })])
      assert.equal((await stage.service.threedsReturned(token, form)).kind, 'over');
    await stage.ports.advance(1_000);
    assert.deepEqual(await stage.look(view.id), cancelled);
    assert.equal(stage.provider.completed.length, 0);
    assert.equal(stage.provider.queried.length, asked);
  });

  test('F20 whose completion is not answered leaves the payment processing, and it is not repeated', async () => {
    const stage = await Stage.open();
    const { view, token } = await stage.challenged();
    stage.provider.answers('complete', UNKNOWN);
    await stage.service.threedsReturned(token, returned());
    await settled();
    assert.equal((await stage.look(view.id)).status, 'processing');
    await stage.service.threedsReturned(token, returned());
    stage.provider.answers('query', { kind: 'approved' });
    await stage.ports.advance(2_000);
    await stage.reconciler.round();
    assert.equal((await stage.look(view.id)).status, 'approved');
    assert.equal(stage.provider.completed.length, 1);
  });

  test('wins against a question that was asked before it and is answered after it', async () => {
    const stage = await Stage.open();
    const { view, token } = await stage.challenged();
    const answer = stage.provider.holds('query');
    const asking = stage.service.check(view.id);
    await settled();
    const complete = stage.provider.holds('complete');
    await stage.service.threedsReturned(token, returned());
    answer({ kind: 'pending', why: 'the bank is asked' });
    await asking;
    complete({ kind: 'approved' });
    await settled();
    assert.equal((await stage.look(view.id)).status, 'approved');
  });
});
