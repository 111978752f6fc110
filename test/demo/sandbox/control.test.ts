import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { SCENARIOS } from '../../../demo/sandbox/scenarios.js';
import { startSandbox } from '../../../demo/sandbox/sandbox.js';
import {
  assertPart,
  ORDER,
  PURCHASE,
  signed,
  startMerchant,
  type Answer,
  type Merchant,
} from './merchant.js';
import { merchant_id, order as orderFault, purchase, purchaseFields } from './faults/buyer.js';

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

describe('journal', () => {
  it('holds names and values in order, signatures included and secrets masked', async () => {
    const fields = signed(await purchaseFields(merchant, order), PURCHASE);
    await purchase(merchant, fields);
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
    const fields = await purchaseFields(merchant, order);
    await purchase(merchant, fields);
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
    await purchase(merchant, await purchaseFields(merchant, order));
    await merchant.nextCallback();
    await orderFault(merchant, { operation: 'check', fault: 'down' });
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

  it('ends callbacks that are still open when it closes', { timeout: 60_000 }, async () => {
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    assert(typeof address === 'object' && address);
    const arrived = once(silent, 'connection');
    const other = await startMerchant();
    const callback_url = `http://127.0.0.1:${address.port}/`;
    await purchase(other, { ...(await purchaseFields(other, order)), callback_url });
    const [socket] = (await arrived) as [NodeJS.EventEmitter];
    const hungUp = once(socket, 'close');
    await other.close();
    await hungUp;
    silent.close();
  });
});
