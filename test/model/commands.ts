import fc from 'fast-check';
import type { PaymentRecord } from '../../server-stub/store/payment-store.js';
import { cres } from '../server-stub/support/records.js';
import type { Mood } from './bank.js';
import type { Model } from './model.js';
import type { World } from './world.js';

export type Step = fc.AsyncCommand<Model, World>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const at = fc.constantFrom(0 as const, 1 as const);
/** Counted from the newest payment. */
const which = fc.nat(2);
const key = fc.constantFrom('key-of-a-first-click', 'key-of-a-second-click', 'key-of-a-third-click');
const method = fc.constantFrom('google-pay' as const, 'hosted-page' as const);

const creation = fc.tuple(at, fc.constantFrom('order-0', 'order-1'), key, method);

const mood = fc.record<Mood>({
  purchase: often('approved', 'challenge', 'declined', 'pending', 'refused'),
  completion: fc.constantFrom('approved', 'declined', 'pending'),
  wire: often('well', 'answer lost', 'answer garbled', 'not connected', 'late'),
  hiddenMs: fc.constantFrom(0, MINUTE, 5 * MINUTE),
});

/** Bodies that name a payment `{}` of ours, nothing, nobody's, or are not rightly signed. */
const callbackBody = fc.oneof(
  { weight: 3, arbitrary: fc.constant('{}') },
  { weight: 1, arbitrary: fc.constantFrom('', 'unknown-payment') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

/** What a bank or a stranger posts, with its name in the story. */
const returned = fc.oneof(
  {
    weight: 6,
    arbitrary: often('Y', 'N', 'U').map((transStatus) => [
      `CRes ${transStatus}`,
      form(cres({ transStatus })),
    ]),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ['Erro', form(cres({ messageType: 'Erro', transStatus: undefined }))],
      ['CRes of another', form(cres({ acsTransID: '00000000-0000-4000-8000-000000000000' }))],
      ['PaRes', 'PaRes=eJxVUt&MD=b7f0c1a2'],
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((text) => [JSON.stringify(text), text]) },
) as fc.Arbitrary<[name: string, body: string]>;

const creating = fc.oneof(
  creation.map((request) => step(`create ${request.join(' ')}`, (world) => world.create(...request))),
  fc.tuple(creation, key).map(([[host, order, first, by], second]) =>
    step(`click twice, ${order} ${first} ${second} ${by}`, (world) => {
      world.create(host, order, first, by);
      world.create(host === 0 ? 1 : 0, order, second, by);
    }),
  ),
);

const callingBack = fc
  .tuple(at, which, callbackBody, fc.integer({ min: 1, max: 3 }))
  .map(([host, number, body, times]) =>
    ofPayment(`${times} callbacks ${JSON.stringify(body)} about`, number, (world, { reference }) => {
      for (let one = 0; one < times; one++) world.callBack(host, body.replace('{}', reference));
    }),
  );

const returning = fc
  .tuple(at, which, returned, fc.integer({ min: 1, max: 2 }))
  .map(([host, number, [name, body], times]) =>
    ofPayment(
      `${times} times ${name} returned to`,
      number,
      (world, { action }) => {
        const token = action?.type === 'threeds' ? action.token : 'unknown-token';
        for (let one = 0; one < times; one++)
          world.ask(host, (service) => service.threedsReturned(token, body));
      },
      ({ action }) => action?.type === 'threeds',
    ),
  );

const looking = fc.tuple(at, which, fc.constantFrom(0, 20)).map(([host, number, seconds]) =>
  ofPayment(`wait ${seconds} s for`, number, (world, { id }) => {
    const { signal } = new AbortController();
    world.ask(host, (service) => service.wait(id, { seconds, signal }));
  }),
);

const cancelling = fc
  .tuple(at, which)
  .map(([host, number]) =>
    ofPayment('cancel', number, (world, { id }) => world.ask(host, (service) => service.cancel(id))),
  );

const deciding = fc.tuple(which, often('approved', 'declined', 'declined for now')).map(([number, outcome]) =>
  ofPayment(
    `the provider decides ${outcome} on`,
    number,
    (world, { reference }) => world.bank.decides(reference, outcome),
    ({ status, action }) => status !== 'approved' && status !== 'failed' && action?.type !== 'threeds',
  ),
);

const passing = fc
  .constantFrom(SECOND, 5 * SECOND, 46 * SECOND, 11 * MINUTE, 7 * HOUR)
  .map((ms) => step(`${ms / SECOND} s pass`, (world) => world.pass(ms)));

const trouble = fc.oneof(
  mood.map((next) =>
    step(`the provider's mood is ${JSON.stringify(next)}`, (world) => {
      world.bank.mood = next;
    }),
  ),
  fc
    .tuple(at, fc.constantFrom(0, 10 * SECOND, MINUTE))
    .map(([host, downMs]) =>
      step(`server ${host} crashes, and starts after ${downMs} ms`, (world) => world.crash(host, downMs)),
    ),
  fc
    .array(fc.constantFrom('before' as const, 'after' as const), { minLength: 1, maxLength: 3 })
    .map((failures) =>
      step(`the disk fails ${failures.join(', ')} the next writes`, (world) => {
        world.diskFailures = failures;
      }),
    ),
  fc.constantFrom('listens' as const, 'is down' as const, 'answers to nobody' as const).map((merchant) =>
    step(`the merchant ${merchant}`, (world) => {
      world.merchantMood = merchant;
    }),
  ),
);

/** What may happen, in any order. */
export const anything: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: creating },
  { weight: 3, arbitrary: returning },
  { weight: 3, arbitrary: passing },
  { weight: 3, arbitrary: trouble },
  { weight: 2, arbitrary: looking },
  { weight: 2, arbitrary: callingBack },
  { weight: 3, arbitrary: deciding },
  { weight: 1, arbitrary: cancelling },
);

function step(story: string, run: (world: World, model: Model) => unknown, check = (_: Model) => true): Step {
  return {
    toString: () => story,
    check,
    run: async (model, world) => {
      await run(world, model);
      model.assertHolds();
    },
  };
}

/** A step that is about a payment, once there is one; about one that fits, where there is one. */
function ofPayment(
  story: string,
  number: number,
  run: (world: World, payment: PaymentRecord) => void,
  fits = (_: PaymentRecord) => true,
): Step {
  const find = ({ watch }: Model) => {
    const payments = [...watch.payments.values()].reverse();
    const fitting = payments.filter(fits);
    return fitting[number % fitting.length] ?? payments[number];
  };
  return step(
    `${story} payment -${number + 1}`,
    (world, model) => {
      const payment = find(model);
      if (payment) run(world, payment);
    },
    (model) => find(model) !== undefined,
  );
}

function form(message: string): string {
  return new URLSearchParams({ cres: message }).toString();
}

/** The first one half of the time. */
function often<const T extends string>(usual: T, ...others: [T, ...T[]]): fc.Arbitrary<T> {
  return fc.oneof(fc.constant(usual), fc.constantFrom(...others));
}
