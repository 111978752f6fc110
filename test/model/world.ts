import type fc from 'fast-check';
import type { CreatePayment, PaymentView } from '../../src/contract/index.js';
import type { PaymentService } from '../../server-stub/payments/payment-service.js';
import { Refusal } from '../../server-stub/payments/refusal.js';
import { StoreUnavailableError } from '../../server-stub/store-unavailable-error.js';
import { BODY } from '../server-stub/support/stage.js';
import { Chance } from '../simulation/chance.js';
import type { Database } from '../simulation/database.js';
import { Host, NoAnswer } from '../simulation/host.js';
import { quieten } from '../simulation/quieten.js';
import { Time } from '../simulation/time.js';
import { watchedStore } from '../simulation/watched-store.js';
import { Bank, CALM } from './bank.js';
import { ModelProvider, PROVIDER } from './model-provider.js';
import { PRICES, type Model } from './model.js';

/** No step takes longer, whatever the scheduler prefers. */
const STEP_MS = 4_000;
const WRITES = ['insert', 'compareAndSet', 'claim', 'claimEvents', 'settleEvent', 'storeCallback'];
const CLIENT = { ip: '203.0.113.7', userAgent: 'Browser/1', accept: '*/*' };

/** Two servers on one real store, their provider and their merchant. Every step of theirs waits for the scheduler's turn. */
export class World {
  readonly time: Time;
  readonly bank: Bank;
  readonly hosts: readonly [Host, Host];
  /** What befalls the next writes: the disk fails before them, or after. */
  diskFailures: ('before' | 'after')[] = [];
  merchantMood: 'listens' | 'is down' | 'answers to nobody' = 'listens';
  readonly #model: Model;
  readonly #database: Database;
  readonly #scheduler: fc.Scheduler;
  readonly #delivered: string[] = [];
  #isQuiet = false;

  constructor(model: Model, database: Database, scheduler: fc.Scheduler) {
    const chance = new Chance(1);
    const time = new Time(chance);
    this.time = time;
    this.#model = model;
    this.#database = database;
    this.#scheduler = scheduler;
    const gate = (what: string) => this.#gate(what);
    this.bank = new Bank({ model, time, gate });
    const host = () =>
      new Host({
        ...{ chance, time },
        orders: { find: async (id) => orderOf(id) },
        store: watchedStore(database.store, model.watch, (work, method) => this.#throughDisk(work, method)),
        providers: (alive) => [new ModelProvider(alive(this.bank))],
        tell: async (event) => {
          await gate('the merchant is told');
          if (this.merchantMood === 'is down') return false;
          await model.merchant.tell(event);
          return this.merchantMood === 'listens';
        },
        onLog: (line) => void model.outputs.push(line),
      });
    this.hosts = [host(), host()];
  }

  create(at: 0 | 1, orderId: string, key: string, method: CreatePayment['method']['type']): void {
    const expected = { minor: PRICES.get(orderId) ?? 0, currency: 'UAH' as const };
    const payWith = method === 'hosted-page' ? { type: method } : BODY.method;
    const body = { ...BODY, orderId, expected, method: payWith };
    this.ask(at, (service) => service.create({ key, body, client: CLIENT }), orderId);
  }

  /** A request whose answer is read when it comes, by the shopper of that order if it is about one. */
  ask(at: 0 | 1, work: (service: PaymentService) => Promise<object>, orderId?: string): void {
    this.hosts[at].request(work).then(
      (answer) => {
        if ('version' in answer) this.#read(answer as PaymentView);
      },
      (error: unknown) => {
        if (error instanceof Refusal) {
          if (error.code === 'already_paid' && orderId !== undefined) this.#model.toldPaid(orderId);
        } else if (!(error instanceof NoAnswer || error instanceof StoreUnavailableError)) {
          this.#model.watch.complaints.push(`a request failed: ${String(error)}`);
        }
      },
    );
  }

  callBack(at: 0 | 1, body: string): void {
    this.#delivered.push(body);
    this.ask(at, (service) => service.callback(PROVIDER, body));
  }

  crash(at: 0 | 1, downMs: number): void {
    this.hosts[at].kill();
    if (downMs === 0) this.hosts[at].start();
    else this.time.after(downMs, () => this.hosts[at].start());
  }

  /** Time passes, with what servers do by themselves at its end. */
  async pass(ms: number): Promise<void> {
    await this.time.runUntil(this.time.now() + ms);
    for (const host of this.hosts) host.round();
  }

  /** All trouble ends, and everything that is to come comes. Callbacks that were delivered come again, twice, the last one first. */
  async quieten(): Promise<void> {
    this.#isQuiet = true;
    this.bank.mood = CALM;
    this.diskFailures = [];
    this.merchantMood = 'listens';
    for (const host of this.hosts) host.start();
    const calm = () =>
      quieten({
        time: this.time,
        nextDue: this.#database.nextDue,
        round: () => this.hosts[0].round(),
      });
    await calm();
    const ends = () => [...this.#model.watch.payments.values()].map(({ id, status }) => `${id} ${status}`);
    const before = ends().join();
    for (const body of [...this.#delivered, ...this.#delivered].reverse()) {
      this.ask(0, (service) => service.callback(PROVIDER, body));
      await this.time.runUntil(this.time.now() + 100);
    }
    await calm();
    const after = ends().join();
    if (before !== after) this.#model.watch.complaints.push(`I7 callbacks again: ${before} became ${after}`);
  }

  #read(view: PaymentView): void {
    this.#model.told(view);
    if (view.action?.type === 'redirect') this.bank.shownPages.add(view.action.url);
  }

  #gate(what: string): Promise<void> {
    if (this.#isQuiet) return Promise.resolve();
    return Promise.race([this.#scheduler.schedule(Promise.resolve(), what), this.time.sleep(STEP_MS)]);
  }

  async #throughDisk<T>(work: () => Promise<T>, method: string): Promise<T> {
    await this.#gate(method);
    const failure = WRITES.includes(method) ? this.diskFailures.shift() : undefined;
    if (failure === 'before') throw new StoreUnavailableError('the disk is full');
    const result = await work();
    await this.#gate(`${method} is done`);
    if (failure === 'after') throw new StoreUnavailableError('the connection is gone');
    return result;
  }
}

function orderOf(id: string) {
  const minor = PRICES.get(id);
  return minor === undefined
    ? undefined
    : ({ id, description: 'Coffee', money: { minor, currency: 'UAH' }, country: 'UA' } as const);
}
