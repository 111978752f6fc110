import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Log, LogEvent, LogFields } from './log.js';
import type { Backlog } from './store/payment-store.js';
import { StoreUnavailableError } from './store-unavailable-error.js';

export interface Metrics {
  /** The same log, each event of which is counted, whatever the log's level shows. */
  watched(log: Log): Log;
  /** What was counted since the start, in the text format of Prometheus. */
  read(): Promise<{ type: string; text: string }>;
}

/** What may be a label: each has few values, by its type or by the routes and providers there are. Never an id. */
type Label = 'provider' | 'operation' | 'outcome' | 'from' | 'to' | 'attention' | 'result';
type Counting = (fields: LogFields) => void;

/** A shopper's request may wait half a minute for news, and so may a call of a provider. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * Metrics of one server. What is under way is read from the store with every reading: servers that share a database
 * say the same of it, and where it fails, nothing.
 */
export function createMetrics(backlog: () => Promise<Backlog>, now: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const counter = (name: string, help: string, labelNames: readonly Label[]): Counting => {
    const counted = new Counter({ name, help, labelNames, registers });
    return (fields) => counted.inc(labels(fields, labelNames));
  };
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests that were answered; waiting for news of a payment counts.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  });
  const CALL = ['provider', 'operation', 'outcome'] as const;
  const calls = new Histogram({
    name: 'pay_provider_call_duration_seconds',
    help: 'Calls of providers, by what came of them.',
    labelNames: CALL,
    buckets: SECONDS,
    registers,
  });
  const called: Counting = (fields) => calls.observe(labels(fields, CALL), (fields.ms ?? 0) / 1_000);
  const told = counter('pay_merchant_deliveries_total', 'Attempts to tell the merchant of an event.', [
    'result',
  ]);

  const counting: { [event in LogEvent]?: Counting } = {
    request: ({ method = '', path = '', status = 0, ms = 0 }) =>
      requests.observe({ method, route: path, status: `${Math.floor(status / 100)}xx` }, ms / 1_000),
    'provider answered': called,
    'provider adapter failed': (fields) => called({ ...fields, outcome: 'unknown' }),
    'payment changed': counter(
      'pay_payment_transitions_total',
      'Payments that went from one status to another.',
      ['provider', 'from', 'to'],
    ),
    'payment needs attention': counter(
      'pay_payment_attention_total',
      'Payments that a person was asked to look at.',
      ['provider', 'attention'],
    ),
    callback: counter('pay_callbacks_total', 'Callbacks of providers.', ['provider', 'result']),
    'merchant was told': () => told({ result: 'delivered' }),
    'merchant was not told': () => told({ result: 'failed' }),
    'merchant could not be told': () => told({ result: 'given_up' }),
  };

  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const underWay = new Gauge({
    name: 'pay_payments_under_way',
    help: 'Payments in the store that their provider will be asked about.',
    labelNames: ['status'],
    registers,
  });
  const undelivered = gauge('pay_merchant_events_undelivered', 'Events in the store for the merchant.');
  const overdue = gauge(
    'pay_check_overdue_seconds',
    'How late the longest overdue question to a provider is.',
  );

  async function readBacklog(): Promise<void> {
    const found = await backlog().catch(unavailable);
    underWay.reset();
    for (const each of [undelivered, overdue]) each.remove();
    if (!found) return;
    for (const { status, count } of found.payments) underWay.set({ status }, count);
    undelivered.set(found.events);
    overdue.set(Math.max(0, now() - (found.oldestCheckAt ?? Infinity)) / 1_000);
  }

  return {
    watched(log) {
      const write =
        (level: keyof Log) =>
        (event: LogEvent, fields: LogFields = {}) => {
          counting[event]?.(fields);
          log[level](event, fields);
        };
      return { info: write('info'), warn: write('warn'), error: write('error') };
    },
    async read() {
      await readBacklog();
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

function labels(fields: LogFields, names: readonly Label[]): Partial<Record<Label, string>> {
  const present = names.filter((name) => fields[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, fields[name]]));
}

function unavailable(error: unknown): undefined {
  if (!(error instanceof StoreUnavailableError)) throw error;
}
