import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PaymentView } from '../../../src/contract/index.js';
import type { PaymentRecord, PaymentStore } from '../../../server-stub/store/payment-store.js';
import { CHALLENGE_2, newRecord, openChallenge } from '../support/records.js';

const CHALLENGED: PaymentView = {
  id: 'payment-1',
  orderId: 'A-1001',
  money: { minor: 12_500, currency: 'UAH' },
  status: 'requires_action',
  method: 'google-pay',
  action: {
    type: 'threeds',
    id: 'token-1',
    version: 2,
    frameUrl: 'https://pay.example/pay/3ds/token-1',
    acsUrl: CHALLENGE_2.acsUrl,
    fields: { creq: CHALLENGE_2.creq },
    windowSize: '03',
  },
  decline: null,
  receiptUrl: null,
  late: false,
  version: 3,
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

  const inserted = async (store: PaymentStore, parts: Partial<PaymentRecord> = {}) => {
    const record = newRecord(parts);
    assert.equal(await store.insert(record), true);
    return record;
  };

  /** A payment that differs from every other in all that has to be unique. */
  const numbered = (number: number, parts: Partial<PaymentRecord> = {}) => ({
    ...{ id: `p-${number}`, reference: `r-${number}`, key: `k-${number}` },
    ...parts,
  });

  describe(`${name}: keys`, () => {
    check('a key makes one payment', async (store) => {
      await inserted(store, { status: 'declined' });
      const second = newRecord(numbered(2, { key: 'key-of-1', orderId: 'A-2' }));
      assert.equal(await store.insert(second), false);
      assert.equal(await store.find('p-2'), undefined);
    });

    check('E20 of fifty payments with one key at once, one is made', async (store) => {
      const results = await Promise.all(
        Array.from({ length: 50 }, (_, number) =>
          store.insert(newRecord(numbered(number, { key: 'key', orderId: `A-${number}` }))),
        ),
      );
      assert.equal(results.filter(Boolean).length, 1);
    });

    check('the answer is kept with the payment, and erased from it', async (store) => {
      const record = await inserted(store);
      const answered = await store.compareAndSet(record, { answer: CHALLENGED });
      assert.deepEqual((await store.findByKey('key-of-1'))?.answer, CHALLENGED);
      assert.ok(answered);
      await store.compareAndSet(answered, { answer: null });
      assert.equal((await store.findByKey('key-of-1'))?.answer, null);
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

    check('an order has one open payment', async (store) => {
      await inserted(store);
      assert.equal(await store.insert(newRecord(numbered(2))), false);
      assert.equal(await store.find('p-2'), undefined);
      assert.equal(await store.insert(newRecord(numbered(3, { orderId: 'A-3' }))), true);
    });

    check('an order that is paid takes no second payment, one that was declined does', async (store) => {
      await inserted(store, numbered(1, { status: 'declined' }));
      await inserted(store, numbered(2, { status: 'approved' }));
      assert.equal(await store.insert(newRecord(numbered(3))), false);
    });

    check('a late approval is written even where another payment of the order is paid', async (store) => {
      const first = await inserted(store, numbered(1, { status: 'cancelled' }));
      await inserted(store, numbered(2, { status: 'approved' }));
      const late = await store.compareAndSet(first, { status: 'approved', late: true });
      assert.equal(late?.status, 'approved');
    });

    check('payments of an order come oldest first', async (store) => {
      await inserted(store, numbered(1, { status: 'failed', createdAt: 2 }));
      await inserted(store, numbered(2, { status: 'failed', createdAt: 1 }));
      const found = await store.findByOrder('A-1001');
      assert.deepEqual(
        found.map(({ id }) => id),
        ['p-2', 'p-1'],
      );
    });

    check('the newest are listed first, page after page, and only those that fit', async (store) => {
      const parts = [
        { createdAt: 100, status: 'declined' },
        { createdAt: 200, attention: 'mismatch', status: 'approved' },
        { createdAt: 200 },
        { createdAt: 300, status: 'declined' },
      ] as const;
      for (const [index, one] of parts.entries())
        await inserted(store, { ...numbered(index), orderId: `o-${index}`, ...one });
      const ids = (records: readonly PaymentRecord[]) => records.map(({ id }) => id);
      const first = await store.list({}, 3);
      assert.deepEqual(ids(first), ['p-3', 'p-2', 'p-1']);
      assert.deepEqual(ids(await store.list({}, 3, first.at(-1))), ['p-0']);
      assert.deepEqual(ids(await store.list({}, 3, first[1])), ['p-1', 'p-0']);
      assert.deepEqual(ids(await store.list({ status: 'declined' }, 9)), ['p-3', 'p-0']);
      assert.deepEqual(ids(await store.list({ orderId: 'o-2' }, 9)), ['p-2']);
      assert.deepEqual(ids(await store.list({ needsAttention: true }, 9)), ['p-1']);
    });

    check('those whose time has come are due, the longest overdue first', async (store) => {
      const times = { a: 300, b: 100, c: 200, d: 301, e: null };
      for (const [id, nextCheckAt] of Object.entries(times))
        await inserted(store, { id, reference: id, orderId: id, key: id, nextCheckAt });
      const due = await store.due(300, 2);
      assert.deepEqual(
        due.map(({ id }) => id),
        ['b', 'c'],
      );
      assert.equal((await store.due(300, 10)).length, 3);
    });

    check('what one server has claimed, no other is given until the claim ends', async (store) => {
      const times = { a: 300, b: 100, c: 200, d: 301 };
      for (const [id, nextCheckAt] of Object.entries(times))
        await inserted(store, { id, reference: id, orderId: id, key: id, nextCheckAt });
      const ids = async (at: number, limit: number) =>
        (await store.claim(at, at + 50, limit)).map(({ id }) => id).sort();
      assert.deepEqual(await ids(300, 2), ['b', 'c']);
      assert.deepEqual(await ids(300, 10), ['a']);
      assert.deepEqual(await ids(349, 10), ['d']);
      assert.deepEqual(await ids(350, 10), ['a', 'b', 'c']);
    });

    check('a claim ends with the next write', async (store) => {
      const record = await inserted(store, { nextCheckAt: 100 });
      const [claimed] = await store.claim(100, 1_000, 1);
      assert.deepEqual(claimed, record);
      await store.compareAndSet(record, { checks: 1 });
      assert.equal((await store.claim(100, 1_000, 1)).length, 1);
    });

    check('servers that claim at once share the payments out', async (store) => {
      for (let number = 0; number < 40; number++)
        await inserted(store, numbered(number, { orderId: `o-${number}`, nextCheckAt: number }));
      const shares = await Promise.all(Array.from({ length: 8 }, () => store.claim(100, 1_000, 40)));
      assert.equal(shares.flat().length, 40);
      assert.equal(new Set(shares.flat().map(({ id }) => id)).size, 40);
    });
  });

  describe(`${name}: changes`, () => {
    check('a change raises the version by one and leaves the rest', async (store) => {
      const record = await inserted(store, { nextCheckAt: 5 });
      const written = await store.compareAndSet(record, { status: 'declined', checks: 1 });
      assert.deepEqual(written, { ...record, status: 'declined', checks: 1, version: 2 });
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
        await assert.rejects(store.compareAndSet(record, { status: 'cancelled' }), /processing to cancelled/);
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

  describe(`${name}: events`, () => {
    const event = (version: number, paymentId = 'payment-1') => ({
      id: `${paymentId}-${version}`,
      paymentId,
      version,
      body: `{"version":${version}}`,
    });
    const idsOf = (claimed: readonly { id: string }[]) => claimed.map(({ id }) => id).sort();

    check('an event is kept with its change, and not without it', async (store) => {
      const record = await inserted(store);
      await store.compareAndSet(record, { checks: 1 }, event(2));
      assert.equal(await store.compareAndSet(record, { checks: 2 }, event(3)), undefined);
      assert.deepEqual(await store.claimEvents(100, 200, 10), [{ ...event(2), attempts: 1 }]);
    });

    check('an event that cannot be kept takes its change with it', async (store) => {
      const record = await inserted(store);
      const changed = await store.compareAndSet(record, { checks: 1 }, event(2));
      assert.ok(changed);
      await assert.rejects(store.compareAndSet(changed, { checks: 2 }, event(2)));
      assert.deepEqual(await store.find(record.id), changed);
    });

    check('the events of a payment are given out one after the other', async (store) => {
      let record = await inserted(store);
      for (const version of [2, 3, 4])
        record = (await store.compareAndSet(record, { checks: version }, event(version))) ?? record;
      assert.deepEqual(idsOf(await store.claimEvents(100, 200, 10)), ['payment-1-2']);
      assert.deepEqual(await store.claimEvents(199, 300, 10), []);
      await store.settleEvent('payment-1-2', { deliveredAt: 150, nextAttemptAt: null });
      assert.deepEqual(idsOf(await store.claimEvents(199, 300, 10)), ['payment-1-3']);
      // Given up: the next one is not held back by it.
      await store.settleEvent('payment-1-3', { deliveredAt: null, nextAttemptAt: null });
      assert.deepEqual(idsOf(await store.claimEvents(199, 300, 10)), ['payment-1-4']);
    });

    check('what was not settled in time, or is to be tried again, comes again', async (store) => {
      const record = await inserted(store);
      await store.compareAndSet(record, { checks: 1 }, event(2));
      await store.claimEvents(100, 200, 10);
      assert.deepEqual(await store.claimEvents(200, 300, 10), [{ ...event(2), attempts: 2 }]);
      await store.settleEvent('payment-1-2', { deliveredAt: null, nextAttemptAt: 500 });
      assert.deepEqual(await store.claimEvents(499, 600, 10), []);
      assert.deepEqual(await store.claimEvents(500, 600, 10), [{ ...event(2), attempts: 3 }]);
    });

    check('servers that claim at once share the events out', async (store) => {
      for (let number = 0; number < 20; number++) {
        const record = await inserted(store, numbered(number, { orderId: `o-${number}` }));
        await store.compareAndSet(record, { checks: 1 }, event(2, record.id));
      }
      const shares = await Promise.all(Array.from({ length: 8 }, () => store.claimEvents(100, 1_000, 20)));
      assert.equal(shares.flat().length, 20);
      assert.equal(new Set(idsOf(shares.flat())).size, 20);
    });
  });

  describe(`${name}: callbacks`, () => {
    check('G14 one body is kept once for each provider', async (store) => {
      const callback = {
        provider: 'scripted',
        reference: 'reference-1',
        digest: 'a'.repeat(64),
        receivedAt: 1,
      };
      assert.equal(await store.storeCallback(callback), true);
      assert.equal(await store.storeCallback({ ...callback, receivedAt: 2 }), false);
      assert.equal(await store.storeCallback({ ...callback, provider: 'other' }), true);
    });

    check('G12 a thousand at once are all kept, and of those that are alike one is new', async (store) => {
      const callbacks = Array.from({ length: 3_000 }, (_, number) => ({
        provider: 'scripted',
        reference: 'reference-1',
        digest: String(number % 1_000),
        receivedAt: number,
      }));
      const kept = await Promise.all(callbacks.map((callback) => store.storeCallback(callback)));
      assert.equal(kept.filter(Boolean).length, 1_000);
      for (const callback of callbacks.slice(0, 5))
        assert.equal(await store.storeCallback({ ...callback, receivedAt: 9 }), false);
    });
  });

  describe(`${name}: wallet messages`, () => {
    check(
      'a message is kept for the request that came with it first, however often it comes',
      async (store) => {
        const message = { digest: 'a'.repeat(64), key: 'key-1' };
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, n) => store.keepMessage({ ...message, key: `key-${n}` })),
        );
        const first = answers.indexOf(true);
        assert.deepEqual(
          answers.filter((answer) => answer),
          [true],
        );
        assert.equal(await store.keepMessage({ ...message, key: `key-${first}` }), true);
        assert.equal(await store.keepMessage({ ...message, key: 'key-99' }), false);
        assert.equal(await store.keepMessage({ digest: 'b'.repeat(64), key: 'key-99' }), true);
      },
    );
  });

  test(`${name}: a closed store answers nothing`, async () => {
    const store = await open();
    await store.ping();
    await store.close();
    await assert.rejects(store.ping());
  });
}
