import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startArena } from './support/arena.js';
import { Buyer, THREEDS_2, tokenOf } from './support/buyer.js';
import type { Fate } from './support/relay.js';

const arena = await startArena();
const buyer = new Buyer(arena);
const { relay, store, ports } = arena;

const DAY = 86_400_000;

const unauthorized: Fate = ({ socket }) =>
  socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n{}');
const lost: Fate = async ({ socket, execute }) => {
  await execute();
  socket.resetAndDestroy();
};

test('H5 a token that is revoked in flight is renewed once, and the creation repeated once', async () => {
  relay.spoil('create', unauthorized);
  const view = await buyer.choosePage('UZS');
  assert.equal(view.status, 'requires_action');
  assert.equal(relay.sent('create'), 2);
  await buyer.payOnPage(view);
  await ports.leap(2_000);
  assert.equal((await arena.until(view.id)).status, 'approved');
});

test('H4 H101 our clock steps an hour back or on between a purchase and its check, and the payment ends well', async () => {
  for (const step of [-3_600_000, 3_600_000]) {
    relay.spoil('purchase', lost);
    const view = await buyer.pay();
    assert.equal(view.status, 'processing');
    await ports.leap(step);
    await ports.leap(Math.max(0, -step));
    const end = await arena.until(view.id);
    assert.deepEqual([end.status, end.late], ['approved', false]);
    assert.equal(relay.sent('purchase', (await store.find(view.id))?.reference), 1);
  }
});

test('H9 two servers on one database make one transition and one notice of one payment', async () => {
  const other = await arena.another();
  relay.spoil('purchase', lost);
  const view = await buyer.pay();
  assert.equal((await arena.until(view.id)).status, 'approved');
  await ports.leap(2_000);
  await arena.sees(() => arena.notices.some((notice) => notice.includes(view.id)));
  assert.equal(arena.notices.filter((notice) => notice.includes(view.id)).length, 1);
  const changes = arena.log.filter((line) => line.includes(view.id) && line.includes('"to":"approved"'));
  assert.equal(changes.length, 1);
  await other.close();
});

test('H17 nobody answers for thirty days: it stays processing, a person is told once, and the late word is heard', async () => {
  const view = await buyer.pay(THREEDS_2);
  const form = await buyer.passBank(view);
  relay.spoil('complete', lost);
  relay.spoil('check', lost);
  await buyer.comeBack(tokenOf(view), form);
  await arena.sees(() => relay.left.length === 0);
  relay.refuse();
  for (let day = 0; day < 30; day += 1) {
    for (let step = 0; step < 4; step += 1) {
      await ports.leap(DAY / 4);
      await arena.look(view.id);
    }
  }
  await relay.resume();
  const record = await store.find(view.id);
  assert.deepEqual([record?.status, record?.attention], ['processing', 'unresolved']);
  const told = arena.log.filter((line) => line.includes(view.id) && line.includes('needs attention'));
  assert.equal(told.length, 1);
  assert.equal((await arena.until(view.id)).status, 'approved');
});
