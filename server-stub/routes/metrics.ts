import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono, type HonoRequest } from 'hono';
import { isThisMachine } from '../client-address.js';
import type { Metrics } from '../metrics.js';
import { Refusal } from '../payments/refusal.js';
import type { Secret } from '../secret.js';
import { isLoopbackHost } from '../safe-url.js';
import type { RouteEnv } from './context.js';

export interface MetricsDeps {
  metrics: Metrics;
  token?: Secret;
}

/**
 * `GET /metrics`. How much a shop sells is nobody else's business: a token opens it, or, where none is set, a program
 * on this machine that asks directly. Everybody else finds nothing here.
 */
export function metrics({ metrics, token }: MetricsDeps): Hono<RouteEnv> {
  return new Hono<RouteEnv>().get('/', async (c) => {
    const peer = c.env?.incoming?.socket.remoteAddress;
    if (!(token ? holds(c.req, token) : isLocal(c.req, peer))) throw new Refusal('not_found');
    const { type, text } = await metrics.read();
    return c.body(text, 200, { 'Content-Type': type });
  });
}

function holds(request: HonoRequest, token: Secret): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const given = /^Bearer +(\S+)$/i.exec(request.header('authorization') ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token.reveal()));
}

/** A proxy on this machine says that it is one; a page that a browser on it shows has another name for this machine. */
function isLocal(request: HonoRequest, peer: string | undefined): boolean {
  const headers = Object.keys(request.header());
  const isForwarded = headers.some((name) => /^(x-forwarded-|forwarded$|x-real-ip$|via$)/.test(name));
  const isDirect = peer !== undefined && isThisMachine(peer) && !isForwarded;
  return isDirect && isLoopbackHost(new URL(request.url).hostname);
}
