import type { CompiledQuery, KyselyPlugin } from 'kysely';
import { SqlStore } from '../../../server-stub/store/sql-store.js';
import type { Database } from '../../../server-stub/store/sql/tables.js';
import { newRecord } from '../support/records.js';

/** Every statement that a store runs, by the method that runs it. */
export async function statementsOf(db: Database): Promise<Map<string, CompiledQuery[]>> {
  let seen: CompiledQuery[] = [];
  const listener: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      seen.push(db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const store = new SqlStore(Object.assign(db.withPlugin(listener), { sealing: db.sealing }));
  const record = newRecord({ id: 'planned', key: 'planned', reference: 'planned', orderId: 'planned' });
  const event = { id: 'planned', paymentId: 'planned', version: 2, body: '{}' };
  const works: Record<string, () => Promise<unknown>> = {
    insert: () => store.insert(record),
    find: () => store.find('planned'),
    findByChallenge: () => store.findByChallenge('planned'),
    findByReference: () => store.findByReference('scripted', 'planned'),
    findByKey: () => store.findByKey('planned'),
    findByOrder: () => store.findByOrder('planned'),
    list: () => store.list({}, 20),
    'list, the next page': () => store.list({}, 20, record),
    'list of an order': () => store.list({ orderId: 'planned' }, 20),
    'list of attention': () => store.list({ needsAttention: true }, 20),
    due: () => store.due(1, 16),
    claim: () => store.claim(1, 2, 16),
    compareAndSet: () => store.compareAndSet(record, { status: 'approved' }, event),
    claimEvents: () => store.claimEvents(1, 2, 16),
    settleEvent: () => store.settleEvent('planned', { deliveredAt: 1, nextAttemptAt: null }),
    storeCallback: () =>
      store.storeCallback({ provider: 'scripted', reference: 'planned', digest: 'planned', receivedAt: 1 }),
    keepMessage: () => store.keepMessage({ digest: 'planned', key: 'planned' }),
    ping: () => store.ping(),
  };
  const statements = new Map<string, CompiledQuery[]>();
  for (const [name, work] of Object.entries(works)) {
    seen = [];
    await work();
    statements.set(name, seen);
  }
  return statements;
}
