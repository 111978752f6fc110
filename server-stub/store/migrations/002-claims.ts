import type { Kysely } from 'kysely';

/** Until when one server has a payment to itself, to ask its provider about it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tables = await db.introspection.getTables();
  const payments = tables.find(({ name }) => name === 'payments');
  if (payments?.columns.some(({ name }) => name === 'claimed_until')) return;
  await db.schema.alterTable('payments').addColumn('claimed_until', 'bigint').execute();
}
