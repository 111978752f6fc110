import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { CREDENTIALS } from '../../demo/sandbox/settings.js';
import type { PaymentView } from '../../src/contract/index.js';
import { openWire, request } from '../server-stub/http/wire.js';
import { startArena, type Reply } from './support/arena.js';
import { Buyer, created, THREEDS_2, tokenOf } from './support/buyer.js';

const arena = await startArena();
const buyer = new Buyer(arena);
const { relay, store, ports, url } = arena;
const { procardMerchantId, procardSecret } = CREDENTIALS;

function call(provider: string, body: unknown): Promise<Reply> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return arena.send(`/pay/callbacks/${provider}`, { method: 'POST', body: text });
}

/**
 * A hundred of ProcardPay's callbacks in one go, on one connection: as many connections as callbacks would wait so long
 * for a slow machine that it cuts them. Resolves to all answers.
 */
async function hundredAtOnce(compose: (note: number) => object): Promise<string> {
  const requests = Array.from({ length: 100 }, (_, note) => {
    const body = JSON.stringify(compose(note));
    const headers = { 'Content-Length': String(Buffer.byteLength(body)), ...(note === 99 && { Connection: 'close' }) }; // prettier-ignore
    return request('POST /pay/callbacks/procard', headers, body);
  });
  const answers = await (await openWire(Number(new URL(url).port), requests.join(''))).closed();
  arena.answers.push(answers);
  return answers;
}

async function reference({ id }: PaymentView): Promise<string> {
  return (await store.find(id))?.reference ?? assert.fail();
}

/** A callback of ProcardPay, signed over what it says. */
function procardSays(orderReference: string, parts: Record<string, unknown> = {}, algorithm = 'sha512') {
  const said = { merchantAccount: procardMerchantId, orderReference, amount: '125.00', currency: 'UAH', transactionStatus: 'Approved', reasonCode: 1, ...parts }; // prettier-ignore
  const values = [procardMerchantId, said.orderReference, said.amount, said.currency];
  return { ...said, merchantSignature: createHmac(algorithm, procardSecret).update(values.join(';')).digest('hex') }; // prettier-ignore
}

const answered = ({ status, text }: Reply) => `${status} ${text}`;

/** The bank has not been asked yet, so nothing is paid whatever a callback says. */
async function assertUnpaid(view: PaymentView): Promise<void> {
  await ports.leap(1_000);
  assert.equal((await arena.look(view.id)).status, 'requires_action');
}

/** How often the provider has been asked about this payment. */
async function questions(view: PaymentView): Promise<number> {
  return relay.sent('check', await reference(view));
}

async function seesQuestion(view: PaymentView): Promise<void> {
  const name = await reference(view);
  await arena.sees(() => relay.sent('check', name) > 0);
}

const unsigned = (name: string) => ({ ...procardSays(name), merchantSignature: undefined });
const REFUSED: Record<string, (reference: string) => unknown> = {
  'G1 without a signature': unsigned,
  'G1 with an empty signature': (name) => ({ ...procardSays(name), merchantSignature: '' }),
  'G2 of another merchant, rightly signed': (name) => procardSays(name, { merchantAccount: 'BO_other' }),
  'G2 of another merchant under the older name': (name) => procardSays(name, { merchant_id: 'BO_other' }),
  'D5 rightly signed by MD5, where SHA-512 is expected': (name) => procardSays(name, {}, 'md5'),
  'D1 whose order holds the delimiter': (name) =>
    procardSays(`${name};125.00;UAH`, { amount: '1', currency: 'UAH' }),
  'G101 with the signature in an array': (name) => {
    const said = procardSays(name);
    return { ...said, merchantSignature: [said.merchantSignature] };
  },
  'G102 with a signature in upper case': (name) => {
    const said = procardSays(name);
    return { ...said, merchantSignature: said.merchantSignature.toUpperCase() };
  },
  'G103 with its order twice': (name) =>
    JSON.stringify(procardSays(name)).replace('{', '{"orderReference":"other",'),
};
for (const [name, compose] of Object.entries(REFUSED)) {
  test(`${name}, an approval of ProcardPay’s is refused and has no effect`, async () => {
    const view = await buyer.pay(THREEDS_2);
    assert.equal(answered(await call('procard', compose(await reference(view)))), '403 ERROR');
    await assertUnpaid(view);
    assert.equal(await questions(view), 0);
    assert.match(arena.log.join(''), /"result":"unsigned"/);
  });
}

