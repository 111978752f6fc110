import type { PaymentView } from '../../src/contract/index.js';
import type { Order } from '../../server-stub/orders/order-source.js';
import type { SqlStore } from '../../server-stub/store/sql-store.js';
import { adapters } from './adapters.js';
import { Chance } from './chance.js';
import { Host, NoAnswer } from './host.js';
import { violations } from './invariants.js';
import { Ledger } from './ledger.js';
import { Merchant } from './merchant.js';
import { GlobalPayModel } from './model-globalpay.js';
import { ProcardModel } from './model-procard.js';
import { Network } from './network.js';
import { quieten, type NextDue } from './quieten.js';
import { Shopper } from './shopper.js';
import { Time } from './time.js';
import { unreliable, Watch, watchedStore } from './watched-store.js';

const SECOND = 1_000;
/** While shoppers shop and everything may break. */
const ACTIVE_MS = 180 * SECOND;

export interface Report {
  seed: number;
  violations: string[];
  payments: number;
  captures: number;
  /** What the servers logged, with the seconds since the beginning. */
  story: string[];
}

/** One run: shoppers, two servers on one store, both providers, a merchant, and trouble. The seed decides all of it. */
export async function simulate(
  seed: number,
  database: { store: SqlStore; nextDue: NextDue },
): Promise<Report> {
  const chance = new Chance(seed);
  const time = new Time(chance);
  const begin = time.now();
  const ledger = new Ledger();
  const watch = new Watch();
  const merchant = new Merchant(chance);
  const story: string[] = [];
  const onLog = (line: string) => void story.push(`${((time.now() - begin) / SECOND).toFixed(1)} ${line}`);
  const delivered: { provider: string; body: string }[] = [];
  let diskTrouble = 0;

  /** Providers' callbacks reach some server after a while, or never. */
  const callBackAs = (provider: string) => (body: string) => {
    if (chance.happens(0.15)) return;
    time.after(chance.int(0, 90) * SECOND, () => {
      delivered.push({ provider, body });
      void callBack(provider, body);
    });
  };
  const callBack = (provider: string, body: string) =>
    chance
      .pick(hosts)
      .request((service) => service.callback(provider, body))
      .catch(ignoreNoAnswer);

  const procard = new ProcardModel({ chance, time, ledger, callBack: callBackAs('procard') });
  const globalpay = new GlobalPayModel({ chance, time, ledger, callBack: callBackAs('globalpay') });
  const network = new Network({
    ...{ chance, time, ledger, procard, globalpay },
    onSend: (what) => {
      const payment =
        'transactionKey' in what
          ? watch.byProviderId(what.transactionKey)
          : watch.byReference('procard' in what ? what.procard : what.globalpay);
      if (payment?.status !== 'processing')
        watch.complaints.push(`I5 sent while the payment is ${payment?.status ?? 'not there'}`);
    },
  });

  const prices = new Map<string, number>();
  const orders = Array.from({ length: chance.int(1, 4) }, (_, number): Order => {
    const isUah = chance.happens(0.65);
    // Amounts that a careless multiplication gets wrong.
    const minor = chance.pick([1, 57, 105, 1_999, 82_085, 110_3, 125_050, chance.int(1, 9_999_999)]);
    const id = `order-${number}`;
    prices.set(id, minor);
    const description = 'Coffee';
    return isUah
      ? { id, description, money: { minor, currency: 'UAH' }, country: 'UA' }
      : { id, description, money: { minor, currency: 'UZS' }, country: 'UZ' };
  });
  const orderSource = { find: async (id: string) => orders.find((order) => order.id === id) };

  const host = () =>
    new Host({
      ...{ chance, time, onLog },
      orders: orderSource,
      store: watchedStore(database.store, watch, unreliable({ chance, time, trouble: () => diskTrouble })),
      providers: (alive) => {
        const client = network.client((renewals) => {
          if (renewals > 1) watch.complaints.push(`I10 ${renewals} renewals of one token at once`);
        });
        return adapters(alive(client), time);
      },
      tell: (event) => merchant.tell(event),
    });
  const hosts: [Host, Host] = [host(), host()];

  const onView = (view: PaymentView) => {
    const payment = watch.payments.get(view.id);
    const isCaptured = payment && ledger.capturesOf(payment.reference).length > 0;
    if (view.status === 'approved' && !isCaptured)
      watch.complaints.push(`I11 the shopper read "paid", and ${view.id} was not captured`);
  };
  const payAtPage = (url: string) =>
    url.startsWith('https://pay.procard.example/') ? procard.payAtPage(url) : globalpay.payAtPage(url);

  const hasTrouble = chance.happens(0.85);
  network.trouble = hasTrouble ? chance.pick([0.1, 0.3, 0.6]) : 0;
  merchant.trouble = hasTrouble ? 0.3 : 0;
  diskTrouble = hasTrouble && chance.happens(0.5) ? 0.02 : 0;

  const failures: unknown[] = [];
  for (const order of orders) {
    const shopper = new Shopper({ id: order.id, ...order.money }, { chance, time, hosts, payAtPage, onView });
    void shopper.shop().catch((error: unknown) => failures.push(error));
  }
  for (const one of hosts) {
    const round = () => {
      one.round();
      if (time.now() < begin + ACTIVE_MS) time.after(chance.int(800, 3_000), round);
    };
    time.after(chance.int(0, 1_000), round);
    if (!hasTrouble) continue;
    for (let kills = chance.int(0, 3); kills > 0; kills--)
      time.after(chance.int(0, ACTIVE_MS), () => {
        one.kill();
        time.after(chance.int(100, 20_000), () => one.start());
      });
  }
  await time.runUntil(begin + ACTIVE_MS + 25 * SECOND);

  network.trouble = 0;
  merchant.trouble = 0;
  diskTrouble = 0;
  const round = () => hosts[0].round();
  await quieten({ time, nextDue: database.nextDue, round });

  const ends = () => [...watch.payments.values()].map(({ id, status }) => `${id} ${status}`);
  const before = ends().join();
  for (const { provider, body } of chance.shuffled([...delivered, ...delivered])) {
    void callBack(provider, body);
    await time.runUntil(time.now() + chance.int(0, 300));
  }
  await quieten({ time, nextDue: database.nextDue, round });
  const after = ends().join();
  if (after !== before) watch.complaints.push(`I7 callbacks again: ${before} became ${after}`);

  for (const error of failures)
    watch.complaints.push(`a shopper's request failed: ${error instanceof Error ? error.stack : 'oddly'}`);
  const outputs = [...story, ...merchant.bodies];
  return {
    seed,
    violations: violations({ ledger, watch, merchant, prices, outputs }),
    payments: watch.payments.size,
    captures: ledger.captures.length,
    story,
  };
}

function ignoreNoAnswer(error: unknown): void {
  if (!(error instanceof NoAnswer) && !(error instanceof Error && error.name === 'StoreUnavailableError'))
    throw error;
}
