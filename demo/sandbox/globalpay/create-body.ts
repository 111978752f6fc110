import * as z from 'zod/mini';
import type { Check } from '../journal.js';
import { isWebAddress } from '../world.js';
import type { TokenRequest } from './tokens.js';

/** What is said where a field is absent, or of another type. The field's name comes before it. */
const required = (what: string) => ({
  error: ({ input }: { input?: unknown }) => (input === undefined ? 'is required' : `must be ${what}`),
});

const text = z.string(required('text')).check(z.regex(/\S/, 'must not be empty'));
const webAddress = z.optional(
  z.string(required('text')).check(z.refine(isWebAddress, 'must be an http or https address')),
);
const requestField = z.object({ name: text, value: z.string(required('text')) }, required('an object'));

/**
 * Body of create: the names are documented, the types assumed (GlobalPay Checkout, workflow page). `items` are accepted
 * unread: the page names them and says nothing of what they hold.
 */
const Create = z.object(
  {
    name: text,
    description: text,
    externalId: text,
    account: text,
    tokenLifespan: z.optional(
      z.number(required('a number')).check(z.refine(Number.isInteger, 'must be a whole number of seconds')),
    ),
    externalServiceId: z.union([z.number(), text], required('a number or text')),
    items: z.array(z.unknown(), required('a list')),
    requestFields: z.array(requestField, required('a list')).check(({ value, issues }) => {
      for (const message of wrongMoney(value)) issues.push({ code: 'custom', input: value, message });
    }),
    successRedirectUrl: webAddress,
    failRedirectUrl: webAddress,
  },
  { error: () => 'The body must be a JSON object' },
);

type Money = Pick<TokenRequest, 'amountMinor' | 'currency'>;

export type CreateReading =
  | { kind: 'request'; request: TokenRequest }
  /** One sentence for each field that is wrong. */
  | { kind: 'wrong'; sentences: string[] };

/** Reads the body of create; the life in it becomes the effective one. */
export function readCreate(body: unknown): CreateReading {
  const parsed = Create.safeParse(body);
  if (!parsed.success) return { kind: 'wrong', sentences: parsed.error.issues.map(sentenceOf) };
  const { data } = parsed;
  const echo = { ...data, tokenLifespan: effectiveLifespan(data.tokenLifespan) };
  return { kind: 'request', request: { echo, ...moneyOf(data.requestFields) } };
}

function sentenceOf({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `Field ${path.join('.')} ${message}`;
}

/** Silent, as documented: 900 s without a wish, at least 300, at most 86400. */
function effectiveLifespan(wish = 900): number {
  return Math.min(Math.max(wish, 300), 86_400);
}

type RequestFields = TokenRequest['echo']['requestFields'];

function valuesOf(fields: RequestFields, wanted: string): string[] {
  return fields.filter(({ name }) => name === wanted).map(({ value }) => value);
}

function wrongMoney(fields: RequestFields): string[] {
  return ['amount', 'currency'].flatMap((name) => {
    const values = valuesOf(fields, name);
    if (values.length === 0) return [`must contain ${name}`];
    if (values.length > 1) return [`must contain ${name} once`];
    const [value = ''] = values;
    if (name === 'currency') return value === 'UZS' ? [] : ['must have the currency UZS'];
    return /^[1-9]\d{0,14}$/.test(value)
      ? []
      : ['must have the amount in whole tiyin: 1 to 15 digits, the first of them not 0'];
  });
}

function moneyOf(fields: RequestFields): Money {
  const [amount = ''] = valuesOf(fields, 'amount');
  const [currency = ''] = valuesOf(fields, 'currency');
  return { amountMinor: Number(amount), currency };
}

const Item = z.object({ price: z.number(), count: z.number() });

/** For the journal alone: what `price` means is assumed, so GlobalPay's part is played without this check. */
export function itemsCheck({ echo, amountMinor }: TokenRequest): Check[] {
  const items = z.array(Item).safeParse(echo.items);
  if (echo.items.length === 0) return [];
  const sum = items.data?.reduce((total, { price, count }) => total + price * count, 0);
  return [{ what: 'items: price × count adds up to the amount (not enforced)', passed: sum === amountMinor }];
}