test('G1 D3 a rightly signed approval of a payment that is not paid makes us ask, and approves nothing', async () => {
  const view = await buyer.pay(THREEDS_2);
  assert.equal(answered(await call('procard', procardSays(await reference(view)))), '200 OK');
  await seesQuestion(view);
  await assertUnpaid(view);
  assert.equal(await questions(view), 1);
});

test('G1 an approval in GlobalPay’s name, which nobody signs, is kept and makes us ask', async () => {
  const view = await buyer.choosePage('UZS');
  const externalId = await reference(view);
  const said = { externalId, status: 'APPROVED', amount: 12_500, currency: 'UZS' };
  assert.equal(answered(await call('globalpay', said)), '200 OK');
  await arena.sees(() => relay.sent('status') === 1);
  await assertUnpaid(view);
});

test('G3 a rightly signed approval of 1.00 for an order of 125.00 approves nothing', async () => {
  const view = await buyer.pay(THREEDS_2);
  await call('procard', procardSays(await reference(view), { amount: '1.00' }));
  await seesQuestion(view);
  await assertUnpaid(view);
});

test('G3 nor does the approval of a status query that speaks of 1.00', async () => {
  const view = await buyer.pay(THREEDS_2);
  relay.spoil('check', async ({ socket, execute }) => {
    await execute();
    const body = JSON.stringify({ orderReference: await reference(view), amount: '1.00', transactionStatus: 'APPROVED', reasonCode: 1 }); // prettier-ignore
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  });
  await call('procard', procardSays(await reference(view)));
  await arena.sees(() => arena.log.some((line) => line.includes(view.id) && line.includes('mismatch')));
  await assertUnpaid(view);
  assert.equal((await store.find(view.id))?.attention, 'mismatch');
});

test('G4 a thousand times the same make one transition and one notice', async () => {
  const view = await buyer.choosePage('UAH');
  await buyer.payOnPage(view);
  const body = procardSays(await reference(view));
  for (let hundred = 0; hundred < 10; hundred += 1) {
    const replies = await Promise.all(Array.from({ length: 100 }, () => call('procard', body)));
    assert.deepEqual(new Set(replies.map(answered)), new Set(['200 OK']));
  }
  const end = await arena.until(view.id);
  await ports.leap(2_000);
  await ports.leap(2_000);
  assert.equal(end.status, 'approved');
  assert.equal(arena.notices.filter((notice) => notice.includes(view.id)).length, 1);
  const changes = arena.log.filter((line) => line.includes(view.id) && line.includes('"to":"approved"'));
  assert.equal(changes.length, 1);
});

test('G7 of an order that nobody knows is answered like one that we know', async () => {
  const view = await buyer.pay(THREEDS_2);
  const [known, unknown] = [
    await call('procard', procardSays(await reference(view))),
    await call('procard', procardSays('never-heard-of')),
  ];
  const steady = ({ status, headers, text }: Reply) => {
    const fixed = [...headers].filter(([name]) => !['date', 'x-trace-id'].includes(name));
    return [status, text, fixed];
  };
  assert.deepEqual(steady(unknown), steady(known));
  assert.match(arena.log.join(''), /"result":"unknown_payment"/);
});

test('G8 where the status query lags behind the callback, the payment is asked about on its schedule', async () => {
  const seconds = 30;
  await arena.fault({ operation: 'GooglePayPurchase', fault: 'pending', status: 'ON-PAYMENT', seconds });
  const view = await buyer.pay();
  await call('procard', procardSays(await reference(view)));
  await ports.leap(3_000);
  assert.equal((await arena.look(view.id)).status, 'processing');
  assert.equal((await arena.until(view.id)).status, 'approved');
});

test('G11 HTML in an error text is shown to nobody', async () => {
  const view = await buyer.choosePage('UZS');
  relay.spoil('status', async ({ socket, execute }) => {
    await execute();
    const body = JSON.stringify({ status: 'FAILED', error: '<img src=x onerror=alert(1)>' });
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  });
  await call('globalpay', { externalId: await reference(view), error: '<img src=x onerror=alert(1)>' });
  const end = await arena.until(view.id);
  assert.deepEqual(end.decline, { reason: 'other' });
  assert.doesNotMatch([...arena.answers, ...arena.notices, ...arena.log].join(), /onerror/);
});

