import type { Kysely } from 'kysely';
import type { StoredCallback } from '../payment-store.js';
import { guarded } from './guarded.js';
import type { Tables } from './tables.js';

export async function insert(db: Kysely<Tables>, callback: StoredCallback): Promise<boolean> {
  const { provider, reference, digest, receivedAt } = callback;
  const stored = await guarded(
    db
      .insertInto('callbacks')
      .values({ provider, reference, digest, received_at: receivedAt })
      .onConflict((conflict) => conflict.doNothing())
      .returning('digest')
      .executeTakeFirst(),
  );
  return stored !== undefined;
}
