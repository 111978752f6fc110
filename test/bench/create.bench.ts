import { DATABASE_KEY, newDatabase, POSTGRES_MISSING } from '../server-stub/support/postgres.js';
import { measure, rounded, scaled, type Bench, type Figure, type Row } from './bench.js';
import { accountAt } from './processes/account.js';
import { start } from './processes/start.js';
import { create } from './shopper.js';

const TOGETHER = 32;
const LIMIT = 2;

/** What it costs that the server is made of parts: the same work, on the same driver, with nothing between. */
export const bench: Bench = {
  title: 'a payment created and approved, in ms: this server, and the same work by hand on node:http',
  async run(scale) {
    const embedded = await compare('embedded', scale, {});
    const postgres = POSTGRES_MISSING
      ? []
      : await compare('PostgreSQL', scale, {
          DATABASE_URL: await newDatabase(),
          DATABASE_KEY: DATABASE_KEY.toString('base64'),
        });
    const both = [...embedded, ...postgres];
    return { rows: both.map(({ row }) => row), figures: both.map(({ figure }) => figure) };
  },
};

async function compare(
  store: string,
  scale: number,
  database: Record<string, string>,
): Promise<{ row: Row; figure: Figure }[]> {
  const provider = await start('provider');
  const env = { ...accountAt(provider.url), ...database };
  const [server, byHand] = await Promise.all([start('reference-server', env), start('by-hand', env)]);
  const together = (url: string) => Promise.all(Array.from({ length: TOGETHER }, () => create(url)));
  const one = await measure(scaled(60, scale), {
    server: () => create(server.url),
    byHand: () => create(byHand.url),
  });
  const many = await measure(scaled(6, scale), {
    server: () => together(server.url),
    byHand: () => together(byHand.url),
  });
  await Promise.all([server, byHand, provider].map((party) => party.end()));
  return [
    result(store, 'one after the other', one, 1),
    result(store, `${TOGETHER} at a time`, many, TOGETHER),
  ];
}

function result(store: string, how: string, ms: { server: number; byHand: number }, payments: number) {
  const ratio = rounded(ms.server / ms.byHand);
  const row: Row = {
    store,
    how,
    'this server': rounded(ms.server / payments),
    'by hand': rounded(ms.byHand / payments),
    ratio,
  };
  return { row, figure: { name: `${store}, ${how}: times the work by hand`, value: ratio, limit: LIMIT } };
}
