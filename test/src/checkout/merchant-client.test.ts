import { expect } from '@open-wc/testing';
import type { CreatePayment } from '../../../src/contract/api.js';
import { MerchantClient } from '../../../src/checkout/merchant-client.js';
import { json, offer, problem, view } from '../../support/browser/fake-merchant.js';

const signal = new AbortController().signal;
const body = { orderId: 'A-1' } as CreatePayment;

describe('the client of the merchant API', () => {
  const realFetch = window.fetch.bind(window);
  const realTimeout = AbortSignal.timeout.bind(AbortSignal);
  let seen: { url: string; init: RequestInit }[];
  let answer: () => Response | Promise<Response>;
  beforeEach(() => {
    seen = [];
    answer = json(view()) as typeof answer;
    window.fetch = async (url, init = {}) => {
      seen.push({ url: url as string, init });
      return answer();
    };
  });
  afterEach(() => {
    window.fetch = realFetch;
    AbortSignal.timeout = realTimeout;
  });

  it('asks at the addresses of the API, whatever slashes end the endpoint and whatever an id holds', async () => {
    for (const endpoint of ['/pay', '/pay/', '/pay//']) {
      seen = [];
      const client = new MerchantClient(endpoint);
      await client.offer('A-1', signal);
      await client.payment('a/b?', signal);
      await client.payment('p1', signal, 0);
      await client.paymentByKey('k1', signal);
      await client.create(body, 'k1', signal);
      await client.cancel('a/b?', signal);
      expect(seen.map(({ url, init }) => `${init.method ?? 'GET'} ${url}`)).to.deep.equal([
        'GET /pay/offers/A-1',
        'GET /pay/payments/a%2Fb%3F',
        'GET /pay/payments/p1?wait=20&after=0',
        'GET /pay/payments',
        'POST /pay/payments',
        'POST /pay/payments/a%2Fb%3F/cancel',
      ]);
    }
  });

  it('names the attempt in what may create a payment, and in what asks for it', async () => {
    const client = new MerchantClient('/pay');
    await client.create(body, 'k1', signal);
    await client.paymentByKey('k1', signal);
    const headers = seen.map(({ init }) => Object.fromEntries(new Headers(init.headers)));
    expect(headers).to.deep.equal([
      { 'content-type': 'application/json', 'idempotency-key': 'k1' },
      { 'idempotency-key': 'k1' },
    ]);
    expect(seen.map(({ init }) => init.body)).to.deep.equal([JSON.stringify(body), undefined]);
  });

  it('lets no cache answer, and waits for 45 s', async () => {
    const limits: number[] = [];
    AbortSignal.timeout = (ms) => {
      limits.push(ms);
      return AbortSignal.abort();
    };
    await new MerchantClient('/pay').offer('A-1', signal);
    expect(seen[0]!.init.cache).to.equal('no-store');
    expect(limits).to.deep.equal([45_000]);
    expect(seen[0]!.init.signal!.aborted).to.equal(true);
  });

  it('stops asking when nobody wants to know', async () => {
    const ending = new AbortController();
    await new MerchantClient('/pay').offer('A-1', ending.signal);
    expect(seen[0]!.init.signal!.aborted).to.equal(false);
    ending.abort();
    expect(seen[0]!.init.signal!.aborted).to.equal(true);
  });

  const answers: [string, () => Response | Promise<Response>, object][] = [
    ['what it asked for', json(offer()) as never, { kind: 'ok', value: offer() }],
    ['something else', json(view()) as never, { kind: 'unknown', code: 'bad_answer' }],
    ['no JSON', () => new Response('<h1>Hello</h1>'), { kind: 'unknown', code: 'bad_answer' }],
    ['no JSON, and 404', () => new Response('<h1>?</h1>', { status: 404 }), { kind: 'refused', code: 'bad_answer' }], // prettier-ignore
    ['a problem that says 200', problem('internal', 200) as never, { kind: 'unknown', code: 'bad_answer' }],
    ['an offer that says 400', json(offer(), 400) as never, { kind: 'refused', code: 'bad_answer' }],
    ['nothing', () => Promise.reject(new TypeError('Failed to fetch')), { kind: 'unknown', code: 'network' }],
    ...[400, 404, 407, 409, 422, 428, 430, 499].map((status): [string, () => Response, object] => [
      String(status),
      problem('order_busy', status) as never,
      { kind: 'refused', code: 'order_busy' },
    ]),
    ...[302, 408, 429, 500, 503].map((status): [string, () => Response, object] => [
      String(status),
      problem('order_busy', status) as never,
      { kind: 'unknown', code: 'order_busy' },
    ]),
    ['409 while the first request still runs', problem('in_progress') as never, { kind: 'unknown', code: 'in_progress' }], // prettier-ignore
  ];
  for (const [what, given, expected] of answers) {
    it(`takes ${what} for ${JSON.stringify(expected).slice(0, 60)}`, async () => {
      answer = given;
      expect(await new MerchantClient('/pay').offer('A-1', signal)).to.deep.equal(expected);
    });
  }
});
