import type { Context } from 'hono';
import type { Problem, ProblemCode } from '../../src/contract/index.js';
import { describeError, type Log } from '../log.js';
import { Refusal } from '../payments/refusal.js';
import { StoreUnavailableError } from '../store-unavailable-error.js';
import type { RouteEnv } from './context.js';

const PROBLEMS = {
  invalid_request: [400, 'The request cannot be read'],
  forbidden_field: [400, 'The request holds a field that this server refuses'],
  unsigned: [403, 'The signature is missing or wrong'],
  not_found: [404, 'There is nothing at this address'],
  order_not_found: [404, 'There is no such order'],
  payment_not_found: [404, 'There is no such payment'],
  method_not_allowed: [405, 'This address does not take this method'],
  amount_mismatch: [409, 'The order costs something else; nothing was charged'],
  already_paid: [409, 'The order is already paid'],
  order_busy: [409, 'An earlier payment of this order is still being checked'],
  in_progress: [409, 'The request with this key is still running'],
  payload_too_large: [413, 'The request is too large'],
  unsupported_media_type: [415, 'The request has to be application/json'],
  idempotency_mismatch: [422, 'The key was used with another request'],
  method_unavailable: [422, 'The order cannot be paid by this method'],
  unrepresentable: [422, 'The order holds something that the provider cannot be sent'],
  rate_limited: [429, 'Too many requests from this address; this one did nothing'],
  internal: [500, 'Something went wrong'],
  unavailable: [503, 'The payment cannot be taken now, and nothing was sent'],
} as const satisfies Record<ProblemCode, [number, string]>;

/** A refusal as an answer, `application/problem+json` (RFC 9457). */
export function problem(
  c: Context<RouteEnv>,
  code: ProblemCode,
  options: { detail?: string | undefined; headers?: Record<string, string> } = {},
): Response {
  const [status, title] = PROBLEMS[code];
  const body: Problem = {
    type: 'about:blank',
    title,
    status,
    code,
    ...(options.detail !== undefined && { detail: options.detail }),
    trace: c.get('trace'),
  };
  const headers = {
    'Content-Type': 'application/problem+json',
    // The rest of a body that was too large is not waited for.
    ...(code === 'payload_too_large' && { Connection: 'close' }),
    ...((code === 'in_progress' || code === 'unavailable') && { 'Retry-After': '1' }),
    ...options.headers,
  };
  return c.body(JSON.stringify(body), status, headers);
}

/** The one place where an error becomes an answer. */
export function answerError(error: unknown, c: Context<RouteEnv>, log: Log): Response {
  if (error instanceof Refusal) return problem(c, error.code, { detail: error.detail });
  // Who hangs up in the middle of a request, or is cut off, is no fault of ours, and reads no answer.
  const incoming = c.env?.incoming;
  if (incoming?.destroyed && !incoming.complete) return problem(c, 'invalid_request');
  const code = error instanceof StoreUnavailableError ? 'unavailable' : 'internal';
  log.error('request failed', { trace: c.get('trace'), code, why: describeError(error) });
  return problem(c, code);
}
