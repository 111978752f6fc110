import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { FAULTS, type TransportFault } from '../../../../demo/sandbox/faults/fault.js';
import { assertPart, ORDER, PURCHASE, signed, startMerchant, type Merchant } from '../merchant.js';
import { bodyOf, captures, merchant_id, order, purchase, purchaseFields, suffered } from './buyer.js';

const PURCHASES = { operation: 'GooglePayPurchase' };
const APPROVED = { reasonCode: 0, reason: 'OK', transactionStatus: 'APPROVED' };

let merchant: Merchant;
const now = Date.parse('2026-11-20T10:00:00Z');
let orderId: string;
let orders = 0;
before(async () => {
  merchant = await startMerchant({ now: () => now });
});
after(() => merchant.close());
beforeEach(async () => {
  orderId = `FLT-${++orders}`;
  await merchant.control('reset', { method: 'POST' });
});

async function buy(signal?: AbortSignal): Promise<Response> {
  return purchase(merchant, await purchaseFields(merchant, orderId), signal);
}

/** Orders the fault and buys, and checks that the provider did charge, whatever it answers. */
async function buyInSpiteOf(fault: object): Promise<Response> {
  await order(merchant, { ...PURCHASES, ...fault });
  const response = await buy();
  assert.equal(await captures(merchant), 1);
  return response;
}

/** What each kind of the table does to a purchase over 10.00 UAH that would be approved. */
const CASES: Record<TransportFault['fault'], () => Promise<void>> = {
  async down() {
    await order(merchant, { ...PURCHASES, fault: 'down' });
    await assert.rejects(buy(), TypeError);
    assert.equal(await captures(merchant), 0);
  },

  async no_answer() {
    await order(merchant, { ...PURCHASES, fault: 'no_answer' });
    const caller = new AbortController();
    const answer = buy(caller.signal);
    // The request has arrived when it can be seen among the received ones.
    while (!merchant.sandbox.received.some((request) => request.body.includes(orderId))) {
      await new Promise(setImmediate);
    }
    caller.abort();
    await assert.rejects(answer, { name: 'AbortError' });
    assert.equal(await captures(merchant), 0);
  },

  async slow() {
    const start = performance.now();
    const response = await buyInSpiteOf({ fault: 'slow', seconds: 0.05 });
    assert.ok(performance.now() - start >= 49);
    assert.deepEqual(await bodyOf(response), APPROVED);
  },

  async slow_drip() {
    await order(merchant, { ...PURCHASES, fault: 'slow_drip', seconds: 0.4 });
    const start = performance.now();
    const { text } = await overOneConnection(await purchaseFields(merchant, orderId));
    assert.ok(performance.now() - start >= 399);
    // Each byte is a chunk of its own, however many of them have arrived before they are read.
    const drops = [...JSON.stringify(APPROVED)].map((byte) => `1\r\n${byte}\r\n`);
    assert.ok(text.endsWith(`\r\n\r\n${drops.join('')}0\r\n\r\n`), text);
    assert.equal(await captures(merchant), 1);
  },

  async answer_lost() {
    await order(merchant, { ...PURCHASES, fault: 'answer_lost' });
    await assert.rejects(buy(), TypeError);
    assert.equal(await captures(merchant), 1);
  },

  async reset() {
    await order(merchant, { ...PURCHASES, fault: 'reset', bytes: 7 });
    const { text, error } = await overOneConnection(await purchaseFields(merchant, orderId));
    const [head = '', body] = text.split('\r\n\r\n');
    assert.match(head, /^HTTP\/1\.1 200 /);
    assert.match(head, new RegExp(`^content-length: ${JSON.stringify(APPROVED).length}$`, 'im'));
    assert.equal(body, JSON.stringify(APPROVED).slice(0, 7));
    assert.equal(error, 'ECONNRESET');
    assert.equal(await captures(merchant), 1);
  },

  async html() {
    const response = await buyInSpiteOf({ fault: 'html' });
    assert.equal(response.status, 200);
    assert.match(await response.text(), /^<!doctype html>/);
  },

  async http_500() {
    const response = await buyInSpiteOf({ fault: 'http_500' });
    assert.equal(response.status, 500);
    assert.deepEqual(await response.json(), APPROVED);
  },

  async truncated_json() {
    const response = await buyInSpiteOf({ fault: 'truncated_json' });
    assert.equal(response.status, 200);
    const whole = JSON.stringify(APPROVED);
    assert.equal(await response.text(), whole.slice(0, whole.length / 2));
  },

  async wrong_types() {
    const response = await buyInSpiteOf({ fault: 'wrong_types' });
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), {
      reasonCode: { value: 0 },
      reason: ['OK'],
      transactionStatus: ['APPROVED'],
    });
  },

  async duplicate_keys() {
    const response = await buyInSpiteOf({ fault: 'duplicate_keys' });
    assert.equal(
      await response.text(),
      '{"reasonCode":null,"reasonCode":0,"reason":null,"reason":"OK","transactionStatus":null,"transactionStatus":"APPROVED"}',
    );
  },

  async clock_shift() {
    const check = () => merchant.procard('check', { merchant_id, order_id: orderId }, ORDER);
    await buyInSpiteOf({ fault: 'clock_shift', seconds: 86_400 });
    assertPart(await check(), { createdDate: '2026-11-21 12:00:00' });
    await order(merchant, { operation: 'check', fault: 'clock_shift', seconds: -3600 });
    await check();
    const journal = (await merchant.control('journal')) as { at: string; tookMs: number }[];
    assertPart(journal.at(-1), { at: '2026-11-21T09:00:00.000Z', tookMs: 0 });
    await merchant.control('reset', { method: 'POST' });
    await buy();
    assertPart(await check(), { createdDate: '2026-11-20 12:00:00' });
  },
};

