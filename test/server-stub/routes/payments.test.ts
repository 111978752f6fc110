import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderSVG } from 'uqr';
import { Offer, PaymentView } from '../../../src/contract/index.js';
import { HttpStage, problemOf } from '../support/http-stage.js';
import { settled } from '../support/manual-ports.js';
import { BODY, UNKNOWN } from '../support/stage.js';

describe('POST /pay/payments', () => {
  test('creates a payment, 201', async () => {
    const http = await HttpStage.open();
    const response = await http.post(BODY);
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(PaymentView.parse(await response.json()).status, 'approved');
  });

  test('hands Google’s token to the provider byte for byte', async () => {
    const http = await HttpStage.open();
    const token = '{"protocolVersion":"ECv2","signature":"MEUC\\u003d","x":"é\\/"}';
    const body = structuredClone(BODY);
    assert.ok(body.method.type === 'google-pay');
    body.method.paymentData.paymentMethodData.tokenizationData.token = token;
    await http.post(body);
    const payWith = http.stage.provider.begun[0]?.payWith;
    assert.ok(payWith?.type === 'google-pay');
    assert.equal(payWith.paymentData.paymentMethodData.tokenizationData.token, token);
  });

  test('tells the provider the browser’s headers', async () => {
    const http = await HttpStage.open();
    await http.post(BODY, { 'User-Agent': 'Browser/1', Accept: 'text/html' });
    const browser = http.stage.provider.begun[0]?.browser;
    assert.deepEqual([browser?.userAgent, browser?.accept], ['Browser/1', 'text/html']);
  });

  test('E1 takes no notice of fields that it does not know', async () => {
    const http = await HttpStage.open();
    const response = await http.post({ ...BODY, amount: 1, status: 'approved', provider: 'other' });
    const view = PaymentView.parse(await response.json());
    assert.deepEqual(view.money, BODY.expected);
    assert.equal((await problemOf(await http.post({ ...BODY, expected: { ...BODY.expected, minor: 1 } }))).code, 'amount_mismatch'); // prettier-ignore
  });

  test('E2 refuses decrypted card data anywhere in the body, and logs nothing of it', async () => {
    const http = await HttpStage.open();
    const bodies = [
      { ...BODY, gpTokenDecrypted: 'canary-pan' },
      { ...BODY, browser: { ...BODY.browser, deep: [{ gpTokenDecrypted: { pan: 'canary-pan' } }] } },
      { ...BODY, locale: '{"gpTokenDecrypted":"canary-pan"}' },
      [{ gpTokenDecrypted: 1 }],
    ];
    for (const body of bodies) {
      const response = await http.post(body);
      assert.equal(response.status, 400);
      const text = await response.clone().text();
      assert.equal((await problemOf(response)).code, 'forbidden_field');
      assert.doesNotMatch(text + JSON.stringify(http.stage.logged), /canary/);
    }
    const escaped = JSON.stringify(BODY).replace('{', '{"gpTokenDecrypte\\u0064":1,');
    assert.equal((await problemOf(await http.post(escaped))).code, 'forbidden_field');
    assert.equal(http.stage.provider.begun.length, 0);
  });

  test('names the field that cannot be read, and never its value', async () => {
    const http = await HttpStage.open();
    const cases: [unknown, RegExp][] = [
      [{ ...BODY, expected: { minor: 1.5, currency: 'UAH' } }, /^expected\.minor /],
      [{ ...BODY, expected: { minor: '12500', currency: 'UAH' } }, /^expected\.minor /],
      [{ ...BODY, expected: { minor: 1, currency: 'canary' } }, /^expected\.currency /],
      [{ ...BODY, orderId: 'a b' }, /^orderId /],
      [{ ...BODY, method: { type: 'canary' } }, /^method/],
      [{ ...BODY, browser: { ...BODY.browser, colorDepth: -1 } }, /^browser\.colorDepth /],
      [[], /^the body /],
      ['{', /^the body is not JSON/],
    ];
    for (const [body, detail] of cases) {
      const problem = await problemOf(await http.post(body));
      assert.equal(problem.code, 'invalid_request');
      assert.match(problem.detail ?? '', detail);
      assert.doesNotMatch(JSON.stringify(problem), /canary/);
    }
  });

  test('D12 D15 refuses amounts that are no amounts', async () => {
    const http = await HttpStage.open();
    for (const minor of ['0', '-1', '-0', '1e30', '9007199254740992', '0.5', 'null', '"NaN"', '1e999']) {
      const text = JSON.stringify(BODY).replace('"minor":12500', `"minor":${minor}`);
      assert.equal((await problemOf(await http.post(text))).code, 'invalid_request', minor);
    }
  });

  test('E4 E12 takes application/json only', async () => {
    const http = await HttpStage.open();
    const wrong = ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-7', 'application/jsonp', '']; // prettier-ignore
    for (const type of wrong) {
      const response = await http.post(BODY, { 'Content-Type': type });
      assert.equal(response.status, 415, type);
      assert.equal((await problemOf(response)).code, 'unsupported_media_type');
    }
    const right = await http.post(BODY, { 'Content-Type': 'Application/JSON; charset=UTF-8' });
    assert.equal(right.status, 201);
  });

  const inner = [
    'http://169.254.169.254/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://[::ffff:127.0.0.1]/',
  ];
  for (const address of inner)
    test(`E15 takes no address to call back from a client: ${address}`, async () => {
      const http = await HttpStage.open();
      const back = await http.post({ ...BODY, returnUrl: address });
      assert.equal((await problemOf(back)).code, 'invalid_request');
      const named = { callbackUrl: address, notificationUrl: address, urls: { callback: address } };
      const headers = { 'X-Forwarded-Host': 'evil.example', Forwarded: `host="${address}"` };
      const body = { ...BODY, ...named, method: { ...BODY.method, ...named } };
      assert.equal((await http.post(body, headers)).status, 201);
      const [attempt] = http.stage.provider.begun;
      assert.equal(attempt?.urls.callback, 'https://pay.example/pay/callbacks/scripted');
      assert.match(attempt.urls.threedsReturn, /^https:\/\/pay\.example\/pay\/3ds\/[\w-]{22}\/return$/);
      const told = JSON.stringify(http.stage.provider.begun);
      assert.deepEqual([told.includes(address), told.includes('evil')], [false, false]);
    });

  test('E5 takes 32 KiB at most, however the body comes', async () => {
    const http = await HttpStage.open();
    const large = JSON.stringify({ ...BODY, pad: 'x'.repeat(33_000) });
    const whole = await http.post(large, { 'Content-Length': String(large.length) });
    assert.equal(whole.status, 413);
    assert.equal((await problemOf(whole)).code, 'payload_too_large');
    const chunks = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('x'.repeat(1_024))),
    });
    const endless = await http.app.request('/pay/payments', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': http.stage.nextKey() },
      body: chunks,
      duplex: 'half',
    } as RequestInit);
    assert.equal(endless.status, 413);
    assert.equal(endless.headers.get('connection'), 'close');
  });

  test('E10 is not polluted by __proto__', async () => {
    const http = await HttpStage.open();
    const text = JSON.stringify(BODY).replace('{', '{"__proto__":{"paid":true},"constructor":{"prototype":{"paid":true}},'); // prettier-ignore
    const response = await http.post(text);
    assert.equal(response.status, 201);
    assert.equal('paid' in {}, false);
  });

  test('needs an Idempotency-Key that is hard to guess', async () => {
    const http = await HttpStage.open();
    for (const key of ['', 'short', 'with blanks in the key', 'x'.repeat(129)]) {
      const problem = await problemOf(await http.post(BODY, { 'Idempotency-Key': key }));
      assert.equal(problem.code, 'invalid_request');
      assert.match(problem.detail ?? '', /Idempotency-Key/);
    }
    assert.equal(http.stage.provider.begun.length, 0);
  });

  test('E20 with one key: the same answer, 422 for another body, 409 with Retry-After in between', async () => {
    const http = await HttpStage.open();
    const key = { 'Idempotency-Key': 'a-key-of-16-chars' };
    const release = http.stage.provider.holds('begin');
    const first = http.post(BODY, key);
    await settled();
    const during = await http.post(BODY, key);
    assert.equal((await problemOf(during)).code, 'in_progress');
    assert.equal(during.headers.get('retry-after'), '1');
    release({ kind: 'approved' });
    const [answer, again] = [await first, await http.post(BODY, key)];
    assert.deepEqual([again.status, await again.text()], [answer.status, await answer.text()]);
    const other = await http.post({ ...BODY, locale: 'en' }, key);
    assert.equal(other.status, 422);
    assert.equal((await problemOf(other)).code, 'idempotency_mismatch');
    // The order of members and unknown ones make no other request.
    const same = await http.post({ extra: 1, ...Object.fromEntries(Object.entries(BODY).reverse()) }, key);
    assert.equal(same.status, 201);
  });
});

