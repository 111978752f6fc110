import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

/** How slow a client may be, in milliseconds. */
export interface HttpLimits {
  /** From the first byte of a request to the end of its headers. */
  headers: number;
  /** From there to the end of its body. */
  request: number;
  /** How often the two are looked at. */
  check: number;
  /** Neither side sends anything: above the longest answer, which waits for a provider. */
  silence: number;
  /**
   * A connection is kept behind an answer: above the minute for which proxies keep theirs, since a request that crosses
   * our closing of it is lost.
   */
  idle: number;
}

const LIMITS: HttpLimits = { headers: 10_000, request: 20_000, check: 2_000, silence: 60_000, idle: 75_000 };
const MAX_CONNECTIONS = 10_000;

/** An HTTP server that cuts whoever sends or reads too slowly. Node refuses what is not well-formed, with 400 or 431. */
export function createHttpServer(limits = LIMITS): Server {
  const server = createServer({
    headersTimeout: limits.headers,
    requestTimeout: limits.request,
    connectionsCheckingInterval: limits.check,
    keepAliveTimeout: limits.idle,
  });
  server.timeout = limits.silence;
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

/** Takes nothing new. Resolves when the answers under way have gone out and every connection has ended. */
export async function endConnections(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.keepAliveTimeout = 1; // a connection ends with its answer
  server.close();
  await closed;
}
