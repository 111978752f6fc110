import { guarded } from './guarded.js';
import type { Database } from './tables.js';

/** Leaves the mark of this key where there is none yet, and tells whether the mark that is there is of this key. */
export async function isSealedWithThisKey(db: Database): Promise<boolean> {
  const mark = db.sealing.seal('mark', 'pay-elements');
  await guarded(
    db
      .insertInto('sealing')
      .values({ id: 1, mark })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  const row = await guarded(db.selectFrom('sealing').select('mark').executeTakeFirst());
  return row?.mark === mark;
}
