import type { GooglePayMethod, HostedPageMethod, Offer, OfferMethod } from '../contract/api.js';
import type { Money } from '../contract/money.js';
import type { NextAction, RedirectAction, ThreeDSAction } from '../contract/next-action.js';
import type { DeclineReason, PaymentView } from '../contract/payment.js';
import type { Problem, ProblemCode } from '../contract/problem.js';

// What the contract's schemas accept, without their library. A property test holds the two together. Only names that
// a newer server may add are taken as they come: an older page must not lose a result over a reason it cannot spell.

type Guard<T> = (value: unknown) => value is T;

/** A guard for each member; `Required`, because a member that may be left out has one too. */
type Members<T> = { [K in keyof Required<T>]: Guard<T[K]> };

const text: Guard<string> = (value) => typeof value === 'string';

/** A name of which nothing depends but words, and the words for an unknown one are the general ones. */
const anyName = <Name extends string>(): Guard<Name> => text as Guard<Name>;

const flag: Guard<boolean> = (value) => typeof value === 'boolean';

const integer: Guard<number> = (value): value is number => Number.isSafeInteger(value);

const positive: Guard<number> = (value): value is number => integer(value) && value >= 1;

const oneOf =
  <const T>(...allowed: T[]): Guard<T> =>
  (value): value is T =>
    (allowed as unknown[]).includes(value);

const either =
  <A, B>(a: Guard<A>, b: Guard<B>): Guard<A | B> =>
  (value) =>
    a(value) || b(value);

const listOf =
  <T>(isItem: Guard<T>): Guard<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(isItem);

const shape =
  <T>(members: Members<T>): Guard<T> =>
  (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries<Guard<unknown>>(members).every(([name, guard]) => guard(Reflect.get(value, name)));

const nothing = oneOf(null);
const optionalText = either(text, oneOf(undefined));

const isMoney = shape<Money>({ minor: positive, currency: oneOf('UAH', 'UZS') });

const isOfferMethod: Guard<OfferMethod> = either(
  shape<GooglePayMethod>({
    type: oneOf('google-pay'),
    environment: oneOf('TEST', 'PRODUCTION'),
    gateway: text,
    gatewayMerchantId: text,
    merchantId: optionalText,
    merchantName: text,
    networks: listOf(text),
    authMethods: listOf(oneOf('PAN_ONLY', 'CRYPTOGRAM_3DS')),
  }),
  shape<HostedPageMethod>({ type: oneOf('hosted-page') }),
);

export const isOffer = shape<Offer>({
  orderId: text,
  description: text,
  money: isMoney,
  country: oneOf('UA', 'UZ'),
  methods: listOf(isOfferMethod),
});

const isNextAction: Guard<NextAction> = either(
  shape<ThreeDSAction>({
    type: oneOf('threeds'),
    id: text,
    version: oneOf(1, 2),
    frameUrl: text,
    acsUrl: text,
    fields: either(shape({ PaReq: text, MD: text, TermUrl: text }), shape({ creq: text })),
    windowSize: oneOf('01', '02', '03', '04', '05'),
  }),
  shape<RedirectAction>({ type: oneOf('redirect'), id: text, url: text }),
);

export const isPaymentView = shape<PaymentView>({
  id: text,
  orderId: text,
  money: isMoney,
  status: oneOf(
    'created',
    'processing',
    'requires_action',
    'approved',
    'declined',
    'cancelled',
    'expired',
    'failed',
  ),
  method: oneOf('google-pay', 'hosted-page'),
  action: either(isNextAction, nothing),
  decline: either(
    shape<NonNullable<PaymentView['decline']>>({
      reason: anyName<DeclineReason>(),
      providerCode: optionalText,
    }),
    nothing,
  ),
  receiptUrl: either(text, nothing),
  late: flag,
  version: integer,
});

/** Of a Problem the widget reads the code alone. */
export const isProblem = shape<Pick<Problem, 'code'>>({ code: anyName<ProblemCode>() });
