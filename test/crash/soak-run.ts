import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LedgerEntry } from '../../demo/sandbox/ledger.js';
import { startSandbox } from '../../demo/sandbox/sandbox.js';
import { settings } from '../../demo/start.js';
import { json } from '../demo/faults/buyer.js';
import { Chance } from '../simulation/chance.js';
import { SharedClock } from './clock.js';
import { Api } from './soak-api.js';
import { endServers, spoilDatabase, type Disaster } from './soak-disasters.js';
import { openFront } from './soak-front.js';
import { violations, type Outcome } from './soak-invariants.js';
import { counted, WholeJournal } from './soak-journal.js';
import { Orders } from './soak-orders.js';
import { Receiver, WEBHOOK_SECRET } from './soak-receiver.js';
import { Post } from './soak-servers.js';
import { Shopper } from './soak-shopper.js';
import { Sightings } from './soak-sightings.js';
import type { SoakStore } from './soak-stores.js';
import { weather } from './soak-weather.js';
import { untilQuiet } from './soak-quiet.js';

const SHOPPERS = 20;
/** More than so many shoppers can look at. */
const ORDERS_PER_SECOND = 40;

export interface SoakReport extends Outcome {
  seed: number;
  seconds: number;
  disasters: Map<string, number>;
  violations: string[];
}

/**
 * Real servers at one store, shoppers, providers and a merchant's receiver; everything goes wrong for so long, and then
 * nothing does, and what is left is looked at. The seed repeats what is chosen, not how the processes are scheduled.
 */
export async function soak(options: {
  seed: number;
  seconds: number;
  store: SoakStore;
}): Promise<SoakReport> {
  const { seed, seconds, store } = options;
  const chance = (salt: number) => new Chance(seed * 1_000 + salt);
  const directory = await mkdtemp(join(tmpdir(), 'pay-elements-soak-'));
  const clock = new SharedClock();
  const sightings = new Sightings(clock.now);
  const receiver = new Receiver(chance(1), ({ type, data }) => {
    if (type === 'payment.approved') sightings.noteApproval(data.payment.id);
  });
  const orders = new Orders(chance(2), Math.ceil(seconds * ORDERS_PER_SECOND));
  const ordersFile = join(directory, 'orders.json');
  await orders.write(ordersFile);
  const front = await openFront();
  const sandbox = await startSandbox({
    port: 0,
    now: clock.now,
    globalpayCallbackUrl: `${front.url}/pay/callbacks/globalpay`,
  });
  const journal = new WholeJournal(sandbox.url);
  const env = {
    ...{ PUBLIC_URL: front.url, ORDERS_FILE: ordersFile, LOG_LEVEL: 'warn' },
    ...{ MERCHANT_WEBHOOK_URL: await receiver.open(), MERCHANT_WEBHOOK_SECRET: WEBHOOK_SECRET },
    ...store.env,
    ...settings(sandbox.url),
  };
  const capturesOf = async () =>
    ((await json(`${sandbox.url}/control/ledger`)) as { captures: LedgerEntry[] }).captures;
  const newPost = () => new Post({ env, clock, front });
  const posts = Array.from({ length: store.servers }, newPost);
  const everywhere = (act: (post: Post) => Promise<void>) => Promise.all(posts.map(act));
  const struck: Disaster[] = [];
  const ended = new AbortController();
  try {
    await everywhere((post) => post.start());
    const following = journal.follow(ended.signal);
    const closed = new AbortController();
    const closing = closed.signal;
    const api = new Api(front.url, sightings, closing);
    const disaster = { onDisaster: (each: Disaster) => struck.push(each), signal: closing };
    const shop = async (shopper: number) => {
      const own = chance(100 + shopper);
      for (let order = orders.next(); order !== undefined && !closing.aborted; order = orders.next()) {
        await new Shopper({
          ...{ chance: own, api, shop: front.url, sandbox: sandbox.url, closing },
        }).buy(order);
        await pause(own.int(0, 500));
      }
    };
    await Promise.all([
      enough(seconds, capturesOf).then(() => closed.abort()),
      ...Array.from({ length: SHOPPERS }, (_, shopper) => shop(shopper)),
      weather({ chance: chance(3), sandbox: sandbox.url, receiver, signal: closing }),
      ...posts.map((post, number) => endServers(post, { chance: chance(10 + number), ...disaster })),
      store.database && spoilDatabase(store.database, { chance: chance(4), ...disaster }),
    ]);
    // What was under way ends with those who began it; from here on, time may leap.
    await everywhere((post) => post.stop());
    await everywhere((post) => post.start());
    const payments = await untilQuiet({ store, clock, receiver });
    await everywhere((post) => post.stop());
    ended.abort();
    await following;
    const captures = await capturesOf();
    const deaths = posts.flatMap((post) => post.deaths);
    const outcome = { payments, captures, journal, orders, receiver, sightings, deaths };
    return { ...outcome, seed, seconds, disasters: counted(struck), violations: violations(outcome) };
  } finally {
    ended.abort();
    await everywhere((post) => post.kill());
    await front.close();
    await sandbox.close();
    await receiver.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Resolves when the time is over; on a machine for which it was short, a few times later, as soon as somebody has paid. */
async function enough(seconds: number, captures: () => Promise<readonly LedgerEntry[]>): Promise<void> {
  for (let time = 0; time < 5; time += 1) {
    await pause(seconds * 1_000);
    if ((await captures()).length > 0) return;
  }
}