test('G12 of a thousand callbacks at once for one order one question comes, and others are served', async () => {
  const view = await buyer.pay(THREEDS_2);
  const name = await reference(view);
  const before = relay.sent('check', name);
  const flood = Array.from({ length: 10 }, (_, line) => hundredAtOnce((note) => procardSays(name, { note: `${line} ${note}` }))); // prettier-ignore
  assert.equal((await arena.send('/health')).status, 200);
  assert.equal((await buyer.pay()).status, 'approved');
  for (const answers of await Promise.all(flood)) assert.equal(answers.match(/HTTP\/1\.1 200 /g)?.length, 100); // prettier-ignore
  assert.equal(relay.sent('check', name) - before, 1);
  await assertUnpaid(view);
  assert.ok(relay.sent('check', name) - before <= 2);
});

test('G14 after a crash between keeping and answering, the same callback again is one', async () => {
  const view = await buyer.choosePage('UAH');
  await buyer.payOnPage(view);
  const body = procardSays(await reference(view));
  const dying = new AbortController();
  const headers = { 'Content-Type': 'application/json' };
  const first = fetch(`${url}/pay/callbacks/procard`, { method: 'POST', headers, body: JSON.stringify(body), signal: dying.signal }); // prettier-ignore
  dying.abort();
  await assert.rejects(first);
  assert.equal(answered(await call('procard', body)), '200 OK');
  assert.equal((await arena.until(view.id)).status, 'approved');
  await ports.leap(2_000);
  assert.equal(arena.notices.filter((notice) => notice.includes(view.id)).length, 1);
});

test('G15 a callback is acknowledged while the status query still takes its time', async () => {
  const view = await buyer.pay(THREEDS_2);
  let isAsked: (value?: unknown) => void = () => undefined;
  const asked = new Promise((resolve) => (isAsked = resolve));
  let release: (value?: unknown) => void = () => undefined;
  const released = new Promise((resolve) => (release = resolve));
  relay.spoil('check', async ({ socket, execute }) => {
    isAsked();
    await released;
    socket.end(await execute());
  });
  assert.equal((await call('procard', procardSays(await reference(view)))).status, 200);
  await asked;
  release();
  await assertUnpaid(view);
});

test('G104 a callback of one provider at the address of the other has no effect', async () => {
  const [mine, theirs] = [await buyer.pay(THREEDS_2), await buyer.choosePage('UZS')];
  assert.equal((await call('globalpay', procardSays(await reference(mine)))).status, 200);
  assert.equal((await call('globalpay', { externalId: await reference(mine), status: 'APPROVED' })).status, 200); // prettier-ignore
  assert.equal((await call('procard', { externalId: await reference(theirs), status: 'APPROVED' })).status, 403); // prettier-ignore
  await assertUnpaid(mine);
  assert.equal(await questions(mine), 0);
});

test('G105 a callback for one payment moves no other, whatever else it names', async () => {
  const [mine, theirs] = [await buyer.choosePage('UAH'), await buyer.choosePage('UAH')];
  await buyer.payOnPage(theirs);
  const said = procardSays(await reference(theirs), { order_id: await reference(mine), id: await reference(mine) }); // prettier-ignore
  await call('procard', said);
  assert.equal((await arena.until(theirs.id)).status, 'approved');
  assert.equal((await arena.look(mine.id)).status, 'requires_action');
});

test('G106 an approval that is called back while the shopper gives up is not lost', async () => {
  const view = await buyer.choosePage('UAH');
  await buyer.payOnPage(view);
  const callback = procardSays(await reference(view));
  const givingUp = arena.send(`/pay/payments/${view.id}/cancel`, { method: 'POST' });
  await arena.meanwhile(Promise.all([givingUp, call('procard', callback)]));
  assert.equal((await arena.until(view.id, 'approved')).status, 'approved');
});

test('G107 the callback for an earlier attempt of an order says nothing of the later one', async () => {
  const order = buyer.order();
  const first = created(await buyer.post(await buyer.byGooglePay(order, THREEDS_2)));
  const token = tokenOf(first);
  const second = created(await buyer.post(await buyer.byGooglePay(order, THREEDS_2)));
  assert.equal((await arena.look(first.id)).status, 'cancelled');
  await call('procard', procardSays(await reference(first)));
  await buyer.comeBack(token, { cres: 'abc' });
  await assertUnpaid(second);
});
