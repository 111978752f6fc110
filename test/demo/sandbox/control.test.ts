import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { SCENARIOS } from '../../../demo/sandbox/scenarios.js';
import { startSandbox } from '../../../demo/sandbox/sandbox.js';
import { CREDENTIALS } from '../../../demo/sandbox/settings.js';
import {
  assertPart,
  ORDER,
  PURCHASE,
  signed,
  startMerchant,
  type Answer,
  type Fields,
  type Merchant,
} from './merchant.js';

const merchant_id = CREDENTIALS.procardMerchantId;

let merchant: Merchant;
let order: string;
let orders = 0;

before(async () => {
  merchant = await startMerchant();
});
after(() => merchant.close());
beforeEach(async () => {
  order = `CTL-${++orders}`;
  await merchant.control('reset', { method: 'POST' });
});

function orderFault(fault: object) {
  const headers = { 'Content-Type': 'application/json' };
  return fetch(`${merchant.sandbox.url}/control/faults`, {
    method: 'POST',
    headers,
    body: JSON.stringify(fault),
  });
}

async function purchaseFields(): Promise<Fields> {
  return {
    operation: 'GooglePayPurchase',
    merchant_id,
    amount: '10.00',
    order_id: order,
    currency_iso: 'UAH',
    description: 'Cup',
    callback_url: merchant.callbackUrl,
    gpApiVersionMinor: '0',
    gpApiVersion: '2',
    gpPMDescription: 'x',
    gpPMType: 'CARD',
    gpPMICardNetwork: 'VISA',
    gpPMICardDetails: '1000',
    gpTokenType: 'PAYMENT_GATEWAY',
    gpToken: await merchant.token('visa-approved'),
  };
}

async function post(fields: Fields, signal?: AbortSignal): Promise<Response> {
  const body = new URLSearchParams(signed(fields, PURCHASE));
  return fetch(`${merchant.sandbox.url}/procard/api/`, { method: 'POST', body, ...(signal && { signal }) });
}

async function captures(): Promise<number> {
  const { captures } = (await merchant.control('ledger')) as { captures: unknown[] };
  return captures.length;
}

describe('faults', () => {
  it('down: nothing is executed and the connection is cut', async () => {
    await orderFault({ operation: 'GooglePayPurchase', fault: 'down' });
    await assert.rejects(post(await purchaseFields()), TypeError);
    assert.equal(await captures(), 0);
  });

  it('no_answer: nothing is executed, and silence until the caller hangs up', async () => {
    await orderFault({ operation: 'GooglePayPurchase', fault: 'no_answer' });
    const caller = new AbortController();
    const answer = post(await purchaseFields(), caller.signal);
    // The request has arrived when it can be seen among the received ones.
    while (!merchant.sandbox.received.some((request) => request.body.includes(order))) {
      await new Promise(setImmediate);
    }
    caller.abort();
    await assert.rejects(answer, { name: 'AbortError' });
    assert.equal(await captures(), 0);
  });

  it('slow: executed, and answered in the end', async () => {
    await orderFault({ operation: 'GooglePayPurchase', fault: 'slow', seconds: 0.01 });
    assert.equal((await post(await purchaseFields())).status, 200);
    assert.equal(await captures(), 1);
  });

  it('answer_lost: executed, and the connection is cut', async () => {
    await orderFault({ operation: 'GooglePayPurchase', fault: 'answer_lost' });
    await assert.rejects(post(await purchaseFields()), TypeError);
    assert.equal(await captures(), 1);
  });

  it('html: executed, and answered with a page', async () => {
    await orderFault({ operation: 'GooglePayPurchase', fault: 'html' });
    const response = await post(await purchaseFields());
    assert.equal(response.status, 200);
    assert.match(await response.text(), /^<!doctype html>/);
    assert.equal(await captures(), 1);
  });

  it('http_500: executed, and answered with the approving body and status 500', async () => {
    await orderFault({ operation: 'GooglePayPurchase', fault: 'http_500' });
    const response = await post(await purchaseFields());
    assert.equal(response.status, 500);
    assertPart(await response.json(), { transactionStatus: 'APPROVED' });
    assert.equal(await captures(), 1);
  });

  it('truncated_json: executed, and half of the body comes', async () => {
    await orderFault({ operation: 'GooglePayPurchase', fault: 'truncated_json' });
    const response = await post(await purchaseFields());
    await assert.rejects(response.json(), SyntaxError);
    assert.equal(await captures(), 1);
  });

  it('wrong_types: executed, and the body has a shape of its own', async () => {
    await orderFault({ operation: 'GooglePayPurchase', fault: 'wrong_types' });
    const body = (await (await post(await purchaseFields())).json()) as Answer;
    assert.equal(typeof body['transactionStatus'], 'object');
    assert.equal(await captures(), 1);
  });

  it('spoils as many calls of that operation as were ordered, and no other', async () => {
    await orderFault({ operation: 'check', fault: 'http_500', times: 2 });
    await post(await purchaseFields());
    const body = new URLSearchParams(signed({ merchant_id, order_id: order }, ORDER));
    const statuses = [];
    for (let call = 0; call < 3; call += 1) {
      const answer = await fetch(`${merchant.sandbox.url}/procard/api/check`, { method: 'POST', body });
      statuses.push(answer.status);
    }
    assert.deepEqual(statuses, [500, 500, 200]);
  });

  it('reaches GlobalPay’s calls', async () => {
    await orderFault({ operation: 'auth', fault: 'http_500' });
    const auth = `${merchant.sandbox.url}/globalpay/checkout/v1/merchant/auth`;
    assert.equal((await fetch(auth, { method: 'POST', body: '{}' })).status, 500);
    assert.equal((await fetch(auth, { method: 'POST', body: '{}' })).status, 400);
  });

  it('refuses a fault or an operation that it does not know', async () => {
    assert.equal((await orderFault({ operation: 'check', fault: 'fire' })).status, 400);
    assert.equal((await orderFault({ operation: 'pay', fault: 'down' })).status, 400);
  });
});

