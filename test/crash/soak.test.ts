import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newDatabase, POSTGRES_MISSING } from '../server-stub/support/postgres.js';
import { tableOf } from './soak-report.js';
import { soak } from './soak-run.js';
import { postgresStore } from './soak-stores.js';

/** A little of `npm run soak`, which says how to see a seed again. */
const SECONDS = 12;

test(
  'two servers at one PostgreSQL are killed while shoppers pay: none is charged twice, no approval is lost',
  { skip: POSTGRES_MISSING },
  async (t) => {
    const seed = Date.now() % 1_000_000;
    const report = await soak({ seed, seconds: SECONDS, store: postgresStore(await newDatabase()) });
    t.diagnostic(`seed ${seed}`);
    assert.deepEqual(report.violations, [], tableOf(report));
    assert.ok((report.disasters.get('SIGKILL') ?? 0) > 0, 'a server was killed');
    assert.ok(report.captures.length > 0, 'somebody paid');
  },
);
