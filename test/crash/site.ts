import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../demo/sandbox/sandbox.js';
import { settings } from '../../demo/start.js';
import { readConfig } from '../../server-stub/config.js';
import { openStore } from '../../server-stub/store/open-store.js';
import type { PaymentRecord, PaymentStore } from '../../server-stub/store/payment-store.js';
import { DATABASE_KEY } from '../server-stub/support/postgres.js';
import { SharedClock } from './clock.js';
import { openMailbox, WEBHOOK_SECRET, type Mailbox } from './mailbox.js';
import { startServerProcess, type ServerProcess } from './server-process.js';
import { Wire } from './wire.js';
import { freePort } from '../support/free-port.mjs';

/** A merchant: a server that may die, the database and the address, which stay, the providers, and who is told. */
export interface Site {
  readonly clock: SharedClock;
  readonly sandbox: Sandbox;
  readonly wire: Wire;
  readonly mailbox: Mailbox;
  /** The server's address, whichever process it is. */
  readonly url: string;
  readonly dataDir: string;
  /** Everything that the servers have said so far. */
  output(): string;
  /** Starts a server in the place of the one that has ended. */
  start(env?: Record<string, string>): Promise<ServerProcess>;
  /** Asks again, once the next server is there, where the connection broke. */
  persistently<T>(ask: () => Promise<T>): Promise<T>;
  /** The servers' database, opened beside them. */
  openStore(): Promise<PaymentStore>;
  /** What a dead server left. An embedded database is looked at in a copy, since opening it would mend it. */
  left(): Promise<PaymentRecord[]>;
  close(): Promise<void>;
}

/** `databaseUrl`: an empty PostgreSQL database; left out: an embedded one. */
export async function openSite(databaseUrl?: string): Promise<Site> {
  const clock = new SharedClock();
  const home = await mkdtemp(join(tmpdir(), 'pay-elements-crash-'));
  const dataDir = join(home, 'data');
  await mkdir(dataDir, { recursive: true });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const globalpayCallbackUrl = `${url}/pay/callbacks/globalpay`;
  const sandbox = await startSandbox({ port: 0, now: clock.now, globalpayCallbackUrl });
  const wire = new Wire(sandbox.url);
  const mailbox = await openMailbox();
  const settled: Record<string, string> = {
    ...settings(await wire.open()),
    PORT: String(port),
    PUBLIC_URL: url,
    DATA_DIR: dataDir,
    ...(databaseUrl !== undefined && {
      DATABASE_URL: databaseUrl,
      DATABASE_KEY: DATABASE_KEY.toString('base64'),
    }),
    MERCHANT_WEBHOOK_URL: mailbox.url,
    MERCHANT_WEBHOOK_SECRET: WEBHOOK_SECRET,
    // The sandbox's pages are on another port than the way to its API.
    GLOBALPAY_REDIRECT_HOSTS: '127.0.0.1',
  };
  const servers: ServerProcess[] = [];
  let begin: () => void = () => undefined;
  let nextServer = new Promise<void>((resolve) => (begin = resolve));

  return {
    ...{ clock, sandbox, wire, mailbox, url, dataDir },
    output: () => servers.map((server) => server.output()).join(''),
    async start(env = {}) {
      const server = await startServerProcess({ env: { ...settled, ...env }, clock });
      servers.push(server);
      begin();
      nextServer = new Promise((resolve) => (begin = resolve));
      return server;
    },
    async persistently(ask) {
      for (;;) {
        const server = nextServer;
        try {
          return await ask();
        } catch (error) {
          // The only error that fetch has for a connection.
          if (!(error instanceof TypeError)) throw error;
          await server;
        }
      }
    },
    openStore: () => openStore(readConfig(settled)),
    async left() {
      const copy = join(home, 'copy');
      await cp(dataDir, copy, { recursive: true, force: true });
      const store = await openStore(readConfig({ ...settled, DATA_DIR: copy }));
      const payments = await store.list({}, 100);
      await store.close();
      return payments;
    },
    async close() {
      await Promise.all(servers.map((server) => server.kill()));
      await sandbox.close();
      await wire.close();
      await mailbox.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