describe('journal', () => {
  it('holds names and values in order, signatures included and secrets masked', async () => {
    const fields = signed(await purchaseFields(), PURCHASE);
    await post(fields);
    await merchant.nextCallback();
    const journal = (await merchant.control('journal')) as {
      operation: string;
      parts: [string, string][];
      sent: Answer;
      status: number;
      answer: Answer;
    }[];
    const entry = journal.find((each) => each.operation === 'GooglePayPurchase') ?? assert.fail();
    assert.deepEqual(
      entry.parts.map(([name]) => name),
      Object.keys(fields),
    );
    const masked = `[${fields['gpToken']?.length} characters]`;
    assertPart(Object.fromEntries(entry.parts), { gpToken: masked, signature: fields['signature'] });
    assertPart(entry.sent, { gpToken: masked, order_id: order });
    assertPart(entry.answer, { transactionStatus: 'APPROVED' });
    assert.equal(entry.status, 200);
  });

  it('keeps the exact bytes of requests for tests in the same process', async () => {
    const fields = await purchaseFields();
    await post(fields);
    await merchant.nextCallback();
    const request = merchant.sandbox.received.at(-1) ?? assert.fail();
    assert.equal(request.path, '/procard/api/');
    assert.equal(request.method, 'POST');
    assert.match(request.headers.get('Content-Type') ?? '', /urlencoded/);
    assert.equal(request.body.toString(), new URLSearchParams(signed(fields, PURCHASE)).toString());
  });
});

describe('control', () => {
  it('serves the scenario table, to every origin', async () => {
    const response = await fetch(`${merchant.sandbox.url}/control/scenarios`, {
      headers: { Origin: 'http://localhost:8080' },
    });
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), '*');
    assert.deepEqual(await response.json(), SCENARIOS);
  });

  it('lets pages of other origins order faults', async () => {
    const response = await fetch(`${merchant.sandbox.url}/control/faults`, {
      method: 'OPTIONS',
      headers: { Origin: 'http://localhost:8080', 'Access-Control-Request-Method': 'POST' },
    });
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), '*');
    assert.match(response.headers.get('Access-Control-Allow-Methods') ?? '', /POST/);
  });

  it('forgets everything on reset', async () => {
    await post(await purchaseFields());
    await merchant.nextCallback();
    await orderFault({ operation: 'check', fault: 'down' });
    await merchant.control('reset', { method: 'POST' });
    assert.deepEqual(await merchant.control('ledger'), { captures: [], reversals: [] });
    assert.deepEqual(await merchant.control('journal'), []);
    assertPart(await merchant.procard('check', { merchant_id, order_id: order }, ORDER), { code: -10 });
  });
});

describe('startSandbox', () => {
  it('says in plain words what it is', async () => {
    const html = await (await fetch(merchant.sandbox.url)).text();
    assert.match(html, /What it does not imitate/);
    assert.match(html, /4000000000001000/);
  });

  it('rejects where the port is taken', async () => {
    const port = Number(new URL(merchant.sandbox.url).port);
    await assert.rejects(startSandbox({ port }), { code: 'EADDRINUSE' });
  });

  it('ends callbacks that are still open when it closes', { timeout: 5_000 }, async () => {
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    assert(typeof address === 'object' && address);
    const arrived = once(silent, 'connection');
    const sandbox = await startSandbox({ port: 0 });
    const fields = {
      ...(await purchaseFields()),
      gpToken: 'foreign',
      callback_url: `http://127.0.0.1:${address.port}/`,
    };
    const body = new URLSearchParams(signed(fields, PURCHASE));
    await fetch(`${sandbox.url}/procard/api/`, { method: 'POST', body });
    const [socket] = (await arrived) as [NodeJS.EventEmitter];
    const hungUp = once(socket, 'close');
    await sandbox.close();
    await hungUp;
    silent.close();
  });
});
