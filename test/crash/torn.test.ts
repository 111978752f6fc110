import assert from 'node:assert/strict';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { buy } from './buyer.js';
import { assertWell, quiet } from './crash.js';
import { openSite } from './site.js';

/** SQLite, "The Write-Ahead Log": a header, then frames of a header and a page each. */
const HEADER = 32;
const FRAME_HEADER = 24;

describe('a journal that was torn by the crash', () => {
  // The process died behind the commit of the approval: whatever part of that reached the disk, the money was taken.
  it('K8 loses no approval, wherever it is torn', { timeout: 300_000 }, async ({ signal }) => {
    const site = await openSite();
    signal.addEventListener('abort', () => void site.close());
    try {
      const doomed = await site.start({ FAULT_POINT: 'K9' });
      const shopper = buy(site, 'Google Pay');
      assert.equal((await doomed.exited).signal, 'SIGKILL');
      const whole = `${site.dataDir}-whole`;
      await cp(site.dataDir, whole, { recursive: true });
      const wal = await readFile(join(whole, 'payments.db-wal'));
      const before = { status: 0, notices: 0 };
      for (const torn of tearings(wal)) {
        await rm(site.dataDir, { recursive: true });
        await cp(whole, site.dataDir, { recursive: true });
        await writeFile(join(site.dataDir, 'payments.db-wal'), torn);
        const [then] = await site.left();
        if (then?.status === 'processing') before.status += 1;
        const heir = await site.start();
        await shopper;
        const since = site.mailbox.notices.length;
        const now = await quiet(site, signal);
        assert.equal((await heir.stop()).code, 0);
        await assertWell(site, { way: 'Google Pay', ending: 'approved', then, now, since });
      }
      assert.ok(before.status > 0, 'a tear reached the commit');
    } finally {
      await site.close();
      await rm(`${site.dataDir}-whole`, { recursive: true, force: true });
    }
  });
});

/** Cut in the last transaction, before its last byte, in a page, in a frame's header, between frames; and holes in it. */
function tearings(wal: Buffer): Buffer[] {
  const frame = FRAME_HEADER + wal.readUInt32BE(8);
  const count = Math.floor((wal.length - HEADER) / frame);
  const start = (index: number) => HEADER + index * frame;
  const commits = Array.from({ length: count }, (_, index) => index).filter(
    (index) => wal.readUInt32BE(start(index) + 4) > 0,
  );
  const first = start((commits.at(-2) ?? -1) + 1);
  const end = start((commits.at(-1) ?? 0) + 1);
  const cut = (at: number) => wal.subarray(0, at);
  const hole = Buffer.from(wal);
  hole.fill(0, end - frame / 2, end);
  return [cut(end - 1), cut(end - frame / 2), cut(end - frame + 7), cut(first), hole];
}
