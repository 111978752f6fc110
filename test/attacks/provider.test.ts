import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startArena } from './support/arena.js';
import { Buyer, created, THREEDS_2, tokenOf } from './support/buyer.js';
import type { Fate } from './support/relay.js';

const arena = await startArena();
const buyer = new Buyer(arena);
const { relay, store, ports } = arena;

/** Executed, and answered with the sandbox's object, changed. */
const changed =
  (change: (answer: Record<string, unknown>) => object): Fate =>
  async ({ socket, execute }) => {
    const answer = (await execute()).toString();
    const object = JSON.parse(answer.slice(answer.indexOf('{'))) as Record<string, unknown>;
    const body = JSON.stringify(change(object));
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };

test('C3 a refused connection sends nothing, takes nothing, and leaves the order free to be paid', async () => {
  const order = buyer.order();
  relay.refuse();
  const failed = created(await buyer.post(await buyer.byGooglePay(order)));
  await relay.resume();
  assert.equal(failed.status, 'failed');
  assert.equal(relay.requests.length, 0);
  assert.equal(created(await buyer.post(await buyer.byGooglePay(order))).status, 'approved');
});

test('C12 a script as the bank’s address never reaches a browser: unknown, and a person has to look', async () => {
  relay.spoil(
    'purchase',
    changed((answer) => ({ ...answer, d3AcsUrl: 'javascript:alert(1)' })),
  );
  const view = await buyer.pay(THREEDS_2);
  assert.deepEqual([view.status, view.action], ['processing', null]);
  assert.equal((await store.find(view.id))?.attention, 'mismatch');
  assert.doesNotMatch(arena.answers.join(), /javascript:/);
  await arena.until(view.id);
  assert.equal(relay.sent('purchase'), 1);
});

for (const key of [undefined, '']) {
  test(`C13 a challenge with ${key === '' ? 'an empty' : 'no'} transaction_key shows no frame: unknown`, async () => {
    relay.spoil(
      'purchase',
      changed((answer) => ({ ...answer, transaction_key: key })),
    );
    const view = await buyer.pay(THREEDS_2);
    assert.deepEqual([view.status, view.action], ['processing', null]);
    await arena.until(view.id);
    assert.equal(relay.sent('purchase'), 1);
  });
}

test('C18 __proto__ and constructor in the provider’s answer change no object', async () => {
  relay.spoil('purchase', async ({ socket, execute }) => {
    await execute();
    const body = '{"__proto__":{"transactionStatus":"APPROVED","reasonCode":0,"paid":1},"constructor":{"prototype":{"paid":1}}}'; // prettier-ignore
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  });
  const view = await buyer.pay();
  assert.equal(view.status, 'processing');
  assert.equal('paid' in {}, false);
  assert.equal((await arena.until(view.id)).status, 'approved');
});

test('C19 "the order id exists" means an earlier attempt, which is asked about and not repeated', async () => {
  relay.spoil(
    'purchase',
    changed(() => ({ code: -9, message: 'order_id exists' })),
  );
  const view = await buyer.pay();
  assert.equal(view.status, 'processing');
  assert.equal((await arena.until(view.id)).status, 'approved');
  assert.equal(relay.sent('purchase'), 1);
});

test('C20 NEEDS-CLARIFICATION, of the purchase and of the query, is asked about until it is clear', async () => {
  const seconds = 10;
  await arena.fault({ operation: 'GooglePayPurchase', fault: 'pending', status: 'NEEDS-CLARIFICATION', seconds }); // prettier-ignore
  const view = await buyer.pay();
  assert.equal(view.status, 'processing');
  await ports.advance(5_000);
  assert.equal((await arena.look(view.id)).status, 'processing');
  assert.equal((await arena.until(view.id)).status, 'approved');
  assert.ok(relay.sent('check') >= 2);
  assert.equal(relay.sent('purchase'), 1);
});

test('C26 a provider whose clock is a day ahead changes nothing', async () => {
  await arena.fault({ operation: 'GooglePayPurchase', fault: 'clock_shift', seconds: 86_400 });
  const view = await buyer.pay();
  const record = await store.find(view.id);
  assert.deepEqual([view.status, record?.createdAt], ['approved', ports.now()]);
  await arena.fault({ operation: 'check', fault: 'clock_shift', seconds: -86_400 });
  await arena.fault({ operation: 'GooglePayPurchase', fault: 'answer_lost' });
  const asked = await buyer.pay();
  assert.equal((await arena.until(asked.id)).status, 'approved');
});

test('C113 an approval of another order is not believed', async () => {
  relay.spoil(
    'purchase',
    changed((answer) => ({ ...answer, orderReference: 'of-somebody-else' })),
  );
  const view = await buyer.pay();
  assert.equal(view.status, 'processing');
  relay.spoil(
    'check',
    changed((answer) => ({ ...answer, orderReference: 'of-somebody-else' })),
  );
  await ports.advance(2_000);
  assert.equal((await arena.until(view.id)).status, 'approved');
});

test('C114 a challenge that would be shown on our own origin is not shown', async () => {
  relay.spoil(
    'purchase',
    changed((answer) => ({ ...answer, d3AcsUrl: `${arena.url}/pay/3ds/x` })),
  );
  const view = await buyer.pay(THREEDS_2);
  assert.deepEqual([view.status, view.action], ['processing', null]);
  await arena.until(view.id);
});

/** Where GlobalPay's page may not be. */
const STRANGE_PAGES = [
  'https://xn--127-0-0-1-9za.example/pay',
  'http://localhost./pay',
  'http://[::ffff:127.0.0.1]/pay',
  'http://127.0.0.1@evil.example/pay',
  'https://127.0.0.1.evil.example/pay',
  'https://evil.example:443/127.0.0.1',
  'https://evil.example\\@127.0.0.1/pay',
  '//127.0.0.1/pay',
];
for (const userRedirectUrl of STRANGE_PAGES) {
  test(`C115 nobody is sent to the page ${userRedirectUrl}`, async () => {
    relay.spoil(
      'create',
      changed((answer) => ({ ...answer, userRedirectUrl })),
    );
    const view = await buyer.choosePage('UZS');
    assert.deepEqual([view.status, view.action], ['processing', null]);
    assert.equal((await store.find(view.id))?.attention, 'mismatch');
    assert.equal((await arena.until(view.id)).status, 'failed');
  });
}

test('C116 two challenges with one transaction_key: the second payment is not finished by the first’s return', async () => {
  const first = await buyer.pay(THREEDS_2);
  const { providerId } = (await store.find(first.id)) ?? {};
  relay.spoil(
    'purchase',
    changed((answer) => ({ ...answer, transaction_key: providerId })),
  );
  const second = await buyer.pay(THREEDS_2);
  await buyer.comeBack(tokenOf(first), await buyer.passBank(first));
  assert.equal((await arena.until(first.id)).status, 'approved');
  assert.equal((await arena.look(second.id)).status, 'requires_action');
});
