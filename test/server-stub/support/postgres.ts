import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** The PostgreSQL that `npm test` and `npm run test:pg` start; unset where a test file runs by itself. */
const server = process.env['TEST_DATABASE_URL'];

/** Said by tests that are skipped for want of it. */
export const POSTGRES_MISSING = server ? false : 'no PostgreSQL: npm run test:pg starts one';

/** What seals the databases of these tests. */
export const DATABASE_KEY = Buffer.alloc(32, 7);

/** The address of a new, empty database. */
export async function newDatabase(): Promise<string> {
  if (!server) throw new Error('there is no PostgreSQL');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const client = new pg.Client(server);
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
