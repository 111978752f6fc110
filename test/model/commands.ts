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
const which = fc.nat(2);
const key = fc.constantFrom('key-of-a-first-click', 'key-of-a-second-click', 'key-of-a-third-click');
const method = fc.constantFrom('google-pay' as const, 'hosted-page' as const);

const creation = fc.tuple(at, fc.constantFrom('order-0', 'order-1'), key, method);

const mood = fc.record<Mood>({
  purchase: fc.constantFrom('approved', 'declined', 'challenge', 'pending', 'refused'),
  completion: fc.constantFrom('approved', 'declined', 'pending'),
  wire: fc.constantFrom('well', 'well', 'answer lost', 'answer garbled', 'not connected', 'late'),
  hiddenMs: fc.constantFrom(0, MINUTE, 5 * MINUTE),
});

/** Bodies that name a payment `{}` of ours, nothing, nobody's, or are not rightly signed. */
const callbackBody = fc.oneof(
  { weight: 3, arbitrary: fc.constant('{}') },
  { weight: 1, arbitrary: fc.constantFrom('', 'unknown-payment') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

const returned = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('Y', 'N', 'U').map((transStatus) => form(cres({ transStatus }))) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      form(cres({ messageType: 'Erro', transStatus: undefined })),
      form(cres({ acsTransID: '00000000-0000-4000-8000-000000000000' })),
      'PaRes=eJxVUt&MD=b7f0c1a2',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

/** What may happen, in any order. */
export const steps: fc.Arbitrary<Step>[] = [
  creation.map((request) => step(`create ${request.join(' ')}`, (world) => world.create(...request))),
  creation.map((request) =>
    step(`click twice ${request.join(' ')}`, (world) => {
      world.create(...request);
      world.create(request[0] === 0 ? 1 : 0, request[1], request[2], request[3]);
    }),
  ),
  fc.tuple(at, which, callbackBody, fc.integer({ min: 1, max: 3 })).map(([host, number, body, times]) =>
    ofPayment(`${times} callbacks ${JSON.stringify(body)}`, number, (world, { reference }) => {
      for (let one = 0; one < times; one++) world.callBack(host, body.replace('{}', reference));
    }),
  ),
  fc.tuple(at, which, returned, fc.integer({ min: 1, max: 2 })).map(([host, number, body, times]) =>
    ofPayment(`${times} returns ${JSON.stringify(body)}`, number, (world, { action }) => {
      const token = action?.type === 'threeds' ? action.token : 'none';
      for (let one = 0; one < times; one++)
        world.ask(host, (service) => service.threedsReturned(token, body));
    }),
  ),
  fc.tuple(at, which, fc.constantFrom(0, 20)).map(([host, number, seconds]) =>
    ofPayment(`wait ${seconds} s for`, number, (world, { id }) => {
      const signal = new AbortController().signal;
      world.ask(host, (service) => service.wait(id, { seconds, signal }));
    }),
  ),
  fc
    .tuple(at, which)
    .map(([host, number]) =>
      ofPayment('cancel', number, (world, { id }) => world.ask(host, (service) => service.cancel(id))),
    ),
  fc
    .tuple(at, fc.constantFrom(0, 10 * SECOND, MINUTE))
    .map(([host, downMs]) =>
      step(`server ${host} crashes for ${downMs} ms`, (world) => world.crash(host, downMs)),
    ),
  ...[SECOND, 5 * SECOND, 46 * SECOND, 11 * MINUTE, 7 * HOUR].map((ms) =>
    fc.constant(ms).map(() => step(`${ms / SECOND} s pass`, (world) => world.pass(ms))),
  ),
  mood.map((next) =>
    step(`the provider's mood is ${JSON.stringify(next)}`, (world) => {
      world.bank.mood = next;
    }),
  ),
  fc
    .tuple(which, fc.constantFrom('approved' as const, 'declined' as const, 'declined for now' as const))
    .map(([number, outcome]) =>
      ofPayment(`the provider decides ${outcome} on`, number, (world, { reference }) =>
        world.bank.decides(reference, outcome),
      ),
    ),
  fc
    .array(fc.constantFrom('before' as const, 'after' as const), { minLength: 1, maxLength: 3 })
    .map((failures) =>
      step(`the disk fails ${failures.join(', ')} writes`, (world) => {
        world.diskFailures = failures;
      }),
    ),
  fc.constantFrom('listens' as const, 'is down' as const, 'answers to nobody' as const).map((merchant) =>
    step(`the merchant ${merchant}`, (world) => {
      world.merchantMood = merchant;
    }),
  ),
];

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

/** A step that is about the payment with that number, once there is one. */
function ofPayment(story: string, number: number, run: (world: World, payment: PaymentRecord) => void): Step {
  const find = ({ watch }: Model) => [...watch.payments.values()][number];
  return step(
    `${story} payment ${number}`,
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
