import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { isOffer, isPaymentView, isProblem } from '../../../src/checkout/guards.js';
import { Offer, type GooglePayMethod } from '../../../src/contract/api.js';
import { WindowSize, type NextAction } from '../../../src/contract/next-action.js';
import { DeclineReason, PaymentStatus, PaymentView } from '../../../src/contract/payment.js';
import { Problem, ProblemCode } from '../../../src/contract/problem.js';
import { offer, redirect, threeds, view } from '../../support/browser/fake-merchant.js';

interface Schema {
  safeParse(value: unknown): { success: boolean };
}

const googlePay = offer().methods[0] as GooglePayMethod;

const offers = [
  offer(),
  offer({ country: 'UZ', money: { minor: 1, currency: 'UZS' }, methods: [{ type: 'hosted-page' }] }),
  offer({ methods: [] }),
  offer({ methods: [{ ...googlePay, environment: 'PRODUCTION', merchantId: 'BCR2' }] }),
  offer({ methods: [...offer().methods, { type: 'hosted-page' }] }),
].map((sample) => ({ ...sample, unknown: 1 }));

const views = [
  ...PaymentStatus.options.map((status) => view({ status })),
  ...DeclineReason.options.map((reason) =>
    view({ status: 'declined', decline: { reason, providerCode: '51' } }),
  ),
  view({ decline: { reason: 'other' } }),
  view({ action: threeds(1) }),
  ...WindowSize.options.map((windowSize) => view({ action: { ...threeds(2), windowSize } as NextAction })),
  view({ action: threeds(2), receiptUrl: 'https://ofd.example/r' }),
  view({ action: redirect(), method: 'hosted-page', late: true }),
];

const problems = ProblemCode.options.map((code) => ({
  type: 't',
  title: 't',
  status: 409,
  code,
  trace: 't',
}));

/** Values that stand on the borders between what the schemas take and what they refuse. */
const BORDERS: unknown[] = [
  undefined,
  null,
  true,
  0,
  1,
  1.5,
  -1,
  2 ** 53,
  NaN,
  '',
  'x',
  'UAH',
  'UA',
  '01',
  'approved',
  [],
  {},
  [1],
  ['VISA'],
];
const oddities = fc.oneof(fc.constantFrom(...BORDERS), fc.jsonValue());

/** Every place in a value, as a path. */
function places(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => places(member, [...path, name]))];
}

/** An array takes no member by a name: JSON has no such arrays. */
function changed(value: unknown, [name, ...path]: string[], change: (old: unknown) => unknown): unknown {
  if (name === undefined) return change(value);
  if (Array.isArray(value) && !(name in value)) throw new RangeError(name);
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[name] = changed(copy[name], path, change);
  return copy;
}

function removed(value: unknown, path: string[]): unknown {
  const name = path.at(-1);
  return changed(value, path.slice(0, -1), (parent) => {
    if (Array.isArray(parent) || name === undefined) return parent;
    const rest = { ...(parent as object) };
    Reflect.deleteProperty(rest, name);
    return rest;
  });
}

/**
 * The guard says what the schema says: about each sample, about each with each thing in it set to each of the borders,
 * and about many with one or two things changed at random.
 */
function agree(
  guard: (value: unknown) => boolean,
  schema: Schema,
  samples: unknown[],
  ignored: string[] = [],
): void {
  const placesIn = (sample: unknown) => places(sample).filter(([name = '']) => !ignored.includes(name));
  for (const sample of samples) {
    expect(schema.safeParse(sample).success, JSON.stringify(sample)).to.equal(true);
    expect(guard(sample), JSON.stringify(sample)).to.equal(true);
    for (const path of placesIn(sample)) {
      for (const border of BORDERS) {
        const mutant = changed(sample, path, () => border);
        const where = `${path.join('.')} = ${JSON.stringify(border)}`;
        expect(guard(mutant), where).to.equal(schema.safeParse(mutant).success);
      }
    }
  }
  const mutants = fc.constantFrom(...samples).chain((sample) => {
    const mutation = fc.tuple(fc.constantFrom(...placesIn(sample)), fc.option(oddities, { nil: 'REMOVE' }));
    return fc.array(mutation, { minLength: 1, maxLength: 2 }).map((mutations) =>
      mutations.reduce<unknown>((value, [path, oddity]) => {
        try {
          return oddity === 'REMOVE' ? removed(value, path) : changed(value, path, () => oddity);
        } catch {
          return value; // the first mutation took the second one's place away
        }
      }, sample),
    );
  });
  fc.assert(
    fc.property(mutants, (mutant) => guard(mutant) === schema.safeParse(mutant).success),
    { numRuns: 4_000 },
  );
}

describe('the browser’s guards', () => {
  it('take exactly the offers that the contract takes', () => agree(isOffer, Offer, offers));
  it('take exactly the payments that the contract takes, and reasons that are not in it yet', () => {
    const decline = z.object({ reason: z.string(), providerCode: z.optional(z.string()) });
    const newer = view({ status: 'declined', decline: { reason: 'no_such_reason' as DeclineReason } });
    agree(isPaymentView, z.extend(PaymentView, { decline: z.nullable(decline) }), [...views, newer]);
  });
  it('take exactly the problem codes that the contract takes, and codes that are not in it yet', () => {
    const newer = { ...problems[0], code: 'no_such_code' };
    const schema = z.extend(Problem, { code: z.string() });
    agree(isProblem, schema, [...problems, newer], ['type', 'title', 'status', 'trace', 'detail', '']);
  });
});
