import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompiledQuery, sql } from 'kysely';
import { openEmbedded } from '../../../server-stub/store/embedded.js';
import { openPostgres } from '../../../server-stub/store/postgres.js';
import { DATABASE_KEY, newDatabase, POSTGRES_MISSING } from '../support/postgres.js';
import { temporaryDirectory } from '../support/temporary.js';
import { statementsOf } from './plans.js';

/** Lists go through an index from its newest end and stop when their page is full; a ping stops at the first row. */
const STOPS_EARLY = /^(list|ping)/;

test('embedded store: every statement finds its rows by an index', async () => {
  const db = await openEmbedded(temporaryDirectory());
  for (const [name, statements] of await statementsOf(db)) {
    assert.ok(statements.length > 0, name);
    for (const { sql: text, parameters } of statements) {
      const plan = await db.executeQuery<{ detail: string }>(
        CompiledQuery.raw(`explain query plan ${text}`, [...parameters]),
      );
      for (const { detail } of plan.rows) {
        const fine = STOPS_EARLY.test(name)
          ? !/^SCAN \w+$|TEMP B-TREE FOR ORDER BY/.test(detail)
          : !detail.startsWith('SCAN');
        assert.ok(fine, `${name}: ${detail}`);
      }
    }
  }
  await db.destroy();
});

test('PostgreSQL: every statement finds its rows by an index', { skip: POSTGRES_MISSING }, async () => {
  const db = await openPostgres(await newDatabase(), DATABASE_KEY);
  const statements = await statementsOf(db);
  // Enough rows that reading all of them would be the dearer way.
  await sql`
    insert into payments (id, order_id, idempotency_key, request_hash, provider, reference, method, amount_minor,
      currency, return_url, created_at, status, version, late, next_check_at, attention, provider_id, checks)
    select n, n, n, '', 'scripted', n, 'google-pay', 1, 'UAH', '', n, 'approved', 1, 0,
      case when n % 100 = 0 then 10 + n end, case when n % 1000 = 0 then 'mismatch' end, n, 0
    from generate_series(1, 20000) as n`.execute(db);
  await sql`
    insert into events (id, payment_id, version, body, attempts, next_attempt_at)
    select n, n, 1, '', 0, case when n % 100 = 0 then 10 + n end from generate_series(1, 20000) as n`.execute(
    db,
  );
  await sql`analyze`.execute(db);
  for (const [name, queries] of statements) {
    if (name === 'ping') continue;
    for (const { sql: text, parameters } of queries) {
      const plan = await db.executeQuery<{ 'QUERY PLAN': string }>(
        CompiledQuery.raw(`explain ${text}`, [...parameters]),
      );
      const lines = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
      assert.doesNotMatch(lines, /Seq Scan/, `${name}:\n${lines}`);
    }
  }
  await db.destroy();
});
