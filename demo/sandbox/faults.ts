import { setTimeout as pause } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import * as z from 'zod/mini';

/** The provider's calls that can be made to fail. */
export const FaultyOperation = z.enum([
  'GooglePayPurchase',
  'Purchase',
  'Complete3DS',
  'check',
  'reverse',
  'auth',
  'create',
  'status',
]);
export type FaultyOperation = z.infer<typeof FaultyOperation>;

/** Sent by a test or a developer to `POST /control/faults`, to spoil the next calls of an operation. */
export const Fault = z.object({
  operation: FaultyOperation,
  fault: z.enum([
    'down', // not executed, the connection is cut
    'no_answer', // not executed, silence until the caller hangs up
    'slow', // executed, answered after `seconds`
    'answer_lost', // executed, the connection is cut
    'html', // executed, a proxy's error page with status 200
    'http_500', // executed, the right body with status 500
    'truncated_json', // executed, the first half of the right body
    'odd_json', // executed, JSON of a shape that nobody documents
  ]),
  times: z._default(z.int().check(z.minimum(1), z.maximum(1000)), 1),
  seconds: z._default(z.number().check(z.minimum(0), z.maximum(600)), 3),
});
export type Fault = z.infer<typeof Fault>;

/** Faults that were ordered and have not happened yet, per operation in the order of ordering. */
export class Faults {
  #ordered: Fault[] = [];

  order(fault: Fault): void {
    this.#ordered.push({ ...fault });
  }

  take(operation: FaultyOperation): Fault | undefined {
    const fault = this.#ordered.find((candidate) => candidate.operation === operation);
    if (fault && --fault.times === 0) this.#ordered.splice(this.#ordered.indexOf(fault), 1);
    return fault;
  }

  clear(): void {
    this.#ordered = [];
  }
}

export type NodeContext = Context<{ Bindings: HttpBindings }>;

/** Runs `execute` as the fault prescribes, and spoils what it answers. */
export async function suffer(
  c: NodeContext,
  fault: Fault,
  execute: () => Promise<Response>,
): Promise<Response> {
  if (fault.fault === 'down') return cutConnection(c);
  if (fault.fault === 'no_answer') return silence(c);
  const answer = await execute();
  switch (fault.fault) {
    case 'slow':
      await pause(fault.seconds * 1000, undefined, { signal: hangUp(c) }).catch(() => undefined);
      return answer;
    case 'answer_lost':
      return cutConnection(c);
    case 'html':
      return c.html('<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>', 200);
    case 'http_500':
      return c.body(await answer.text(), 500, { 'Content-Type': 'application/json' });
    case 'truncated_json': {
      const text = await answer.text();
      return c.body(text.slice(0, text.length / 2), 200, { 'Content-Type': 'application/json' });
    }
    case 'odd_json':
      return c.json({ code: {}, status: [17], transactionStatus: { APPROVED: true }, result: 'yes' });
  }
}

/** Ends the TCP connection without a byte of an answer. */
export function cutConnection(c: NodeContext): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

async function silence(c: NodeContext): Promise<Response> {
  const signal = hangUp(c);
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  return RESPONSE_ALREADY_SENT;
}

/** Aborted when the caller hangs up. */
function hangUp(c: NodeContext): AbortSignal {
  const ended = new AbortController();
  c.env.outgoing.once('close', () => ended.abort());
  return ended.signal;
}
