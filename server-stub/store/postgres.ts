import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { migrated } from './migrate.js';
import { Database } from './sql/tables.js';

/** `bigint` comes as text unless told otherwise; ours are instants and minor units, far below 2^53. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

const CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5_000;
/** Longer than any statement of ours needs; one that hangs gives its connection back. */
const STATEMENT_TIMEOUT_MS = 10_000;

/**
 * Opens a PostgreSQL database, or one that speaks its protocol, and brings it up to date. `url`:
 * `postgres://user:password@host/database`. Any number of servers may share one. `key`: see Database.
 */
export async function openPostgres(url: string, key: Buffer): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // A commit has reached the disk before the provider is called, whatever the database's own settings say.
    options: '-c synchronous_commit=on',
    types,
  });
  // A connection that breaks while nobody uses it, or between two statements, is dropped; the next one opens another.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return migrated(new Database(new PostgresDialect({ pool }), key));
}