describe('GET /pay/payments', () => {
  test('finds a payment by the key that made it', async () => {
    const http = await HttpStage.open();
    const key = { 'Idempotency-Key': 'a-key-of-16-chars' };
    await http.post(BODY, key);
    const found = await http.request('/pay/payments', { headers: key });
    assert.equal(PaymentView.parse(await found.json()).orderId, 'A-1001');
    const other = await http.request('/pay/payments', { headers: { 'Idempotency-Key': 'another-key-of-16' } }); // prettier-ignore
    assert.equal((await problemOf(other)).code, 'payment_not_found');
    assert.equal((await problemOf(await http.request('/pay/payments'))).code, 'invalid_request');
  });

  test('E17 E18 shows a payment to whoever knows its id, uncached; any other id looks the same', async () => {
    const http = await HttpStage.open();
    const view = await http.created();
    const found = await http.request(`/pay/payments/${view.id}`);
    assert.equal(found.headers.get('cache-control'), 'no-store');
    assert.deepEqual(PaymentView.parse(await found.json()), view);
    for (const id of ['1', 'token00000000000000009', '%00', 'x'.repeat(500)]) {
      const problem = await problemOf(await http.request(`/pay/payments/${id}`));
      assert.equal(problem.code, 'payment_not_found');
    }
  });

  test('holds the answer until the version differs', async () => {
    const http = await HttpStage.open();
    http.stage.provider.answers('begin', UNKNOWN);
    const view = await http.created();
    const early = await http.request(`/pay/payments/${view.id}?wait=20&after=${view.version - 1}`);
    assert.deepEqual(await early.json(), view);
    const waiting = http.request(`/pay/payments/${view.id}?wait=20&after=${view.version}`);
    await http.stage.ports.advance(1_000);
    http.stage.provider.answers('query', { kind: 'approved' });
    await http.stage.ports.advance(2_000);
    assert.equal(PaymentView.parse(await (await waiting).json()).status, 'approved');
  });

  test('takes the longest wait of the contract, and refuses one that is longer or no time', async () => {
    const http = await HttpStage.open();
    const view = await http.created();
    const longest = await http.request(`/pay/payments/${view.id}?wait=25&after=${view.version - 1}`);
    assert.equal(longest.status, 200);
    for (const query of ['wait=26', 'wait=-1', 'wait=x', 'wait=1.5', 'wait=', 'after=x', 'after=-1']) {
      const problem = await problemOf(await http.request(`/pay/payments/${view.id}?${query}`));
      assert.equal(problem.code, 'invalid_request', query);
      assert.match(problem.detail ?? '', /^(wait|after) /);
    }
  });
});

