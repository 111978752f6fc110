import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import type { PaymentView } from '../../src/contract/index.js';
import { startArena } from './support/arena.js';
import { Buyer, created, FRICTIONLESS, THREEDS_2 } from './support/buyer.js';

const arena = await startArena();
const buyer = new Buyer(arena);
const { relay } = arena;

const codeOf = ({ text }: { text: string }) => (JSON.parse(text) as { code: string }).code;

test('D1 D10 a description that no signature can carry, or none should, is refused before anything is sent', async () => {
  for (const description of ['gift;999.00;UAH;d', 'x'.repeat(10_000), 'a\r\n--boundary', 'a\u202eb']) {
    const refused = await buyer.post(await buyer.byGooglePay(buyer.order({ description })));
    assert.deepEqual([refused.status, codeOf(refused)], [422, 'unrepresentable']);
  }
  assert.equal(relay.requests.length, 0);
});

test('E1 a price that the client names is refused, and further fields have no effect', async () => {
  const order = buyer.order();
  const body = await buyer.byGooglePay(order);
  const cheap = await buyer.post({ ...body, expected: { minor: 1, currency: 'UAH' } });
  assert.deepEqual([cheap.status, codeOf(cheap)], [409, 'amount_mismatch']);
  assert.equal(relay.requests.length, 0);
  const view = created(await buyer.post({ ...body, amount: 1, money: { minor: 1 }, status: 'approved' }));
  assert.deepEqual([view.status, view.money], ['approved', order.money]);
});

test('E2 decrypted card data is refused by a code of its own, and written nowhere', async () => {
  const pan = '4111111111111111-of-E2';
  arena.marks.secret('a card number', pan);
  const refused = await buyer.post({
    ...(await buyer.byGooglePay(buyer.order())),
    deep: [{ gpTokenDecrypted: pan }],
  });
  assert.deepEqual([refused.status, codeOf(refused)], [400, 'forbidden_field']);
  assert.equal(relay.requests.length, 0);
});

test('E20 fifty requests with one key make one payment; another body is refused', async () => {
  const body = await buyer.byGooglePay(buyer.order());
  const key = { 'Idempotency-Key': 'fifty-times-the-same' };
  const answers = await Promise.all(Array.from({ length: 50 }, () => buyer.post(body, key)));
  const again = await buyer.post(body, key);
  for (const { status, text } of answers)
    assert.ok(status === 409 || (status === 201 && text === again.text), `${status}`);
  assert.equal(codeOf(await buyer.post({ ...body, locale: 'uk' }, key)), 'idempotency_mismatch');
  assert.equal(relay.sent('purchase'), 1);
});

test('E101 one key for two orders pays the first and refuses the second', async () => {
  const key = { 'Idempotency-Key': 'one-key-for-two-orders' };
  created(await buyer.post(await buyer.byGooglePay(buyer.order()), key));
  const second = await buyer.post(await buyer.byGooglePay(buyer.order()), key);
  assert.deepEqual([second.status, codeOf(second)], [422, 'idempotency_mismatch']);
  assert.equal(relay.sent('purchase'), 1);
});

test('E102 keys that differ in letter case are two keys, and still one order is paid once', async () => {
  const body = await buyer.byGooglePay(buyer.order());
  created(await buyer.post(body, { 'Idempotency-Key': 'letter-case-of-a-key' }));
  const second = await buyer.post(body, { 'Idempotency-Key': 'LETTER-case-of-a-key' });
  assert.deepEqual([second.status, codeOf(second)], [409, 'already_paid']);
  assert.equal(relay.sent('purchase'), 1);
});

test('E103 a key in the header twice, with a comma or overlong is refused', async () => {
  const body = JSON.stringify(await buyer.byGooglePay(buyer.order()));
  const twice = await new Promise<number | undefined>((resolve) => {
    const headers = [
      ...['Content-Type', 'application/json', 'Host', 'x', 'Content-Length', String(Buffer.byteLength(body))],
      ...['Idempotency-Key', 'the-first-of-two-keys', 'Idempotency-Key', 'the-second-of-two-keys'],
    ];
    const sent = request(`${arena.url}/pay/payments`, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.end(body);
  });
  assert.equal(twice, 400);
  for (const key of ['a-key,another-key-of-it', 'k'.repeat(129), '%00%00%00%00%00%00'])
    assert.equal((await buyer.post(body, { 'Idempotency-Key': key })).status, 400);
  assert.equal(relay.requests.length, 0);
});

test('E104 a price named twice in the JSON is the last one, and still has to be the order’s', async () => {
  const text = JSON.stringify(await buyer.byGooglePay(buyer.order()));
  const cheapLast = text.replace('"minor":12500', '"minor":12500,"minor":1');
  assert.equal(codeOf(await buyer.post(cheapLast)), 'amount_mismatch');
  const cheapFirst = text.replace('"minor":12500', '"minor":1,"minor":12500');
  assert.equal(created(await buyer.post(cheapFirst)).money.minor, 12_500);
});

test('E105 ids and parameters that are overlong or repeated lead to nobody else’s payment', async () => {
  const view = await buyer.pay(THREEDS_2);
  for (const id of [`${view.id}x`, `${view.id}%00`, `${view.id}/../${view.id}x`, 'x'.repeat(8_000)])
    assert.equal((await arena.send(`/pay/payments/${id}`)).status, 404, id.slice(0, 40));
  const repeated = await arena.send(`/pay/payments/${view.id}?after=0&after=99&wait=0&wait=999`);
  assert.equal((JSON.parse(repeated.text) as PaymentView).id, view.id);
});

test('D101 a price that changes during the challenge changes nothing about what is taken', async () => {
  const order = buyer.order();
  const view = created(await buyer.post(await buyer.byGooglePay(order, THREEDS_2)));
  arena.orders.set(order.id, { ...order, money: { minor: 1, currency: 'UAH' } });
  const form = await buyer.passBank(view);
  await buyer.comeBack(view.action?.id ?? '', form);
  const end = await arena.until(view.id);
  assert.deepEqual([end.status, end.money], ['approved', order.money]);
});

test('D102 a price that changes between the offer and the click is not taken', async () => {
  const order = buyer.order();
  const body = await buyer.byGooglePay(order, FRICTIONLESS);
  arena.orders.set(order.id, { ...order, money: { minor: 99_900, currency: 'UAH' } });
  assert.equal(codeOf(await buyer.post(body)), 'amount_mismatch');
  assert.equal(relay.requests.length, 0);
});
