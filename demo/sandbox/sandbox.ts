import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { acsPages } from './acs/pages.js';
import { Bank } from './acs/bank.js';
import { Agenda } from './agenda.js';
import { Callbacks } from './callbacks.js';
import { Clock } from './clock.js';
import { control } from './control.js';
import { Faults } from './faults/faults.js';
import { globalpayApi } from './globalpay/api.js';
import { globalpayPages } from './globalpay/pages.js';
import { GlobalpaySessions } from './globalpay/sessions.js';
import { GlobalpayTokens } from './globalpay/tokens.js';
import { googlePay } from './google-pay/google-pay.js';
import { TokenDesk } from './google-pay/token.js';
import { indexPage } from './index-page.js';
import { inspector } from './inspector/inspector.js';
import { Journal, type ReceivedRequest } from './journal.js';
import { Ledger } from './ledger.js';
import { procardApi } from './procard/api.js';
import { ProcardGateway } from './procard/gateway.js';
import { procardPages } from './procard/pages.js';
import { CREDENTIALS, DEFAULT_GLOBALPAY_CALLBACK_URL, type SandboxOptions } from './settings.js';
import type { World } from './world.js';

export interface Sandbox {
  /** `http://127.0.0.1:8090` */
  readonly url: string;
  /** The providers' latest requests as they arrived, oldest first, with their bytes. */
  readonly received: readonly ReceivedRequest[];
  /** The address to which GlobalPay calls back from now on: merchant and operator agree on it, no request carries it. */
  agreeOnCallback(url: string): void;
  close(): Promise<void>;
}

/** Longer than clients keep a connection: a request that crosses its closing is lost, which is a fault that nobody ordered. */
const KEPT_MS = 75_000;

/** Starts both providers, the bank and the Google Pay stand-in on one port. Rejects if the port is taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const hostname = options.hostname ?? '127.0.0.1';
  const server = createServer({ keepAliveTimeout: KEPT_MS });
  const port = await listen(server, options.port, hostname);
  const url = `http://${hostname}:${port}`;
  const world = createWorld(url, options);
  const listener = getRequestListener(createApp(world, options).fetch);
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing));
  return {
    url,
    received: world.journal.received,
    agreeOnCallback: (callbackUrl) => {
      world.globalpayCallbackUrl = callbackUrl;
    },
    close: () => {
      world.callbacks.clear();
      world.agenda.clear();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, port: number, hostname: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function createWorld(origin: string, options: SandboxOptions): World {
  const clock = new Clock(options.now);
  const { now } = clock;
  const journal = new Journal(now);
  const faults = new Faults();
  const agenda = new Agenda(now);
  return {
    origin,
    clock,
    now,
    journal,
    credentials: { ...CREDENTIALS, ...options.credentials },
    globalpayCallbackUrl: options.globalpayCallbackUrl ?? DEFAULT_GLOBALPAY_CALLBACK_URL,
    ledger: new Ledger(),
    faults,
    agenda,
    callbacks: new Callbacks({ journal, faults, agenda, now, pauses: options.callbackPauses }),
    bank: new Bank(now),
    tokenDesk: new TokenDesk(now),
  };
}

function createApp(world: World, options: SandboxOptions): Hono<{ Bindings: HttpBindings }> {
  const callbackAlgorithm = options.procardCallbackAlgorithm ?? 'sha512';
  const gateway = new ProcardGateway(world, callbackAlgorithm);
  const sessions = new GlobalpaySessions(world.now, options.accessTokenSeconds ?? 300);
  const tokens = new GlobalpayTokens(world);
  const procard = { world, gateway, callbackAlgorithm };
  const unpaid = options.globalpayUnpaid ?? 'init';
  const globalpay = { world, sessions, tokens, unpaid };
  const memories = [
    world.clock,
    world.callbacks,
    world.agenda,
    world.ledger,
    world.journal,
    world.faults,
    world.bank,
    world.tokenDesk,
    gateway,
    sessions,
    tokens,
  ];

  const app = new Hono<{ Bindings: HttpBindings }>({ strict: false });
  app.use(async (_, next) => {
    world.agenda.catchUp();
    await next();
  });
  for (const path of ['/procard/api/*', '/globalpay/checkout/*']) {
    app.use(path, async (c, next) => {
      world.journal.keep({
        method: c.req.method,
        path: new URL(c.req.url).pathname,
        headers: new Headers(c.req.raw.headers),
        body: Buffer.from(await c.req.arrayBuffer()),
      });
      await next();
    });
  }
  app.route('/procard/api', procardApi(procard));
  app.route('/procard/pay', procardPages(procard));
  app.route('/globalpay/checkout', globalpayApi(globalpay));
  app.route('/globalpay', globalpayPages(globalpay));
  app.route('/acs', acsPages(world));
  app.route('/google-pay', googlePay(world));
  app.route('/inspector', inspector(world.journal, world.now));
  app.route('/control', control({ ...world, reset: () => memories.forEach((memory) => memory.clear()) }));
  app.route('/assets', assets());
  app.get('/', (c) => c.html(indexPage(world)));
  return app;
}

const ASSETS = {
  'sandbox.css': 'text/css',
  'index.css': 'text/css',
  'bank.css': 'text/css',
  'auto-post.js': 'text/javascript',
  'post-twice.js': 'text/javascript',
  'bank-time.js': 'text/javascript',
  'bank-app.js': 'text/javascript',
  'card-form.js': 'text/javascript',
};

function assets(): Hono {
  const app = new Hono();
  for (const [name, type] of Object.entries(ASSETS)) {
    const text = readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8');
    app.get(`/${name}`, (c) => c.body(text, 200, { 'Content-Type': `${type}; charset=utf-8` }));
  }
  return app;
}
