import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { createDirect } from './google-pay/direct.js';
import { createHttpServer, endConnections } from './http-server.js';
import { createLog, type Log } from './log.js';
import { createMetrics } from './metrics.js';
import { Outbox, type Listener } from './merchant/outbox.js';
import { readWebhookSettings, webhook } from './merchant/webhook.js';
import type { OrderSource } from './orders/order-source.js';
import { readSampleOrders } from './orders/sample-orders.js';
import type { MerchantEvent } from './payments/merchant-event.js';
import { PaymentService } from './payments/payment-service.js';
import { systemPorts, type Ports } from './payments/ports.js';
import { Reconciler } from './payments/reconciler.js';
import type { PspLimits } from './providers/psp-http.js';
import { createProviders } from './providers/registry.js';
import type { RouteEnv } from './routes/context.js';
import { openStore } from './store/open-store.js';

/** What has not ended by then is cut off, and left to the next start. */
const STOP_WITHIN_MS = 20_000;

export interface ServerOptions {
  env: NodeJS.ProcessEnv;
  /** The shop's orders; left out: those of ORDERS_FILE, or two samples. */
  orders?: OrderSource;
  /**
   * Told what became of payments, in the same process: at least once each, in the order of each payment. What it
   * throws is logged, and the event comes again.
   */
  onEvent?: (event: MerchantEvent) => void | Promise<void>;
  /** Further routes, for a shop that lives in the same process. */
  extra?: (app: Hono<RouteEnv>) => void;
  /** Time and chance; left out: the machine's. */
  ports?: Ports;
  /** How long a provider is waited for, where that is not to be the usual. */
  limits?: Partial<PspLimits>;
  /** Where the log goes; left out: standard output, as LOG_LEVEL says. */
  log?: Log;
}

export interface RunningServer {
  /** PUBLIC_URL. */
  readonly url: string;
  /** Finishes what is under way, for 20 s at the most, and leaves the rest in the store. */
  close(): Promise<void>;
}

/** Starts the reference server from its settings. Throws SettingError, naming the setting, before it listens. */
export async function startServer({
  env,
  orders,
  onEvent,
  extra,
  ports = systemPorts,
  limits = {},
  log: given,
}: ServerOptions): Promise<RunningServer> {
  const config = readConfig(env);
  const providers = createProviders(env, { limits, now: () => ports.now() });
  const direct = createDirect(env);
  const webhookSettings = readWebhookSettings(env);
  const listeners = [
    ...(webhookSettings ? [webhook(webhookSettings)] : []),
    ...(onEvent ? [hook(onEvent)] : []),
  ];
  const orderSource = orders ?? readSampleOrders(config.ordersFile);
  const store = await openStore(config);
  const metrics = createMetrics(
    () => store.backlog(),
    () => ports.now(),
  );
  const log = metrics.watched(given ?? createLog(config.logLevel));

  const server = createHttpServer();
  const port = await listen(server, config.port).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });

  const url = config.publicUrl ?? `http://localhost:${port}`;
  const site = { publicUrl: url, allowedOrigins: config.allowedOrigins };
  const service = new PaymentService({
    store,
    orders: orderSource,
    providers,
    ...(direct && { direct }),
    ports,
    site,
    tellsMerchant: listeners.length > 0,
    log,
  });
  const widgetFile = fileURLToPath(new URL('../dist/pay-elements.js', import.meta.url));
  const app = createApp({
    service,
    site,
    log,
    trustedProxies: config.trustedProxies,
    widgetFile,
    ping: () => store.ping(),
    metrics: { metrics, ...(config.metricsToken && { token: config.metricsToken }) },
    ...(extra && { extra }),
  });
  const answer = getRequestListener(app.fetch);
  server.on('request', (request, response) => void answer(request, response));

  const stopping = new AbortController();
  // Beside other servers, what one left under way waits until the time of a call has passed.
  if (!config.databaseUrl) await service.adopt();
  const reconciling = new Reconciler({ store, service, ports, log }).run(stopping.signal);
  // With nobody to tell, the notices of an earlier run are kept for a server that has somebody.
  const telling = listeners.length > 0 && new Outbox({ store, listeners, ports, log }).run(stopping.signal);
  log.info('server started');
  if (direct) log.warn('card numbers are decrypted here: all of PCI DSS applies to this server');
  if (providers.length === 0) log.warn('no provider is switched on, so nothing can be paid');

  return {
    url,
    async close() {
      stopping.abort();
      const ended = new AbortController();
      const ending = Promise.all([endConnections(server), service.stop(), reconciling, telling]);
      await Promise.race([ending, ports.sleep(STOP_WITHIN_MS, ended.signal)]);
      ended.abort();
      server.closeAllConnections();
      await store.close();
      log.info('server stopped');
    },
  };
}

function hook(onEvent: NonNullable<ServerOptions['onEvent']>): Listener {
  return async ({ body }) => {
    await onEvent(JSON.parse(body) as MerchantEvent);
    return true;
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
