import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import { join } from 'node:path';
import { request } from 'undici';
import { percentile, rounded, scaled, type Bench } from './bench.js';
import { callBack } from './callback.js';
import { accountAt } from './processes/account.js';
import type { Asked } from './processes/provider.js';
import { start } from './processes/start.js';
import { connections, createMany } from './shopper.js';

const A_SECOND = 1_000;
const SECONDS = 5;
const PAYMENTS = 200;
/** How often there is something to send, in milliseconds. */
const BEAT = 10;

/** A provider that calls back without waiting for anybody. Nothing that is answered 200 may be lost. */
export const bench: Bench = {
  title: `${A_SECOND} different callbacks a second about ${PAYMENTS} open payments, and everything else meanwhile`,
  async run(scale) {
    const provider = await start('provider');
    const server = await start('reference-server', accountAt(provider.url));
    await createMany(server.url, scaled(PAYMENTS, scale), 'challenged');
    const references = Object.keys(await provider.ask<Asked>('asked'));

    const accepted: number[] = [];
    const health: number[] = [];
    const timed = async (into: number[], due: number, work: Promise<number>) => {
      if ((await work) === 200) into.push(performance.now() - due);
    };
    const total = scaled(A_SECOND * SECONDS, scale);
    const begin = performance.now();
    const running: Promise<void>[] = [];
    for (let sent = 0; sent < total;) {
      // What should have gone out by now goes out, and its time counts from when it should have.
      for (; sent < Math.min(total, ((performance.now() - begin) / 1_000) * A_SECOND); sent += 1) {
        const reference = references[sent % references.length] ?? '';
        const due = begin + (sent / A_SECOND) * 1_000;
        running.push(timed(accepted, due, callBack(server.url, reference, sent)));
      }
      running.push(timed(health, performance.now(), look(server.url)));
      await sleep(BEAT);
    }
    await Promise.all(running);
    const seconds = (performance.now() - begin) / 1_000;
    // One more turn of each payment.
    await sleep(1_200);
    const rates = Object.values(await provider.ask<Asked>('asked')).map(rate);
    const file = new Libsql(join(server.directory, 'payments.db'));
    const [row] = file.prepare('select count(*) as stored from callbacks').all() as [{ stored: number }];
    file.close();
    await Promise.all([server, provider].map((party) => party.end()));

    const ms = (values: number[], share: number) => rounded(percentile(values, share), 1);
    return {
      rows: [
        {
          what: 'callbacks',
          answered: accepted.length,
          'a second': rounded(accepted.length / seconds, 0),
          'p50 ms': ms(accepted, 0.5),
          'p99 ms': ms(accepted, 0.99),
        },
        {
          what: 'GET /health meanwhile',
          answered: health.length,
          'a second': rounded(health.length / seconds, 0),
          'p50 ms': ms(health, 0.5),
          'p99 ms': ms(health, 0.99),
        },
      ],
      figures: [
        { name: 'callbacks that were not accepted', value: total - accepted.length, limit: 0 },
        {
          name: 'callbacks that were accepted and are not stored',
          value: accepted.length - row.stored,
          limit: 0,
        },
        { name: 'callbacks: 99 of 100 answered within, ms', value: ms(accepted, 0.99), limit: 1_000 },
        // Measured where the questions arrive, which shakes a little.
        { name: 'status queries of a payment a second', value: rounded(Math.max(...rates)), limit: 1.1 },
      ],
    };
  },
};

async function look(url: string): Promise<number> {
  const response = await request(`${url}/health`, { dispatcher: connections });
  await response.body.dump();
  return response.statusCode;
}

/** How many a second, from the first to the last. */
function rate(instants: readonly number[]): number {
  const [first = 0] = instants;
  const last = instants.at(-1) ?? 0;
  return instants.length < 2 ? 0 : ((instants.length - 1) * 1_000) / (last - first);
}
