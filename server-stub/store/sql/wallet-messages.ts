import type { Kysely } from 'kysely';
import type { WalletMessage } from '../payment-store.js';
import { guarded } from './guarded.js';
import type { Tables } from './tables.js';

/** The same request may come again: it writes its own row once more, and no other request's. */
export async function keep(db: Kysely<Tables>, { digest, key }: WalletMessage): Promise<boolean> {
  const kept = await guarded(
    db
      .insertInto('wallet_messages')
      .values({ digest, idempotency_key: key })
      .onConflict((conflict) =>
        conflict
          .column('digest')
          .doUpdateSet({ idempotency_key: key })
          .where('wallet_messages.idempotency_key', '=', key),
      )
      .returning('digest')
      .executeTakeFirst(),
  );
  return kept !== undefined;
}
