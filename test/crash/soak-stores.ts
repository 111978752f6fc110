import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readConfig } from '../../server-stub/config.js';
import { openStore } from '../../server-stub/store/open-store.js';
import type { PaymentStore } from '../../server-stub/store/payment-store.js';
import type { Database } from './soak-disasters.js';

/** Where the payments of a run are kept. */
export interface SoakStore {
  /** The settings that name it. */
  env: Record<string, string>;
  /** How many servers may share it. */
  servers: number;
  /** What can befall it; left out: nothing beside its servers' ends. */
  database: Database | undefined;
  /** For the run itself, to look at. */
  open(): Promise<PaymentStore>;
  close(): Promise<void>;
}

/** A fresh database on a PostgreSQL server, for two. `crash`: where the whole server is there for this run. */
export function postgresStore(url: string, crash?: () => Promise<void>): SoakStore {
  const env = { DATABASE_URL: url, DATABASE_KEY: randomBytes(32).toString('base64') };
  return {
    env,
    servers: 2,
    database: { cutConnections: () => cutConnections(url), ...(crash && { crash }) },
    open: () => openStore(readConfig(env)),
    close: async () => undefined,
  };
}

async function cutConnections(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
}

/** A directory of its own, for one server. */
export async function embeddedStore(): Promise<SoakStore> {
  const directory = await mkdtemp(join(tmpdir(), 'pay-elements-soak-'));
  return {
    env: { DATA_DIR: directory },
    servers: 1,
    database: undefined,
    open: () => openStore(readConfig({ DATA_DIR: directory })),
    close: () => rm(directory, { recursive: true, force: true }),
  };
}
