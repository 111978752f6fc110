import pino from 'pino';
import type { PaymentStatus, ProblemCode } from '../src/contract/index.js';

/** Everything that may stand in a log line. A field that is not here does not compile: nothing secret has a place. */
export interface LogFields {
  trace?: string;
  paymentId?: string;
  orderId?: string;
  status?: number;
  from?: PaymentStatus;
  to?: PaymentStatus;
  provider?: string;
  code?: ProblemCode;
  ms?: number;
  /** A fixed sentence, or a description of an error (see describeError). */
  why?: string;
  /** The route's pattern, never the address: addresses carry ids. */
  path?: string;
}

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One JSON object a line, on standard output. */
export function createLog(level: LogLevel): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  return {
    info: (event, fields = {}) => logger.info(fields, event),
    warn: (event, fields = {}) => logger.warn(fields, event),
    error: (event, fields = {}) => logger.error(fields, event),
  };
}

/** What a log may say of an error: its kind and where it was thrown. Messages of others may repeat what they were given. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is not an error was thrown';
  // The stack begins with the message, which may have the look of a stack itself.
  const frames = (error.stack ?? '').replace(error.message, '');
  const place = /^\s+at .*?([\w.-]+:\d+:\d+)\)?$/m.exec(frames)?.[1];
  const cause = error.cause instanceof Error ? `, because of ${nameOf(error.cause)}` : '';
  return `${nameOf(error)} at ${place ?? 'an unknown place'}${cause}`;
}

function nameOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}
