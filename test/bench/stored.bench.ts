import { openEmbedded } from '../../server-stub/store/embedded.js';
import { SqlStore } from '../../server-stub/store/sql-store.js';
import { measure, rounded, scaled, type Bench, type Figure, type Row } from './bench.js';
import { fill } from './fill.js';
import { accountAt } from './processes/account.js';
import { newDirectory, start } from './processes/start.js';
import { create } from './shopper.js';

const MANY = 1_000_000;
const FEW = 1_000;

/** What a server that has run for a year does more slowly than on its fresh day. */
export const bench: Bench = {
  title: `with ${MANY.toLocaleString('en')} payments in the embedded store, and with ${FEW.toLocaleString('en')}`,
  async run(scale) {
    const [many, fresh] = [newDirectory(), newDirectory()];
    await fill(many, scaled(MANY, scale));
    await fill(fresh, FEW);
    const provider = await start('provider');
    const account = accountAt(provider.url);
    const [year, day] = await Promise.all([
      start('reference-server', account, many),
      start('reference-server', account, fresh),
    ]);
    const creates = await measure(scaled(100, scale), {
      many: () => create(year.url),
      few: () => create(day.url),
    });
    const rows: Row[] = [row('a create and its approval, over HTTP', creates)];
    const figures: Figure[] = [
      { name: 'a create: times one with few stored', value: ratio(creates), limit: 1.1 },
    ];

    const stores = {
      many: new SqlStore(await openEmbedded(year.directory)),
      few: new SqlStore(await openEmbedded(day.directory)),
    };
    const now = Date.now();
    const works: Record<string, (store: SqlStore, number: number) => Promise<unknown>> = {
      'the payments of an order': (store, number) => store.findByOrder(`old-${number}`),
      'a payment by its key': (store, number) => store.findByKey(`key-${number}`),
      'a payment by its reference': (store, number) =>
        store.findByReference('procard', `reference-${number}`),
      'the reconciler, nothing due': (store) => store.claim(now, now, 16),
      'the outbox, nothing due': (store) => store.claimEvents(now, now, 16),
      'a list of 20': (store) => store.list({}, 20),
      'a list of 20 that need attention': (store) => store.list({ needsAttention: true }, 20),
    };
    for (const [what, work] of Object.entries(works)) {
      const ms = await measure(scaled(200, scale), {
        many: (number) => work(stores.many, number),
        few: (number) => work(stores.few, number),
      });
      rows.push(row(what, ms));
    }
    await Promise.all([stores.many.close(), stores.few.close()]);
    await Promise.all([year, day, provider].map((party) => party.end()));
    return { rows, figures };
  },
};

function row(what: string, ms: { many: number; few: number }): Row {
  return { what, 'ms, many': rounded(ms.many, 3), 'ms, few': rounded(ms.few, 3), ratio: ratio(ms) };
}

function ratio(ms: { many: number; few: number }): number {
  return rounded(ms.many / ms.few);
}