describe('POST /pay/payments/{id}/cancel', () => {
  test('gives up what the shopper was to do, and needs no body', async () => {
    const http = await HttpStage.open();
    const { view } = await http.stage.challenged();
    const response = await http.request(`/pay/payments/${view.id}/cancel`, { method: 'POST' });
    assert.equal(PaymentView.parse(await response.json()).status, 'cancelled');
    const unknown = await http.request('/pay/payments/other/cancel', { method: 'POST' });
    assert.equal((await problemOf(unknown)).code, 'payment_not_found');
  });
});

describe('GET /pay/offers/{orderId}', () => {
  test('gives the offer, or says that there is no such order', async () => {
    const http = await HttpStage.open();
    const offer = Offer.parse(await (await http.request('/pay/offers/A-1001')).json());
    assert.equal(offer.money.minor, 12_500);
    for (const id of ['other', 'a%20b', '%E2%82%AC', 'x'.repeat(65)])
      assert.equal((await problemOf(await http.request(`/pay/offers/${id}`))).code, 'order_not_found');
  });
});

describe('GET /pay/payments/{id}/receipt.svg', () => {
  test('draws the address of the receipt, for pages of any origin', async () => {
    const http = await HttpStage.open();
    const receiptUrl = 'https://receipt.example/check?t=1&r=2';
    http.stage.provider.answers('begin', { kind: 'approved', receiptUrl });
    const { id } = await http.created();
    const response = await http.request(`/pay/payments/${id}/receipt.svg`);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'image/svg+xml');
    assert.equal(response.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(await response.text(), renderSVG(receiptUrl, { border: 4 }));
  });

  test('is not there before the receipt is', async () => {
    const http = await HttpStage.open();
    const { id } = await http.created();
    const problem = await problemOf(await http.request(`/pay/payments/${id}/receipt.svg`));
    assert.equal(problem.code, 'not_found');
  });
});
