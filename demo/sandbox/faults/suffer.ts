import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { TransportFault } from './fault.js';
import { withDuplicateKeys, withWrongTypes } from './spoil.js';

export type NodeContext = Context<{ Bindings: HttpBindings }>;

/** Runs `execute` as the fault prescribes, and spoils what it answers or the way back. */
export async function suffer(
  c: NodeContext,
  fault: TransportFault,
  execute: () => Promise<Response>,
): Promise<Response> {
  if (fault.fault === 'down') return cutConnection(c);
  if (fault.fault === 'no_answer') return silence(c);
  const answer = await execute();
  // Its connection is gone already: there is nothing left to spoil.
  if (answer === RESPONSE_ALREADY_SENT) return answer;
  switch (fault.fault) {
    case 'slow':
      await untilOver(fault.seconds, hangUp(c));
      return answer;
    case 'slow_drip':
      return dripping(answer, fault.seconds, hangUp(c));
    case 'answer_lost':
      return cutConnection(c);
    case 'reset':
      return resetAfter(c, answer, fault.bytes);
    case 'html':
      return c.html('<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>', 200);
    case 'http_500':
      return new Response(answer.body, { status: 500, headers: answer.headers });
    case 'truncated_json':
      return rewritten(answer, (text) => text.slice(0, text.length / 2));
    case 'wrong_types':
      return rewritten(answer, withWrongTypes);
    case 'duplicate_keys':
      return rewritten(answer, withDuplicateKeys);
    case 'clock_shift': // happened before
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

/**
 * Callers that find bytes and a reset at once take it for an ordinary end, so the bytes get a head start: time, and for
 * a caller in this process, which may have stood still meanwhile, a turn to read them.
 */
const HEAD_START_MS = 50;

/** Sends the head, whose length promises the whole body, and as much of the body, and then a TCP reset. */
async function resetAfter(c: NodeContext, answer: Response, bytes: number): Promise<Response> {
  const body = Buffer.from(await answer.arrayBuffer());
  const { incoming, outgoing } = c.env;
  outgoing.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    'Content-Length': String(body.length),
  });
  outgoing.flushHeaders();
  outgoing.write(body.subarray(0, bytes));
  await pause(HEAD_START_MS);
  await turn();
  incoming.socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}

async function dripping(answer: Response, seconds: number, hungUp: AbortSignal): Promise<Response> {
  const body = new Uint8Array(await answer.arrayBuffer());
  const start = performance.now();
  let sent = 0;
  const drops = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (sent === body.length) return controller.close();
      const due = start + (seconds * 1000 * (sent + 1)) / body.length;
      await untilOver((due - performance.now()) / 1000, hungUp);
      if (!hungUp.aborted) controller.enqueue(body.subarray(sent, (sent += 1)));
    },
  });
  return new Response(drops, { status: answer.status, headers: answer.headers });
}

async function rewritten(answer: Response, rewrite: (text: string) => string): Promise<Response> {
  const { status, headers } = answer;
  return new Response(rewrite(await answer.text()), { status, headers });
}

/** Rejects never: a caller that hangs up ends the waiting. */
async function untilOver(seconds: number, hungUp: AbortSignal): Promise<void> {
  await pause(seconds * 1000, undefined, { signal: hungUp }).catch(() => undefined);
}

/** Aborted when the caller hangs up. */
function hangUp(c: NodeContext): AbortSignal {
  const ended = new AbortController();
  c.env.outgoing.once('close', () => ended.abort());
  return ended.signal;
}
