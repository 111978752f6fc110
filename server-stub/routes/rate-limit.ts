import { createHmac, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { isThisMachine } from '../client-address.js';
import type { RouteEnv } from './context.js';
import { problem } from './problems.js';

/** Seconds. */
const WINDOW = 60;
/** New payments in a window. Many shoppers may share an address: an office, or a mobile operator's gateway. */
const PAYMENTS = 60;
/** Everything else in a window: a shopper who waits asks some four times a minute. */
const READS = 3_000;
/** What a look at something that does not exist counts beside the look: sixty guesses in a window. */
const GUESS = 49;

/**
 * Refuses an address that asks too much: this instance's own count, in memory. Requests without an address, or with
 * this machine's, are not counted.
 */
export function rateLimit(): MiddlewareHandler<RouteEnv> {
  const payments = new RateLimiterMemory({ points: PAYMENTS, duration: WINDOW });
  const reads = new RateLimiterMemory({ points: READS, duration: WINDOW });
  const slot = slots();
  return async (c, next) => {
    const address = c.get('address');
    if (address === undefined || isThisMachine(address)) return next();
    const key = slot(address);
    const creates = c.req.method === 'POST' && c.req.path === '/pay/payments';
    const full = await refusal(creates ? payments : reads, key);
    if (full) {
      const seconds = Math.ceil(full.msBeforeNext / 1_000);
      return problem(c, 'rate_limited', { headers: { 'Retry-After': String(seconds) } });
    }
    await next();
    if (c.res.status === 404) await reads.penalty(key, GUESS);
    return undefined;
  };
}

/** What the limiter says when the key has used up its points. */
async function refusal(limiter: RateLimiterMemory, key: number): Promise<RateLimiterRes | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (error) {
    if (error instanceof RateLimiterRes) return error;
    throw error;
  }
}

/**
 * Gives every network one of 65,536 slots, which bounds the memory. By a key of this process: nobody can choose whom
 * to share a slot with. One IPv6 customer has a whole /64.
 */
function slots(): (address: string) => number {
  const secret = randomBytes(16);
  return (address) => createHmac('sha256', secret).update(network(address)).digest().readUInt16BE();
}

function network(address: string): string {
  if (!isIPv6(address)) return address;
  const canonical = new URL(`http://[${address.replace(/%.*/, '')}]`).hostname.slice(1, -1);
  const [left = [], right = []] = canonical.split('::').map((half) => half.split(':').filter(Boolean));
  const missing = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...missing, ...right].slice(0, 4).join(':');
}
