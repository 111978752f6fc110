import pino from 'pino';
import type { PaymentStatus, ProblemCode } from '../src/contract/index.js';
import type { ProviderResult } from './providers/provider.js';
import type { Attention } from './store/payment-store.js';

/** Everything that is logged. Metrics are counted from these, see metrics.ts. */
export type LogEvent =
  | 'server started'
  | 'server stopped'
  | 'server failed'
  | 'card numbers are decrypted here: all of PCI DSS applies to this server'
  | 'no provider is switched on, so nothing can be paid'
  | 'request'
  | 'request failed'
  | 'store unavailable'
  | 'payment changed'
  | 'payment needs attention'
  | 'provider answered'
  | 'provider adapter failed'
  | 'bank returned'
  | 'callback'
  | 'telling failed'
  | 'merchant was told'
  | 'merchant was not told'
  | 'merchant could not be told'
  | 'background work failed'
  | 'reconciler failed'
  | 'outbox failed';

/** Everything that may stand in a log line. A field that is not here does not compile: nothing secret has a place. */
export interface LogFields {
  trace?: string;
  paymentId?: string;
  orderId?: string;
  method?: string;
  status?: number;
  from?: PaymentStatus;
  to?: PaymentStatus;
  attention?: Attention;
  provider?: string;
  operation?: 'begin' | 'complete' | 'query';
  outcome?: ProviderResult['kind'];
  /** What a callback came to (`repeated`: this very one was there before), or the telling of the merchant. */
  result?:
    | 'accepted'
    | 'repeated'
    | 'ignored'
    | 'unsigned'
    | 'unknown_payment'
    | 'delivered'
    | 'failed'
    | 'given_up';
  code?: ProblemCode;
  ms?: number;
  /** A fixed sentence, or a description of an error (see describeError). */
  why?: string;
  /** The route's pattern, never the address: addresses carry ids. */
  path?: string;
}

/** The same names once more, for what comes in an object that has others besides. */
const FIELDS = Object.keys({
  ...{ trace: 0, paymentId: 0, orderId: 0, method: 0, status: 0, from: 0, to: 0, attention: 0, provider: 0 },
  ...{ operation: 0, outcome: 0, result: 0, code: 0, ms: 0, why: 0, path: 0 },
} satisfies Record<keyof LogFields, 0>) as (keyof LogFields)[];

export interface Log {
  info(event: LogEvent, fields?: LogFields): void;
  warn(event: LogEvent, fields?: LogFields): void;
  error(event: LogEvent, fields?: LogFields): void;
}

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One JSON object a line, on standard output. */
export function createLog(level: LogLevel, destination: pino.DestinationStream = pino.destination(1)): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    info: (event, fields = {}) => logger.info(only(fields), event),
    warn: (event, fields = {}) => logger.warn(only(fields), event),
    error: (event, fields = {}) => logger.error(only(fields), event),
  };
}

/** An object may have more members than its type: they are left behind, and so is what is no text and no number. */
function only(fields: LogFields): object {
  const known = FIELDS.filter((name) => ['string', 'number'].includes(typeof fields[name]));
  return Object.fromEntries(known.map((name) => [name, fields[name]]));
}

/** What a log may say of an error: its kind and where it was thrown. Messages of others may repeat what they were given. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is not an error was thrown';
  // The stack begins with the message, which may have the look of a stack itself.
  const frames = String(error.stack).replace(error.message, '');
  const place = /^\s+at .*?([\w.-]+:\d+:\d+)\)?$/m.exec(frames)?.[1];
  const cause = error.cause instanceof Error ? `, because of ${nameOf(error.cause)}` : '';
  return `${nameOf(error)} at ${place ?? 'an unknown place'}${cause}`;
}

function nameOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}
