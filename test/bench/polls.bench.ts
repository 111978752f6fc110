import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { measure, rounded, scaled, type Bench } from './bench.js';
import { callBack } from './callback.js';
import { accountAt } from './processes/account.js';
import type { Asked } from './processes/provider.js';
import type { Usage } from './processes/reference-server.js';
import { start } from './processes/start.js';
import { connections, create, createMany } from './shopper.js';

const POLLS = 1_000;
const IDLE_SECONDS = 4;

/** Shoppers at their banks, whose pages wait for news: what they cost, and that the news reaches all of them. */
export const bench: Bench = {
  title: `${POLLS} long polls held at a time`,
  async run(scale) {
    const polls = scaled(POLLS, scale);
    const provider = await start('provider');
    const account = accountAt(provider.url);
    const [server, idle] = await Promise.all([
      start('reference-server', account),
      start('reference-server', account),
    ]);
    const usage = () => server.ask<Usage>('usage');
    const ids = await createMany(server.url, polls, 'challenged');
    const references = Object.keys(await provider.ask<Asked>('asked'));

    const before = await usage();
    const answers = ids.map((id) => wait(server.url, id));
    let held = await usage();
    while (held.looks < before.looks + polls) held = await usage();

    await sleep(scaled(IDLE_SECONDS * 1_000, scale));
    const after = await usage();
    const ms = await measure(scaled(25, scale), {
      holding: () => create(server.url),
      idle: () => create(idle.url),
    });

    await provider.ask('approve');
    const news = performance.now();
    await Promise.all(references.map((reference, number) => callBack(server.url, reference, number)));
    const told = (await Promise.all(answers)).filter((status) => status === 'approved').length;
    const spread = performance.now() - news;
    await Promise.all([server, idle, provider].map((party) => party.end()));

    const kilobytes = (bytes: number) => rounded(bytes / 1_024 / polls, 1);
    const ratio = rounded(ms.holding / ms.idle);
    return {
      rows: [
        { what: 'heap of one poll, KiB', value: kilobytes(held.heap - before.heap) },
        { what: 'process memory of one poll, KiB', value: kilobytes(held.rss - before.rss) },
        {
          what: 'looks at the database a second',
          value: rounded((after.looks - held.looks) / IDLE_SECONDS, 0),
        },
        { what: 'processor time, % of one', value: rounded((after.cpu - held.cpu) / IDLE_SECONDS / 10, 1) },
        { what: 'a create without them, ms', value: rounded(ms.idle) },
        { what: 'a create meanwhile, ms', value: rounded(ms.holding) },
        { what: 'news for all of them, told within, ms', value: rounded(spread, 0) },
      ],
      figures: [
        { name: 'polls that were not told the news', value: polls - told, limit: 0 },
        { name: 'heap of one poll, KiB', value: kilobytes(held.heap - before.heap), limit: 64 },
        { name: 'a create meanwhile: times one without them', value: ratio, limit: 2 },
      ],
    };
  },
};

/** Waits as the widget does: again, where a payment has moved and not ended. */
async function wait(url: string, id: string): Promise<string> {
  const giveUp = performance.now() + 25_000;
  let after = '';
  for (;;) {
    const address = `${url}/pay/payments/${id}?wait=25${after}`;
    const response = await request(address, { dispatcher: connections });
    const { status, version } = (await response.body.json()) as { status: string; version: number };
    if (status !== 'requires_action' || performance.now() > giveUp) return status;
    after = `&after=${version}`;
  }
}
