import { setTimeout as pause } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { TransportFault } from './fault.js';

export type NodeContext = Context<{ Bindings: HttpBindings }>;

/** Runs `execute` as the fault prescribes, and spoils what it answers. */
export async function suffer(
  c: NodeContext,
  fault: TransportFault,
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
    case 'wrong_types':
      return c.json({ code: {}, status: [17], transactionStatus: { APPROVED: true }, result: 'yes' });
    default:
      return answer;
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
