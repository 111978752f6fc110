import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { createMetrics } from '../../server-stub/metrics.js';
import type { Log } from '../../server-stub/log.js';
import { Outbox } from '../../server-stub/merchant/outbox.js';
import { startServer } from '../../server-stub/server.js';
import type { Backlog } from '../../server-stub/store/payment-store.js';
import { StoreUnavailableError } from '../../server-stub/store-unavailable-error.js';
import { HttpStage } from './support/http-stage.js';
import { Stage } from './support/stage.js';
import { temporaryDirectory } from './support/temporary.js';

const NOTHING: Backlog = { payments: [], oldestCheckAt: null, events: 0 };
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The samples of our own metrics after these events. */
async function counted(
  use: (log: Log) => void | Promise<void>,
  backlog = async () => NOTHING,
): Promise<string[]> {
  const metrics = createMetrics(backlog, () => 10_000);
  await use(metrics.watched(silent));
  const { text } = await metrics.read();
  return text.split('\n').filter((line) => /^(pay|http)_(?!.*_bucket)/.test(line));
}

/** The same of a run of the payment core, replayed from its log. */
const replayed = (stage: Stage) =>
  counted((log) => stage.logged.forEach(({ event, fields }) => log.info(event as never, fields)));

describe('what is logged is counted', () => {
  test('a payment through its statuses, and the calls that moved it', async () => {
    const stage = await Stage.open();
    const { view, token } = await stage.challenged();
    assert.deepEqual(
      (await replayed(stage)).filter((line) => /transitions|call_duration_seconds_count/.test(line)),
      [
        'pay_provider_call_duration_seconds_count{provider="scripted",operation="begin",outcome="challenge"} 1',
        'pay_payment_transitions_total{provider="scripted",from="created",to="processing"} 1',
        'pay_payment_transitions_total{provider="scripted",from="processing",to="requires_action"} 1',
      ],
    );
    assert.doesNotMatch((await replayed(stage)).join('\n'), new RegExp(`${view.id}|${token}`));
  });

  test('an adapter that throws is an outcome that nobody knows', async () => {
    const stage = await Stage.open();
    stage.provider.answers('begin', Promise.reject(new Error('bug')));
    await stage.create();
    const calls = (await replayed(stage)).filter((line) => line.includes('call_duration_seconds_count'));
    assert.match(calls.join(), /operation="begin",outcome="unknown"\} 1$/);
  });

  test('callbacks, by what they came to', async () => {
    const stage = await Stage.open();
    const { view } = await stage.challenged();
    const { reference } = await stage.stored(view.id);
    for (const body of [`hint ${reference}`, `hint ${reference}`, 'hint other', 'ignored', 'wrong'])
      await stage.service.callback('scripted', body);
    const results = (await replayed(stage)).filter((line) => line.startsWith('pay_callbacks_total'));
    assert.deepEqual(
      results.map((line) => /result="(\w+)"\} (\d)/.exec(line)?.slice(1).join(' ')),
      ['accepted 1', 'repeated 1', 'unknown_payment 1', 'ignored 1', 'unsigned 1'],
    );
  });

  test('attempts to tell the merchant', async () => {
    const stage = await Stage.open();
    await stage.create();
    let isThere = false;
    const listeners = [async () => isThere];
    const outbox = new Outbox({ store: stage.store, listeners, ports: stage.ports, log: stage.log });
    await outbox.round();
    isThere = true;
    await stage.ports.advance(6_000);
    await outbox.round();
    assert.deepEqual(
      (await replayed(stage)).filter((line) => line.startsWith('pay_merchant_deliveries_total')),
      [
        'pay_merchant_deliveries_total{result="failed"} 1',
        'pay_merchant_deliveries_total{result="delivered"} 1',
      ],
    );
  });

  test('requests, by the route and never by the address', async () => {
    const http = await HttpStage.open();
    const { id } = await http.created();
    await http.request(`/pay/payments/${id}?wait=0`);
    await http.request('/pay/payments/some-id-of-somebody');
    const requests = (await replayed(http.stage)).filter((line) => line.includes('seconds_count{method'));
    assert.deepEqual(requests, [
      'http_request_duration_seconds_count{method="POST",route="/pay/payments",status="2xx"} 1',
      'http_request_duration_seconds_count{method="GET",route="/pay/payments/:id",status="2xx"} 1',
      'http_request_duration_seconds_count{method="GET",route="/pay/payments/:id",status="4xx"} 1',
    ]);
  });
});

describe('what is under way', () => {
  test('is read from the store', async () => {
    const stage = await Stage.open();
    await stage.challenged();
    assert.deepEqual(await stage.store.backlog(), {
      payments: [{ status: 'requires_action', count: 1 }],
      oldestCheckAt: stage.ports.now() + 2_000,
      events: 0,
    });
    const shown = await counted(
      () => undefined,
      async () => ({ payments: [{ status: 'requires_action', count: 2 }], oldestCheckAt: 7_000, events: 3 }),
    );
    assert.deepEqual(shown, [
      'pay_payments_under_way{status="requires_action"} 2',
      'pay_merchant_events_undelivered 3',
      'pay_check_overdue_seconds 3',
    ]);
  });

  test('is left out where the store cannot be read', async () => {
    const failing = async () => Promise.reject(new StoreUnavailableError('closed'));
    assert.deepEqual(await counted(() => undefined, failing), []);
  });
});

describe('GET /metrics', () => {
  const start = async (parts: Record<string, string> = {}) => {
    const env = { PORT: '0', DATA_DIR: temporaryDirectory(), LOG_LEVEL: 'silent', ...parts };
    const server = await startServer({ env });
    after(() => server.close());
    return (headers: Record<string, string> = {}) => fetch(`${server.url}/metrics`, { headers });
  };

  test('answers a program on this machine, as Prometheus expects it', async () => {
    const ask = await start();
    const response = await ask();
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
    const text = await response.text();
    assert.match(text, /^nodejs_eventloop_lag_seconds /m);
    assert.match(text, /^process_resident_memory_bytes /m);
    const sample = /^\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? ([\d.e+-]+|[+-]Inf|Nan)$/;
    for (const line of text.split('\n'))
      if (line !== '' && !/^# (HELP|TYPE) \w+ ./.test(line)) assert.match(line, sample);
  });

  test('is not found by whoever comes through a proxy', async () => {
    const ask = await start();
    for (const name of ['X-Forwarded-For', 'X-Forwarded-Host', 'Forwarded', 'X-Real-IP', 'Via'])
      assert.equal((await ask({ [name]: '203.0.113.7' })).status, 404, name);
  });

  test('is opened by the token alone where there is one', async () => {
    const token = 'a-token-of-16-ch';
    const ask = await start({ METRICS_TOKEN: token });
    assert.equal((await ask()).status, 404);
    for (const wrong of ['Bearer a-token-of-16-cx', `Basic ${token}`, 'Bearer ', token])
      assert.equal((await ask({ Authorization: wrong })).status, 404, wrong);
    const through = { Authorization: `Bearer ${token}`, 'X-Forwarded-For': '203.0.113.7' };
    assert.equal((await ask(through)).status, 200);
  });
});
