import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { inspect } from 'node:util';
import type { Attempt, Provider, ProviderResult } from '../../../server-stub/providers/provider.js';
import { PspHttp } from '../../../server-stub/providers/psp-http.js';
import { holdPatience, PATIENCE_MS } from '../support/patience.js';
import { deadAddress, startWire, type Received } from './wire-server.js';

/** A provider as the suite sees it. */
export interface Subject {
  name: string;
  /** `base`: the address of the test's own server. */
  create(base: string, http: PspHttp): Provider;
  attempt: Attempt;
  /** A second attempt that the provider cannot be told. */
  unrepresentable: Attempt;
  /** The most requests of one `begin` that could each start a payment. */
  mostBegins: number;
  /** Answers that log in, and whatever else has to work before the call under test. */
  prepare?: (received: Received) => string | undefined;
  /** Answers that approve. */
  approving: { begin: string; query: string };
  /** What a shopper must be able to do, by `begin` and its approving answer. */
  begun: ProviderResult['kind'];
  /** Texts that may appear in no result. */
  secrets: readonly string[];
}

const LIMITS = { body: 10_000, total: PATIENCE_MS };

/** What can go wrong on the wire, each with a body that would approve if it were believed. `tire` has it waited for no longer. */
const FAULTS: Record<string, (response: ServerResponse, approving: string, tire: () => void) => unknown> = {
  'C1 an answer that never comes': (_response, _body, tire) => tire(),
  'C2 a reset after the body': (response) => response.socket?.resetAndDestroy(),
  'C4 a 500 with an approving body': (response, body) => response.writeHead(500).end(body),
  'a 503 with an HTML body': (response) => response.writeHead(503).end('<h1>Not here</h1>'),
  'C5 an HTML page with status 200': (response) => response.end('<!doctype html><h1>Welcome</h1>'),
  'C14 a slow drip': (response, body, tire) => {
    let sent = 0;
    const drip = setInterval(() => {
      response.write(body[sent++] ?? ' ');
      if (sent === 5) tire();
    }, 10);
    response.on('close', () => clearInterval(drip));
  },
  'an answer cut in the middle': (response, body) => {
    response.writeHead(200, { 'content-length': body.length * 2 });
    response.write(body, () => response.destroy());
  },
  'text after the object': (response, body) => response.end(`${body} {}`),
  'a byte order mark': (response, body) => response.end(`\ufeff${body}`),
  'an array around the object': (response, body) => response.end(`[${body}]`),
  'bytes that are not UTF-8': (response, body) =>
    response.end(
      Buffer.concat([Buffer.from(`{"x":"\\u00ff`), Buffer.from([0xff]), Buffer.from(`",${body.slice(1)}`)]),
    ),
  'one key with two values': (response, body) => response.end(`{"a":1,"a":2,${body.slice(1)}`),
  'a body that is too large': (response, body) =>
    response.end(`{"x":"${'x'.repeat(20_000)}",${body.slice(1)}`),
  'nesting that is too deep': (response, body) =>
    response.end(`{"x":${'['.repeat(5_000)}${']'.repeat(5_000)},${body.slice(1)}`),
  'a compressed answer': (response, body) => response.writeHead(200, { 'content-encoding': 'br' }).end(body),
  'C18 __proto__ and constructor as keys': (response) =>
    response.end(
      '{"__proto__":{"status":"APPROVED","polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    ),
};

/** What every provider has to survive, whichever it is. Faults hit one call each; nothing may be told twice. */
export function providerSuite(subject: Subject): void {
  const { attempt } = subject;
  const calls = {
    begin: (provider: Provider) => provider.begin(attempt),
    query: (provider: Provider) => provider.query({ ...attempt, providerId: 'provider-id-1' }),
  };

  for (const call of ['begin', 'query'] as const) {
    for (const [fault, play] of Object.entries(FAULTS)) {
      test(`${subject.name} ${call}: ${fault} leaves the outcome unknown`, async (t) => {
        const tire = holdPatience(t.mock);
        const { url, received } = await startWire(t, (request, response) => {
          const prepared = subject.prepare?.(request);
          if (prepared === undefined) play(response, subject.approving[call], tire);
          return prepared;
        });
        const result = await calls[call](subject.create(url, new PspHttp(LIMITS)));
        // GlobalPay documents that a status may have no word in it at all, which is an answer, though not a final one.
        const open = fault.startsWith('C18') && call === 'query' ? ['unknown', 'pending'] : ['unknown'];
        assert.ok(open.includes(result.kind), inspect(result));
        if (result.kind === 'unknown') assert.equal(result.sent, true);
        assert.equal('polluted' in {}, false);
        const told = received.filter((one) => subject.prepare?.(one) === undefined);
        assert.ok(told.length >= 1 && told.length <= subject.mostBegins, `${told.length} requests`);
        for (const secret of subject.secrets) assert.equal(inspect(result).includes(secret), false);
      });
    }

    test(`${subject.name} ${call}: C3 a refused connection is known to have sent nothing`, async () => {
      const result = await calls[call](subject.create(await deadAddress(), new PspHttp(LIMITS)));
      assert.ok(result.kind === 'unknown' && !result.sent, inspect(result));
    });

    test(`${subject.name} ${call}: C16 a redirect is not followed`, async (t) => {
      const elsewhere = await startWire(t, () => subject.approving[call]);
      const { url } = await startWire(t, (request, response) => {
        const prepared = subject.prepare?.(request);
        if (prepared === undefined) response.writeHead(302, { location: elsewhere.url }).end('{}');
        return prepared;
      });
      const result = await calls[call](subject.create(url, new PspHttp(LIMITS)));
      assert.equal(result.kind, 'unknown');
      assert.equal(elsewhere.received.length, 0);
    });
  }

  test(`${subject.name}: the answers of this suite would be believed if nothing were wrong`, async (t) => {
    const { url } = await startWire(t, (request) => subject.prepare?.(request) ?? subject.approving.begin);
    assert.equal((await calls.begin(subject.create(url, new PspHttp(LIMITS)))).kind, subject.begun);
    const second = await startWire(t, (request) => subject.prepare?.(request) ?? subject.approving.query);
    assert.equal((await calls.query(subject.create(second.url, new PspHttp(LIMITS)))).kind, 'approved');
  });

  test(`${subject.name}: an attempt that cannot be told is refused before anything is sent`, async () => {
    const provider = subject.create('http://127.0.0.1:9', new PspHttp(LIMITS));
    assert.doesNotThrow(() => provider.assertRepresentable(attempt));
    assert.throws(() => provider.assertRepresentable(subject.unrepresentable), {
      name: 'UnrepresentableError',
    });
  });

  test(`${subject.name}: a callback that is not JSON is never a hint`, () => {
    const provider = subject.create('http://127.0.0.1:9', new PspHttp(LIMITS));
    for (const body of ['', 'null', '[]', '<html>', '{"externalId"', '{"__proto__":{"id":"x"}}'])
      assert.notEqual(provider.readCallback(body).kind, 'hint', body);
  });

  test(`${subject.name}: inspecting or serializing the provider shows no secret`, () => {
    const provider = subject.create('http://127.0.0.1:9', new PspHttp(LIMITS));
    const shown = inspect(provider, { depth: 9, showHidden: true }) + JSON.stringify(provider);
    for (const secret of subject.secrets) assert.equal(shown.includes(secret), false);
  });
}
