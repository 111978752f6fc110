import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { mock, test } from 'node:test';
import { readTrustedProxies } from '../../../server-stub/client-address.js';
import { HttpStage, problemOf } from '../support/http-stage.js';
import { BODY } from '../support/stage.js';

const SHOPPER = '203.0.113.7';
const OTHER = '203.0.113.8';
const CREATES = 60;
const READS = 3_000;
const GUESSES = 60;

// The minute that is counted in does not end before the counting does.
mock.timers.enable({ apis: ['Date', 'setTimeout'] });

/** Sends the same request many times from one address; resolves to how many were let through. */
async function flood(http: HttpStage, times: number, path: string, address: string, init: RequestInit = {}) {
  let passed = 0;
  for (let count = 0; count < times; count += 1) {
    const { status } = await from(http, address, path, init);
    if (status !== 429) passed += 1;
  }
  return passed;
}

async function from(http: HttpStage, remoteAddress: string, path: string, init: RequestInit = {}) {
  const incoming = { socket: { remoteAddress } } as IncomingMessage;
  return http.app.request(path, init, { incoming });
}

const create = (key: string): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
  body: JSON.stringify(BODY),
});

test('an address may start sixty payments a minute, and is then told when to come back', async () => {
  const http = await HttpStage.open();
  const key = http.stage.nextKey();
  assert.equal(await flood(http, CREATES + 1, '/pay/payments', SHOPPER, create(key)), CREATES);
  const refused = await from(http, SHOPPER, '/pay/payments', create(http.stage.nextKey()));
  const wait = Number(refused.headers.get('retry-after'));
  assert.ok(wait > 0 && wait <= 60, String(wait));
  assert.equal((await problemOf(refused)).code, 'rate_limited');
  assert.equal(http.stage.provider.begun.length, 1);
});

test('who may start no more payments may still see how the started one ends, and others may start theirs', async () => {
  const http = await HttpStage.open();
  const { id } = await http.created();
  await flood(http, CREATES + 1, '/pay/payments', SHOPPER, create('no-body-fits-this-key'));
  assert.equal((await from(http, SHOPPER, `/pay/payments/${id}`)).status, 200);
  assert.notEqual((await from(http, OTHER, '/pay/payments', create(http.stage.nextKey()))).status, 429);
});

test('a refusal can be read by a shop on another origin', async () => {
  const http = await HttpStage.open();
  await flood(http, GUESSES + 1, '/pay/offers/guess', SHOPPER);
  const init = { headers: { Origin: 'https://shop.example' } };
  const refused = await from(http, SHOPPER, '/pay/offers/A-1001', init);
  assert.equal((await problemOf(refused)).code, 'rate_limited');
  assert.equal(refused.headers.get('access-control-allow-origin'), 'https://shop.example');
  assert.match(refused.headers.get('access-control-expose-headers') ?? '', /Retry-After/);
});

test('many shoppers behind one address can watch their payments: three thousand looks a minute', async () => {
  const http = await HttpStage.open();
  const { id } = await http.created();
  // A look that is refused before the store is asked counts like any other.
  assert.equal(await flood(http, READS - 1, `/pay/payments/${id}?wait=x`, SHOPPER), READS - 1);
  assert.equal(await flood(http, 2, `/pay/payments/${id}`, SHOPPER), 1);
});

for (const path of [
  '/pay/payments/AAAAAAAAAAAAAAAAAAAAAA',
  '/pay/3ds/AAAAAAAAAAAAAAAAAAAAAA',
  '/pay/offers/A-2',
])
  test(`E17 sixty guesses a minute, and not even the right one is shown: ${path}`, async () => {
    const http = await HttpStage.open();
    assert.equal(await flood(http, GUESSES + 10, path, SHOPPER), GUESSES);
    const { id } = await http.created();
    assert.equal((await from(http, SHOPPER, `/pay/payments/${id}`)).status, 429);
    assert.equal((await from(http, OTHER, `/pay/payments/${id}`)).status, 200);
  });

test('what banks and providers send is never refused, nor is the look at our health', async () => {
  const http = await HttpStage.open();
  const { token } = await http.stage.challenged();
  await flood(http, GUESSES + 1, '/pay/payments/AAAAAAAAAAAAAAAAAAAAAA', SHOPPER);
  assert.equal((await from(http, SHOPPER, `/pay/payments/${token}`)).status, 429);
  const form = { method: 'POST', body: new URLSearchParams({ cres: 'e30' }) };
  assert.equal((await from(http, SHOPPER, `/pay/3ds/${token}/return`, form)).status, 200);
  assert.equal((await from(http, SHOPPER, '/pay/callbacks/scripted', { method: 'POST', body: 'ignored' })).status, 200); // prettier-ignore
  assert.equal((await from(http, SHOPPER, '/health')).status, 200);
});

test('an IPv6 customer is counted as a whole, a neighbour apart', async () => {
  const http = await HttpStage.open();
  const guess = '/pay/payments/AAAAAAAAAAAAAAAAAAAAAA';
  let passed = 0;
  for (let host = 1; host <= GUESSES + 10; host += 1)
    passed += await flood(http, 1, guess, `2001:db8:1:2:${host.toString(16)}::1`);
  assert.equal(passed, GUESSES);
  assert.equal(await flood(http, 1, guess, '2001:db8:1:2::'), 0);
  assert.equal(await flood(http, 1, guess, '2001:db8:1:3::1'), 1);
  assert.equal(await flood(http, 1, guess, '2001:db8::1:2:0:1'), 1);
});

test('a proxy on this machine that was not named shuts nobody out', async () => {
  const http = await HttpStage.open();
  const guess = '/pay/payments/AAAAAAAAAAAAAAAAAAAAAA';
  for (const own of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
    assert.equal(await flood(http, GUESSES + 1, guess, own), GUESSES + 1);
});

test('behind a trusted proxy shoppers are counted, and a forged header gives nobody a new name', async () => {
  const http = await HttpStage.open({ trustedProxies: readTrustedProxies({ TRUSTED_PROXIES: 'loopback' }) });
  const guess = '/pay/payments/AAAAAAAAAAAAAAAAAAAAAA';
  let passed = 0;
  for (let forged = 0; forged < GUESSES + 10; forged += 1)
    passed += await flood(http, 1, guess, '127.0.0.1', {
      headers: { 'X-Forwarded-For': `127.0.0.1, 198.51.100.${forged}, ${SHOPPER}` },
    });
  assert.equal(passed, GUESSES);
});

test('the bank is told the shopper’s address, not the proxy’s nor a forged one', async () => {
  const http = await HttpStage.open({
    trustedProxies: readTrustedProxies({ TRUSTED_PROXIES: '10.0.0.0/8' }),
  });
  const forged = { 'X-Forwarded-For': `8.8.8.8, ${SHOPPER}` };
  const { headers, ...rest } = create(http.stage.nextKey());
  await from(http, '10.0.0.1', '/pay/payments', { ...rest, headers: { ...headers, ...forged } });
  assert.equal(http.stage.provider.begun[0]?.browser.ip, SHOPPER);
});
