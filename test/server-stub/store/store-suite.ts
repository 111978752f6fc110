import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PaymentView } from '../../../src/contract/index.js';
import type { PaymentStore } from '../../../server-stub/store/payment-store.js';
import { CHALLENGE_2, newRecord, openChallenge } from '../support/records.js';

const HASH = 'a'.repeat(64);
const MINUTE = 60_000;

const ANSWER: PaymentView = {
  id: 'payment-1',
  orderId: 'A-1001',
  money: { minor: 12_500, currency: 'UAH' },
  status: 'declined',
  method: 'google-pay',
  action: null,
  decline: { reason: 'other' },
  receiptUrl: null,
  late: false,
  version: 3,
};

const CHALLENGED: PaymentView = {
  ...ANSWER,
  status: 'requires_action',
  decline: null,
  action: {
    type: 'threeds',
    id: 'token-1',
    version: 2,
    frameUrl: 'https://pay.example/pay/3ds/token-1',
    acsUrl: CHALLENGE_2.acsUrl,
    fields: { creq: CHALLENGE_2.creq },
    windowSize: '03',
  },
};

/** What every payment store has to keep, whatever it is made of. `open` gives an empty one, closed by the test. */
export function storeSuite(name: string, open: () => Promise<PaymentStore>): void {
  const check = (sentence: string, body: (store: PaymentStore) => Promise<void>): void =>
    void test(sentence, async () => {
      const store = await open();
      try {
        await body(store);
      } finally {
        await store.close();
      }
    });

  const inserted = async (store: PaymentStore, parts = {}, key = 'key-of-1') => {
    await store.claim(key, HASH, 0);
    const record = newRecord(parts);
    assert.equal(await store.insert(record, key), true);
    return record;
  };

  describe(`${name}: keys`, () => {
    check('a key is claimed once', async (store) => {
      assert.deepEqual(await store.claim('key', HASH, 0), { kind: 'new' });
      assert.deepEqual(await store.claim('key', HASH, 1), { kind: 'in_flight' });
    });

    check('E20 of fifty claims at once, one is new', async (store) => {
      const claims = await Promise.all(Array.from({ length: 50 }, () => store.claim('key', HASH, 0)));
      assert.equal(claims.filter(({ kind }) => kind === 'new').length, 1);
      assert.equal(claims.filter(({ kind }) => kind === 'in_flight').length, 49);
    });

    check('E20 a key claimed with another request does not match', async (store) => {
      await store.claim('key', HASH, 0);
      assert.deepEqual(await store.claim('key', 'b'.repeat(64), 0), { kind: 'mismatch' });
    });

    check('a released key is new again', async (store) => {
      await store.claim('key', HASH, 0);
      await store.release('key');
      assert.deepEqual(await store.claim('key', 'b'.repeat(64), 0), { kind: 'new' });
    });

    check('a key with a payment cannot be released', async (store) => {
      await inserted(store);
      await store.release('key-of-1');
      assert.deepEqual(await store.claim('key-of-1', HASH, 10 * MINUTE), { kind: 'in_flight' });
    });

    check('a claim that led to nothing within two minutes can be claimed anew', async (store) => {
      await store.claim('key', HASH, 0);
      assert.deepEqual(await store.claim('key', HASH, 2 * MINUTE - 1), { kind: 'in_flight' });
      assert.deepEqual(await store.claim('key', HASH, 2 * MINUTE), { kind: 'new' });
      assert.deepEqual(await store.claim('key', HASH, 2 * MINUTE + 1), { kind: 'in_flight' });
    });

    check('of two who find a dead claim, one takes it over', async (store) => {
      await store.claim('key', HASH, 0);
      const both = await Promise.all([1, 2].map(() => store.claim('key', HASH, 2 * MINUTE)));
      assert.deepEqual(both.map(({ kind }) => kind).sort(), ['in_flight', 'new']);
    });

    check('an answer is given again as it was', async (store) => {
      await inserted(store);
      await store.answer('key-of-1', ANSWER);
      assert.deepEqual(await store.claim('key-of-1', HASH, 0), { kind: 'answered', answer: ANSWER });
    });

    check('an answer that holds a challenge is forgotten when the payment is final', async (store) => {
      const record = await inserted(store, openChallenge());
      await store.answer('key-of-1', CHALLENGED);
      assert.equal((await store.claim('key-of-1', HASH, 0)).kind, 'answered');
      await store.compareAndSet(record, { status: 'approved', action: null });
      assert.deepEqual(await store.claim('key-of-1', HASH, 0), { kind: 'in_flight' });
    });

    check('an answer that holds a challenge is not kept once the payment is final', async (store) => {
      const record = await inserted(store, openChallenge());
      await store.compareAndSet(record, { status: 'declined', action: null });
      await store.answer('key-of-1', CHALLENGED);
      assert.deepEqual(await store.claim('key-of-1', HASH, 0), { kind: 'in_flight' });
    });
  });

  describe(`${name}: payments`, () => {
    check('a payment is found by everything it is known by, as it was written', async (store) => {
      const record = await inserted(store, {
        ...openChallenge(),
        money: { minor: Number.MAX_SAFE_INTEGER, currency: 'UZS' },
        decline: { reason: 'limit_exceeded', providerCode: '95' },
        receiptUrl: 'https://receipt.example/1',
        late: true,
        attention: 'mismatch',
        nextCheckAt: 1_700_000_000_000,
        checks: 3,
      });
      assert.deepEqual(await store.find('payment-1'), record);
      assert.deepEqual(await store.findByChallenge('token-1'), record);
      assert.deepEqual(await store.findByReference('scripted', 'reference-1'), record);
      assert.deepEqual(await store.findByReference('scripted', 'key-1'), record);
      assert.deepEqual(await store.findByKey('key-of-1'), record);
      assert.deepEqual(await store.findByOrder('A-1001'), [record]);
    });

    check('nothing is found by a name that nobody has', async (store) => {
      await inserted(store);
      assert.equal(await store.find('other'), undefined);
      assert.equal(await store.findByChallenge('other'), undefined);
      assert.equal(await store.findByReference('scripted', 'other'), undefined);
      assert.equal(await store.findByReference('other', 'reference-1'), undefined);
      assert.equal(await store.findByKey('other'), undefined);
      assert.deepEqual(await store.findByOrder('other'), []);
    });

    check('a payment is not inserted without its claim', async (store) => {
      assert.equal(await store.insert(newRecord(), 'key-of-1'), false);
      assert.equal(await store.find('payment-1'), undefined);
    });

    check('an order has one open payment, and the key of a second stays free', async (store) => {
      await inserted(store);
      await store.claim('key-of-2', HASH, 0);
      const second = newRecord({ id: 'payment-2', reference: 'reference-2' });
      assert.equal(await store.insert(second, 'key-of-2'), false);
      await store.release('key-of-2');
      assert.deepEqual(await store.claim('key-of-2', HASH, 0), { kind: 'new' });
    });

    check('an order that is paid takes no second payment, one that was declined does', async (store) => {
      await inserted(store, { id: 'p-1', reference: 'r-1', status: 'declined' }, 'k-1');
      await inserted(store, { id: 'p-2', reference: 'r-2', status: 'approved' }, 'k-2');
      await store.claim('k-3', HASH, 0);
      assert.equal(await store.insert(newRecord({ id: 'p-3', reference: 'r-3' }), 'k-3'), false);
    });

    check(
      'a late approval is written even where another payment of the order was approved',
      async (store) => {
        const first = await inserted(store, { id: 'p-1', reference: 'r-1', status: 'cancelled' }, 'k-1');
        await inserted(store, { id: 'p-2', reference: 'r-2', status: 'approved' }, 'k-2');
        const late = await store.compareAndSet(first, { status: 'approved', late: true });
        assert.equal(late?.status, 'approved');
      },
    );

    check('payments of an order come oldest first', async (store) => {
      await inserted(store, { id: 'p-b', reference: 'r-b', status: 'failed', createdAt: 2 }, 'k-b');
      await inserted(store, { id: 'p-a', reference: 'r-a', status: 'failed', createdAt: 1 }, 'k-a');
      const found = await store.findByOrder('A-1001');
      assert.deepEqual(
        found.map(({ id }) => id),
        ['p-a', 'p-b'],
      );
    });

    check('those whose time has come are due, the longest overdue first', async (store) => {
      const times = { a: 300, b: 100, c: 200, d: 301, e: null };
      for (const [id, nextCheckAt] of Object.entries(times))
        await inserted(store, { id, reference: id, orderId: id, nextCheckAt }, `key-${id}`);
      const due = await store.due(300, 2);
      assert.deepEqual(
        due.map(({ id }) => id),
        ['b', 'c'],
      );
      assert.equal((await store.due(300, 10)).length, 3);
    });
  });

  describe(`${name}: changes`, () => {
    check('a change raises the version by one and leaves the rest', async (store) => {
      const record = await inserted(store, { nextCheckAt: 5 });
      const written = await store.compareAndSet(record, { status: 'processing', checks: 1 });
      assert.deepEqual(written, { ...record, status: 'processing', checks: 1, version: 2 });
      assert.deepEqual(await store.find('payment-1'), written);
    });

    check('H9 of two who saw one version, one writes', async (store) => {
      const record = await inserted(store, { status: 'processing' });
      const both = await Promise.all([
        store.compareAndSet(record, { status: 'approved' }),
        store.compareAndSet(record, { status: 'declined' }),
      ]);
      assert.equal(both.filter((written) => written !== undefined).length, 1);
      assert.equal((await store.find('payment-1'))?.version, 2);
    });

    check(
      'a transition that the contract does not know is refused, and nothing is written',
      async (store) => {
        const record = await inserted(store);
        await assert.rejects(store.compareAndSet(record, { status: 'approved' }), /created to approved/);
        assert.deepEqual(await store.find('payment-1'), record);
      },
    );

    check('an erased challenge still finds its payment', async (store) => {
      const record = await inserted(store, { status: 'processing' });
      const open = await store.compareAndSet(record, openChallenge());
      assert.ok(open);
      await store.compareAndSet(open, { status: 'declined', action: null });
      const found = await store.findByChallenge('token-1');
      assert.equal(found?.status, 'declined');
      assert.equal(found.action, null);
    });
  });

  describe(`${name}: callbacks`, () => {
    check('G14 one body is kept once for each provider', async (store) => {
      const callback = { provider: 'scripted', reference: 'reference-1', digest: HASH, receivedAt: 1 };
      assert.equal(await store.storeCallback(callback), true);
      assert.equal(await store.storeCallback({ ...callback, receivedAt: 2 }), false);
      assert.equal(await store.storeCallback({ ...callback, provider: 'other' }), true);
    });
  });

  test(`${name}: a closed store answers nothing`, async () => {
    const store = await open();
    await store.ping();
    await store.close();
    await assert.rejects(store.ping());
  });
}
