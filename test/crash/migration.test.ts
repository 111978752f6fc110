import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { openEmbedded } from '../../server-stub/store/embedded.js';
import { buy } from './buyer.js';
import { assertWell, quiet } from './crash.js';
import { openSite } from './site.js';

/** What the migrations after the first one have made. */
const LATER = [
  'drop table wallet_messages',
  'drop table events',
  'drop index payments_newest',
  'drop index payments_attention',
  'alter table payments drop column claimed_until',
  "delete from kysely_migration where name > '001-payments'",
];

describe('a server that is killed while it brings its database up to date', () => {
  it(
    'K16 finishes that when it is started again, and the payment too',
    { timeout: 300_000 },
    async ({ signal }) => {
      const site = await openSite();
      signal.addEventListener('abort', () => void site.close());
      try {
        const doomed = await site.start();
        const { wire } = site;
        wire.expect({
          operation: 'GooglePayPurchase',
          nth: 1,
          passed: 'the request',
          strike: () => doomed.kill(),
        });
        const shopper = buy(site, 'Google Pay');
        await doomed.exited;
        const [then] = await site.left();
        await ageDatabase(site.dataDir);
        for (const statement of [1, 3, 5])
          await assert.rejects(site.start({ FAULT_POINT: `K16 ${statement}` }), /SIGKILL/);

        const heir = await site.start();
        await shopper;
        const now = await quiet(site, signal);
        assert.equal((await heir.stop()).code, 0);
        await assertWell(site, { way: 'Google Pay', ending: 'approved', then, now });
      } finally {
        await site.close();
      }
    },
  );
});

/** Leaves the database as the first release would have. */
async function ageDatabase(dataDir: string): Promise<void> {
  const db = await openEmbedded(dataDir);
  for (const statement of LATER) await sql.raw(statement).execute(db);
  await db.destroy();
}
