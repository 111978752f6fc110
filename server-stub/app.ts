import { randomBytes } from 'node:crypto';
import type { BlockList } from 'node:net';
import { Hono, type MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { routePath } from 'hono/route';
import { clientAddress } from './client-address.js';
import { callbacks } from './routes/callbacks.js';
import type { RouteDeps, RouteEnv } from './routes/context.js';
import { metrics, type MetricsDeps } from './routes/metrics.js';
import { offers } from './routes/offers.js';
import { payments } from './routes/payments.js';
import { answerError, problem } from './routes/problems.js';
import { rateLimit } from './routes/rate-limit.js';
import { threeds } from './routes/threeds.js';
import { widget } from './routes/widget.js';

export interface AppDeps extends RouteDeps {
  /** The proxies whose X-Forwarded-For is believed. */
  trustedProxies: BlockList;
  /** Throws if the store cannot be read. */
  ping(): Promise<void>;
  /** Left out: there are none. */
  metrics?: MetricsDeps;
  /** Path of the built widget; left out: it is not served. */
  widgetFile?: string;
  /** Further routes, for a shop that lives in the same process. */
  extra?: (app: Hono<RouteEnv>) => void;
}

/** All routes as one fetch handler, without a socket. */
export function createApp(deps: AppDeps): Hono<RouteEnv> {
  const app = new Hono<RouteEnv>();
  app.use(everyAnswer(deps));
  app.use('/pay/*', closed);
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        problem(c, 'method_not_allowed', { headers: { Allow: methods.join(', ') } }),
    }),
  );
  app.onError((error, c) => answerError(error, c, deps.log));
  app.notFound((c) => problem(c, 'not_found'));

  const shops = cors({
    origin: (origin) => (deps.site.allowedOrigins.includes(origin) ? origin : null),
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Content-Type', 'Idempotency-Key'],
    exposeHeaders: ['Retry-After', 'X-Trace-Id'],
    maxAge: 600,
  });
  for (const path of ['/pay/offers/*', '/pay/payments/*']) app.use(path, shops);
  // Not what providers and banks send: it comes once, and from few addresses or through the shopper's.
  const limit = rateLimit();
  for (const path of ['/pay/offers/*', '/pay/payments/*', '/pay/3ds/:token']) app.use(path, limit);

  app.route('/pay/offers', offers(deps));
  app.route('/pay/payments', payments(deps));
  app.route('/pay/3ds', threeds(deps));
  app.route('/pay/callbacks', callbacks(deps));
  app.get('/health', async (c) => {
    await deps.ping();
    return c.json({ status: 'ok' });
  });
  if (deps.metrics) app.route('/metrics', metrics(deps.metrics));
  if (deps.widgetFile !== undefined) app.route('/', widget(deps.widgetFile));
  deps.extra?.(app);
  return app;
}

/** A trace to find the request by, headers that every answer has, and one line in the log. */
function everyAnswer({ log, trustedProxies }: AppDeps): MiddlewareHandler<RouteEnv> {
  return async (c, next) => {
    const start = performance.now();
    const trace = randomBytes(8).toString('hex');
    const peer = c.env?.incoming?.socket.remoteAddress;
    c.set('trace', trace);
    c.set('address', clientAddress(peer, c.req.header('x-forwarded-for'), trustedProxies));
    await next();
    const { headers, status } = c.res;
    headers.set('X-Trace-Id', trace);
    headers.set('X-Content-Type-Options', 'nosniff');
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
    if (!headers.has('Referrer-Policy')) headers.set('Referrer-Policy', 'no-referrer');
    log.info('request', {
      trace,
      method: c.req.method,
      path: routePath(c, -1),
      status,
      ms: Math.round(performance.now() - start),
    });
  };
}

/** What is no page of ours is not to be shown in one, nor loaded by another site without CORS. */
const closed: MiddlewareHandler<RouteEnv> = async (c, next) => {
  await next();
  const { headers } = c.res;
  if (!headers.has('Content-Security-Policy'))
    headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  if (!headers.has('Cross-Origin-Resource-Policy'))
    headers.set('Cross-Origin-Resource-Policy', 'same-origin');
};
