import type { Kysely } from 'kysely';
import type { StoredCallback } from '../payment-store.js';
import { guarded } from './guarded.js';
import type { Tables } from './tables.js';

/** Resolves to whether each is new. */
export async function insert(db: Kysely<Tables>, callbacks: readonly StoredCallback[]): Promise<boolean[]> {
  const rows = await guarded(
    db
      .insertInto('callbacks')
      .values(callbacks.map(({ receivedAt, ...callback }) => ({ ...callback, received_at: receivedAt })))
      .onConflict((conflict) => conflict.doNothing())
      .returning(['provider', 'digest'])
      .execute(),
  );
  const inserted = new Set(rows.map(nameOf));
  // Of two that are alike the first is new.
  return callbacks.map((callback) => inserted.delete(nameOf(callback)));
}

function nameOf({ provider, digest }: Pick<StoredCallback, 'provider' | 'digest'>): string {
  return `${provider} ${digest}`;
}
