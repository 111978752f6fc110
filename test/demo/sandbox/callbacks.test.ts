import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Buyer } from './procard/buyer.js';

/** Delivery is the same for every provider; ProcardPay's is the example here. */
let buyer: Buyer;

before(async () => {
  buyer = await Buyer.start({ callbackPauses: [60_000, 120_000] });
});
after(() => buyer.merchant.close());
beforeEach(async () => {
  await buyer.merchant.control('reset', { method: 'POST' });
  buyer.nextOrder();
});

const fault = (name: string, more: object = {}) => buyer.ordered('procard_callback', name, more);

/** The order that the next callback is about. */
async function nextOrder(): Promise<unknown> {
  return (await buyer.callback())['orderReference'];
}

async function callbacks() {
  return (await buyer.journal()).filter(({ operation }) => operation === 'callback');
}

/** Resolves once the journal has this many callbacks about the current order. */
async function delivered(count: number): Promise<void> {
  while ((await callbacks()).length < count) await new Promise(setImmediate);
}

describe('a callback', () => {
  it('is JSON, posted after the answer to the request that caused it', async () => {
    await buyer.ordered('GooglePayPurchase', 'slow', { seconds: 0.2 });
    const seen: string[] = [];
    const callback = buyer.merchant.nextCallback().then(({ headers }) => {
      seen.push('callback');
      assert.match(headers['content-type'] ?? '', /^application\/json/);
    });
    await buyer.purchase('visa-approved');
    seen.push('answer');
    await callback;
    assert.deepEqual(seen, ['answer', 'callback']);
    await delivered(1);
    const [{ from, to, provider, status, answer } = assert.fail()] = await callbacks();
    assert.deepEqual(
      { from, to, provider, status, answer },
      {
        from: 'provider',
        to: 'server',
        provider: 'procard',
        status: 200,
        answer: 'OK',
      },
    );
  });

  it('is repeated after each pause until it is answered with 200', async () => {
    buyer.merchant.answerCallbacksWith(503, 302);
    await buyer.purchase('visa-approved');
    assert.equal(await nextOrder(), buyer.order);
    await delivered(1);
    await buyer.pass(60);
    assert.equal(await nextOrder(), buyer.order);
    await delivered(2);
    await buyer.pass(119.999);
    assert.equal((await callbacks()).length, 2);
    await buyer.pass(0.001);
    assert.equal(await nextOrder(), buyer.order);
    await delivered(3);
    assert.deepEqual(
      (await callbacks()).map(({ status }) => status),
      [503, 302, 200],
    );
  });

  it('is given up after the last pause', async () => {
    buyer.merchant.answerCallbacksWith(500, 500, 500);
    await buyer.purchase('visa-approved');
    for (const pause of [60, 120, 1_000]) {
      await nextOrder();
      await delivered(pause === 60 ? 1 : pause === 120 ? 2 : 3);
      await buyer.pass(pause);
    }
    buyer.nextOrder();
    await buyer.purchase('visa-approved');
    assert.equal(await nextOrder(), buyer.order);
  });

  it('that reaches nobody is written down as not delivered', async () => {
    await buyer.purchase('visa-approved', { callback_url: 'http://127.0.0.1:1/' });
    await delivered(1);
    const [{ status, answer } = assert.fail()] = await callbacks();
    assert.equal(status, null);
    assert.match(String(answer), /^not delivered: /);
  });
});

describe('callback_lost', () => {
  it('is never sent, and the journal says so', async () => {
    await fault('callback_lost');
    await buyer.purchase('visa-approved');
    const [{ status, answer, fault: name } = assert.fail(), ...more] = await callbacks();
    assert.deepEqual([status, answer, name, more], [null, 'never sent', 'callback_lost', []]);
    buyer.nextOrder();
    await buyer.purchase('visa-approved');
    assert.equal(await nextOrder(), buyer.order, 'the next callback is about the next order');
  });
});

describe('callback_late', () => {
  it('is sent once its time has come, and says what was true at first', async () => {
    await fault('callback_late', { seconds: 60 });
    await buyer.purchase('visa-approved');
    const late = buyer.order;
    await buyer.reverse();
    assert.deepEqual((await buyer.callback())['transactionStatus'], 'Refunded');
    await buyer.pass(59.999);
    buyer.nextOrder();
    await buyer.purchase('visa-approved');
    assert.equal(await nextOrder(), buyer.order, 'not before its time');
    await buyer.pass(0.001);
    const { orderReference, transactionStatus } = await buyer.callback();
    assert.deepEqual([orderReference, transactionStatus], [late, 'Approved']);
  });

  it('is forgotten by a reset', async () => {
    await fault('callback_late', { seconds: 60 });
    await buyer.purchase('visa-approved');
    await buyer.merchant.control('reset', { method: 'POST' });
    await buyer.pass(60);
    buyer.nextOrder();
    await buyer.purchase('visa-approved');
    assert.equal(await nextOrder(), buyer.order);
  });
});

describe('callback_early', () => {
  it('comes before the answer to the request that caused it', async () => {
    await fault('callback_early');
    await buyer.purchase('visa-approved');
    const operations = (await buyer.journal()).map(({ operation }) => operation);
    assert.deepEqual(operations, ['callback', 'GooglePayPurchase']);
    assert.equal(await nextOrder(), buyer.order);
  });

  it('is repeated after the answer where it was not answered with 200', async () => {
    buyer.merchant.answerCallbacksWith(503);
    await fault('callback_early');
    assert.equal((await buyer.purchase('visa-approved'))['transactionStatus'], 'APPROVED');
    assert.equal(await nextOrder(), buyer.order);
    await buyer.pass(60);
    assert.equal(await nextOrder(), buyer.order);
  });
});

describe('callback_repeated', () => {
  it('is sent three times and no fourth, though each was answered with 200', async () => {
    await fault('callback_repeated');
    await buyer.purchase('visa-approved');
    const repeated = buyer.order;
    const first = await buyer.callback();
    assert.deepEqual([await buyer.callback(), await buyer.callback()], [first, first]);
    await delivered(3);
    buyer.nextOrder();
    await buyer.purchase('visa-approved');
    assert.equal(await nextOrder(), buyer.order);
    assert.notEqual(repeated, buyer.order);
  });
});
