import * as z from 'zod/mini';

/** The providers' calls that can be made to fail, in the providers' own words. */
export const CALLS = {
  procard: ['GooglePayPurchase', 'Purchase', 'Complete3DS', 'check', 'reverse'],
  globalpay: ['auth', 'create', 'status'],
} as const;

/** The calls that they make. */
export const CALLBACKS = ['procard_callback', 'globalpay_callback'] as const;

const EVERY_CALL = [...CALLS.procard, ...CALLS.globalpay] as const;
/** Those that can lead to a charge. */
const PURCHASES = ['GooglePayPurchase', 'Purchase', 'Complete3DS', 'create'] as const;

export const FaultyOperation = z.enum([...EVERY_CALL, ...CALLBACKS]);
export type FaultyOperation = z.infer<typeof FaultyOperation>;

interface Kind {
  /** What goes wrong: the way between two machines, a provider's decision, or a provider's callback. */
  family: 'transport' | 'decision' | 'callback';
  what: string;
  operations: readonly FaultyOperation[];
}

const onTheWay = (what: string) => ({ family: 'transport', what, operations: EVERY_CALL }) as const;

/** Everything that can go wrong, and where. The sandbox serves this table, its pages show it, and tests go through it. */
export const FAULTS = {
  down: onTheWay('Not executed; the connection is cut.'),
  no_answer: onTheWay('Not executed; silence until the caller hangs up.'),
  slow: onTheWay('Executed, and answered after `seconds`.'),
  slow_drip: onTheWay('Executed, and answered byte by byte over `seconds`.'),
  answer_lost: onTheWay('Executed; the connection is cut before the answer.'),
  reset: onTheWay('Executed; the connection is reset after `bytes` bytes of the body.'),
  html: onTheWay("Executed, and answered with a proxy's error page and status 200."),
  http_500: onTheWay('Executed, and answered with the right body and status 500.'),
  truncated_json: onTheWay('Executed, and answered with the first half of the right body.'),
  wrong_types: onTheWay(
    'Executed, and answered with the right names: each text in a list, each other value in an object.',
  ),
  duplicate_keys: onTheWay('Executed, and answered with each key twice: null first, the right value last.'),
  clock_shift: onTheWay("The provider's clock moves by `seconds`, until a reset; then executed."),
  reject: {
    family: 'decision',
    what: 'Not executed; answered with the system error `code` (ProcardPay) or the HTTP status `code` (GlobalPay).',
    operations: EVERY_CALL,
  },
  decline: {
    family: 'decision',
    what: 'The bank declines with `reason`: an answer code or a text (ProcardPay), the error word (GlobalPay).',
    operations: PURCHASES,
  },
  pending: {
    family: 'decision',
    what: 'The payment stays in `status` for `seconds`, and then ends as the card says, or is refunded.',
    operations: [...PURCHASES, 'reverse'],
  },
  callback_lost: { family: 'callback', what: 'Never sent.', operations: CALLBACKS },
  callback_late: { family: 'callback', what: 'Sent after `seconds`.', operations: CALLBACKS },
  callback_early: {
    family: 'callback',
    what: 'Sent before the answer to the request that caused it.',
    operations: CALLBACKS,
  },
  callback_repeated: {
    family: 'callback',
    what: 'Sent three times, though the first was answered with 200.',
    operations: CALLBACKS,
  },
  callback_unsigned: {
    family: 'callback',
    what: 'Signed with another secret.',
    operations: ['procard_callback'],
  },
  callback_forged: {
    family: 'callback',
    what: 'Says that the payment ended the other way; a signature, which leaves the status out, is right.',
    operations: CALLBACKS,
  },
  callback_trimmed: {
    family: 'callback',
    what: 'Has the amount without its trailing zeros, and is signed so.',
    operations: ['procard_callback'],
  },
} as const satisfies Record<string, Kind>;

export type FaultName = keyof typeof FAULTS;
type NameIn<Family extends Kind['family']> = {
  [Name in FaultName]: (typeof FAULTS)[Name]['family'] extends Family ? Name : never;
}[FaultName];

const order = {
  operation: FaultyOperation,
  /** How many calls of the operation, from the next one on. */
  times: z._default(z.int().check(z.minimum(1), z.maximum(1000)), 1),
};
const YEAR = 31_536_000;
const seconds = z._default(z.number().check(z.minimum(0), z.maximum(YEAR)), 3);

/** Sent by a test or a developer to `POST /control/faults`, to spoil the next calls of an operation. */
export const Fault = z.discriminatedUnion('fault', [
  z.strictObject({
    ...order,
    fault: z.enum([
      'down',
      'no_answer',
      'answer_lost',
      'html',
      'http_500',
      'truncated_json',
      'wrong_types',
      'duplicate_keys',
    ]),
  }),
  z.strictObject({ ...order, fault: z.enum(['slow', 'slow_drip']), seconds }),
  z.strictObject({
    ...order,
    fault: z.literal('reset'),
    bytes: z._default(z.int().check(z.minimum(0)), 20),
  }),
  z.strictObject({
    ...order,
    fault: z.literal('clock_shift'),
    seconds: z._default(z.number().check(z.minimum(-YEAR), z.maximum(YEAR)), 86_400),
  }),
  z.strictObject({ ...order, fault: z.literal('reject'), code: z.int() }),
  z.strictObject({
    ...order,
    fault: z.literal('decline'),
    reason: z.union([z.int(), z.string()], 'must be a number or a text'),
  }),
  z.strictObject({ ...order, fault: z.literal('pending'), status: z.string(), seconds }),
  z.strictObject({
    ...order,
    fault: z.enum([
      'callback_lost',
      'callback_early',
      'callback_repeated',
      'callback_unsigned',
      'callback_forged',
      'callback_trimmed',
    ]),
  }),
  z.strictObject({ ...order, fault: z.literal('callback_late'), seconds }),
]);
export type Fault = z.infer<typeof Fault>;
export type TransportFault = Extract<Fault, { fault: NameIn<'transport'> }>;
export type Decision = Extract<Fault, { fault: NameIn<'decision'> }>;
export type CallbackFault = Extract<Fault, { fault: NameIn<'callback'> }>;

export function isTransportFault(fault: Fault): fault is TransportFault {
  return FAULTS[fault.fault].family === 'transport';
}

export function isCallbackFault(fault: Fault): fault is CallbackFault {
  return FAULTS[fault.fault].family === 'callback';
}
