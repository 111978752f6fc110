import { join } from 'node:path';
import Libsql from 'libsql';
import pg from 'pg';

/** What a payment written by hand needs of a database: each write is durable when it resolves. */
export interface Table {
  find(key: string): Promise<{ hash: string; answer: string } | undefined>;
  /** Resolves to false if the key is used, or if the order has another payment that is open or paid. */
  insert(payment: Payment): Promise<boolean>;
  update(id: string, status: string, answer: string): Promise<void>;
}

export interface Payment {
  id: string;
  order: string;
  key: string;
  hash: string;
  reference: string;
  minor: number;
  currency: string;
  at: number;
}

const SCHEMA = `
  create table if not exists by_hand (id text primary key, order_id text not null, key text not null unique,
    hash text not null, reference text not null unique, minor bigint not null, currency text not null,
    created_at bigint not null, status text not null, answer text, next_check_at bigint);
  create unique index if not exists by_hand_one_per_order on by_hand (order_id) where status in ('processing', 'approved');
  create index if not exists by_hand_due on by_hand (next_check_at) where next_check_at is not null`;
const FIND = 'select hash, answer from by_hand where key = $1';
const INSERT = `insert into by_hand (id, order_id, key, hash, reference, minor, currency, created_at, status, next_check_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, 'processing', $9) on conflict do nothing`;
const UPDATE = 'update by_hand set status = $1, answer = $2, next_check_at = null where id = $3';

export function embeddedTable(directory: string): Table {
  const file = new Libsql(join(directory, 'by-hand.db'));
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  file.exec(SCHEMA);
  const prepare = (text: string) => file.prepare(text.replace(/\$\d/g, '?'));
  const [find, insert, update] = [prepare(FIND), prepare(INSERT), prepare(UPDATE)];
  return {
    find: async (key) => find.get(key) as { hash: string; answer: string } | undefined,
    insert: async (payment) => insert.run(...valuesOf(payment)).changes === 1,
    update: async (id, status, answer) => void update.run(status, answer, id),
  };
}

export async function postgresTable(url: string): Promise<Table> {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  await pool.query(SCHEMA);
  // A statement with a name is prepared once on each connection.
  return {
    find: async (key) =>
      (await pool.query<{ hash: string; answer: string }>({ name: 'find', text: FIND, values: [key] }))
        .rows[0],
    insert: async (payment) =>
      (await pool.query({ name: 'insert', text: INSERT, values: valuesOf(payment) })).rowCount === 1,
    update: async (id, status, answer) =>
      void (await pool.query({ name: 'update', text: UPDATE, values: [status, answer, id] })),
  };
}

function valuesOf({ id, order, key, hash, reference, minor, currency, at }: Payment): (string | number)[] {
  return [id, order, key, hash, reference, minor, currency, at, at + 45_000];
}
