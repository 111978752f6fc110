import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UnrepresentableError } from '../../../server-stub/providers/provider.js';
import type { PaymentStore } from '../../../server-stub/store/payment-store.js';
import { StoreUnavailableError } from '../../../server-stub/store-unavailable-error.js';
import { intercepting } from '../support/intercepting.js';
import { settled } from '../support/manual-ports.js';
import { BODY, CHALLENGED, ORDER, refused, SITE, Stage, UNKNOWN } from '../support/stage.js';

/** The store, with one method that fails. */
function failing(store: PaymentStore, method: keyof PaymentStore): PaymentStore {
  return intercepting(store, method, () => Promise.reject(new StoreUnavailableError('the disk is full')));
}

describe('a payment is created', () => {
  test('and approved at once', async () => {
    const stage = await Stage.open();
    const view = await stage.create();
    assert.deepEqual(view, {
      id: view.id,
      orderId: 'A-1001',
      money: ORDER.money,
      status: 'approved',
      method: 'google-pay',
      action: null,
      decline: null,
      receiptUrl: null,
      late: false,
      version: 2,
    });
  });

  test('I5 and is durably processing before the provider is called', async () => {
    const stage = await Stage.open();
    const release = stage.provider.holds('begin');
    const creating = stage.create();
    await settled();
    const reference = stage.provider.begun[0]?.reference ?? '';
    const record = await stage.store.findByReference('scripted', reference);
    assert.equal(record?.status, 'processing');
    release({ kind: 'approved' });
    assert.equal((await creating).status, 'approved');
  });

  test('and the provider is given the order’s price, our addresses and the request’s facts', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', CHALLENGED);
    const view = await stage.create();
    const attempt = stage.provider.begun[0];
    assert.ok(attempt && view.action);
    assert.deepEqual(attempt.order, ORDER);
    assert.deepEqual(attempt.money, ORDER.money);
    assert.deepEqual(attempt.payWith, BODY.method);
    assert.equal(attempt.browser.ip, '203.0.113.7');
    assert.deepEqual(attempt.urls, {
      callback: `${SITE.publicUrl}/pay/callbacks/scripted`,
      threedsReturn: `${SITE.publicUrl}/pay/3ds/${view.action.id}/return`,
      shopReturn: `https://shop.example/checkout?step=pay&payment=${view.id}`,
    });
    assert.match(attempt.reference, /^[A-Za-z0-9_-]{1,64}$/);
    assert.notEqual(attempt.reference, view.id);
  });

  test('and a challenge comes with everything that either way of showing it needs', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', CHALLENGED);
    const { status, action } = await stage.create();
    assert.equal(status, 'requires_action');
    assert.ok(CHALLENGED.kind === 'challenge' && CHALLENGED.challenge.version === 2);
    assert.deepEqual(action, {
      type: 'threeds',
      id: action?.id,
      version: 2,
      frameUrl: `${SITE.publicUrl}/pay/3ds/${action?.id}`,
      acsUrl: CHALLENGED.challenge.acsUrl,
      fields: { creq: CHALLENGED.challenge.creq },
      windowSize: '03',
    });
  });

  test('and a challenge whose bank stands on our own origin reaches no browser', async () => {
    const stage = await Stage.open();
    assert.ok(CHALLENGED.kind === 'challenge');
    for (const acsUrl of ['https://pay.example/x', 'https://shop.example/x']) {
      stage.provider.answers('begin', { ...CHALLENGED, challenge: { ...CHALLENGED.challenge, acsUrl } });
      stage.orders.set(acsUrl, { ...ORDER, id: acsUrl });
      const view = await stage.create({ orderId: acsUrl });
      assert.equal(view.status, 'processing');
      assert.equal((await stage.stored(view.id)).attention, 'mismatch');
    }
  });

  test('and C1 no answer leaves it processing; the purchase is never sent again', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', UNKNOWN);
    const view = await stage.create();
    assert.equal(view.status, 'processing');
    for (let round = 0; round < 10; round += 1) {
      await stage.ports.advance(60_000);
      await stage.reconciler.round();
    }
    assert.equal(stage.provider.begun.length, 1);
    assert.ok(stage.provider.queried.length > 0);
  });

  test('and an adapter that fails leaves it processing', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', Promise.reject(new TypeError('bug')));
    assert.equal((await stage.create()).status, 'processing');
    assert.ok(stage.logged.some(({ event }) => event === 'provider adapter failed'));
  });
});

describe('a payment is refused with nothing stored or sent', () => {
  test('for an order that does not exist', async () => {
    const stage = await Stage.open();
    await assert.rejects(stage.create({ orderId: 'other' }), refused('order_not_found'));
    assert.equal(stage.provider.begun.length, 0);
  });

  test('E1 when the page showed another amount or currency', async () => {
    const stage = await Stage.open();
    const wrong = [
      { minor: 1, currency: 'UAH' },
      { minor: 12_500, currency: 'UZS' },
    ] as const;
    for (const expected of wrong)
      await assert.rejects(stage.create({ expected }), refused('amount_mismatch'));
    assert.deepEqual(await stage.store.findByOrder('A-1001'), []);
    assert.equal(stage.provider.begun.length, 0);
  });

  test('D18 when nobody takes the order’s currency, or not by this method', async () => {
    const stage = await Stage.open();
    stage.orders.set('U-1', { ...ORDER, id: 'U-1', money: { minor: 1, currency: 'UZS' } });
    const inUzs = { orderId: 'U-1', expected: { minor: 1, currency: 'UZS' } } as const;
    await assert.rejects(stage.create(inUzs), refused('method_unavailable'));
    const method = { type: 'hosted-page' } as const;
    await assert.rejects(stage.create({ method }), refused('method_unavailable'));
  });

  test('E14 when the way back does not lead to a shop of ours', async () => {
    const stage = await Stage.open();
    const evil = [
      '//evil.example',
      'https://good@evil.example',
      'https://shop.example@evil.example/',
      'https://shop.example.evil.example/',
      'https://ⓢhop.example/',
      'http://shop.example/',
      'javascript:alert(1)',
      'https://shop.example/\n',
    ];
    for (const returnUrl of evil)
      await assert.rejects(stage.create({ returnUrl }), refused('invalid_request', /^returnUrl/));
    assert.equal(stage.provider.begun.length, 0);
    const own = await stage.create({ returnUrl: 'https://pay.example/checkout' });
    assert.equal(own.status, 'approved');
  });

  test('when the provider cannot be sent what the order holds', async () => {
    const stage = await Stage.open();
    stage.provider.assertRepresentable = () => {
      throw new UnrepresentableError('description', 'holds a semicolon');
    };
    await assert.rejects(stage.create(), refused('unrepresentable', /^description holds/));
  });

  test('and the same key may then be used for a better request', async () => {
    const stage = await Stage.open();
    const key = stage.nextKey();
    await assert.rejects(stage.create({ orderId: 'other' }, key), refused('order_not_found'));
    assert.equal((await stage.create({}, key)).status, 'approved');
  });

  test('when it cannot be written down', async () => {
    for (const method of ['findByKey', 'insert'] as const) {
      const stage = await Stage.open({ wrap: (store) => failing(store, method) });
      await assert.rejects(stage.create(), StoreUnavailableError);
      assert.equal(stage.provider.begun.length, 0, method);
    }
  });
});