/** Sends a purchase, and reads until the other side ends the connection. */
function overOneConnection(fields: Record<string, string>): Promise<{ text: string; error?: string }> {
  const { hostname, port } = new URL(merchant.sandbox.url);
  const body = new URLSearchParams(signed(fields, PURCHASE)).toString();
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /procard/api/ HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
      `Content-Length: ${body.length}\r\n\r\n${body}`,
  );
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('end', () => resolve({ text }));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve({ text, error: error.code ?? '' }));
  });
}

describe('on the way', () => {
  for (const [name, { family, what }] of Object.entries(FAULTS)) {
    if (family !== 'transport') continue;
    it(`${name}: ${what}`, CASES[name as TransportFault['fault']]);
  }

  it('spoils as many calls of that operation as were ordered, and no other', async () => {
    await order(merchant, { operation: 'check', fault: 'http_500', times: 2 });
    await buy();
    const body = new URLSearchParams(signed({ merchant_id, order_id: orderId }, ORDER));
    const statuses = [];
    for (let call = 0; call < 3; call += 1) {
      const answer = await fetch(`${merchant.sandbox.url}/procard/api/check`, { method: 'POST', body });
      statuses.push(answer.status);
    }
    assert.deepEqual(statuses, [500, 500, 200]);
    assert.deepEqual(await suffered(merchant), [undefined, 'http_500', 'http_500', undefined]);
  });

  it('spoils in the order of ordering', async () => {
    await order(merchant, { ...PURCHASES, fault: 'html' });
    await order(merchant, { ...PURCHASES, fault: 'http_500' });
    await buy();
    orderId = `FLT-${++orders}`;
    await buy();
    assert.deepEqual(await suffered(merchant), ['html', 'http_500']);
  });

  it('does what has become due when the clock jumps', { timeout: 60_000 }, async (t) => {
    const late = await startMerchant();
    t.after(() => late.close());
    const fields = await purchaseFields(late, orderId);
    await order(late, { operation: 'procard_callback', fault: 'callback_late', seconds: 3600 });
    await purchase(late, fields);
    await order(late, { operation: 'check', fault: 'clock_shift', seconds: 3600 });
    await late.procard('check', { merchant_id, order_id: orderId }, ORDER);
    assertPart((await late.nextCallback()).body, { orderReference: orderId });
  });

  it('reaches GlobalPay’s calls', async () => {
    await order(merchant, { operation: 'auth', fault: 'http_500' });
    const auth = `${merchant.sandbox.url}/globalpay/checkout/v1/merchant/auth`;
    assert.equal((await fetch(auth, { method: 'POST', body: '{}' })).status, 500);
    assert.equal((await fetch(auth, { method: 'POST', body: '{}' })).status, 400);
  });

  it('has nothing left to spoil where the card itself has the answer lost', async () => {
    await order(merchant, { ...PURCHASES, fault: 'truncated_json' });
    const fields = await purchaseFields(merchant, orderId, 'visa-answer-lost');
    await assert.rejects(purchase(merchant, fields), TypeError);
    assert.equal(await captures(merchant), 1);
  });

  it('leaves the empty body of a redirect as it is', async () => {
    await order(merchant, { operation: 'Purchase', fault: 'duplicate_keys' });
    const { approve_url, ...rest } = {
      ...(await purchaseFields(merchant, orderId)),
      operation: 'Purchase',
      approve_url: 'https://shop.example/ok',
      decline_url: 'https://shop.example/no',
      cancel_url: 'https://shop.example/no',
    };
    const response = await fetch(`${merchant.sandbox.url}/procard/api/`, {
      method: 'POST',
      body: new URLSearchParams(signed({ ...rest, approve_url }, PURCHASE)),
      redirect: 'manual',
    });
    assert.equal(response.status, 303);
    assert.equal(await response.text(), '');
  });
});

describe('the table of faults', () => {
  it('is served with what was ordered and planned', async () => {
    const fault = { operation: 'check', fault: 'slow', seconds: 1, times: 2 };
    await order(merchant, fault);
    await order(merchant, { seed: 1, rate: 0, operations: ['auth'], faults: ['html'] });
    assert.deepEqual(await merchant.control('faults'), {
      faults: FAULTS,
      ordered: [fault],
      plan: { seed: 1, rate: 0, operations: ['auth'], faults: ['html'] },
    });
    await merchant.control('reset', { method: 'POST' });
    assert.deepEqual(await merchant.control('faults'), { faults: FAULTS, ordered: [], plan: null });
  });
});
