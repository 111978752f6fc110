import type { HttpBindings } from '@hono/node-server';
import type { Log } from '../log.js';
import type { PaymentService } from '../payments/payment-service.js';
import type { Site } from '../payments/site.js';

/** What every route is given. */
export interface RouteDeps {
  service: PaymentService;
  site: Site;
  log: Log;
}

/**
 * Hono's environment: `trace` finds a request in the log, `address` is the client's. The bindings, and with them the
 * address, are absent where there is no socket.
 */
export interface RouteEnv {
  Variables: { trace: string; address: string | undefined };
  Bindings: Partial<HttpBindings>;
}
