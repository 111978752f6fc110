import * as z from 'zod/mini';

/** The provider's calls that can be made to fail, in the providers' own words, and the calls that they make. */
export const FaultyOperation = z.enum([
  'GooglePayPurchase',
  'Purchase',
  'Complete3DS',
  'check',
  'reverse',
  'auth',
  'create',
  'status',
  'procard_callback',
  'globalpay_callback',
]);
export type FaultyOperation = z.infer<typeof FaultyOperation>;

/** What goes wrong between two machines, whatever was asked. */
export const TRANSPORT_FAULTS = {
  down: 'not executed, the connection is cut',
  no_answer: 'not executed, silence until the caller hangs up',
  slow: 'executed, answered after `seconds`',
  slow_drip: 'executed, answered byte by byte over `seconds`',
  answer_lost: 'executed, the connection is cut before the answer',
  reset: 'executed, the connection is reset after `bytes` bytes of the body',
  html: "executed, a proxy's error page with status 200",
  http_500: 'executed, the right body with status 500',
  truncated_json: 'executed, the first half of the right body',
  wrong_types: 'executed, the right names with values of other types',
  duplicate_keys: 'executed, every key twice, with the right value last',
  clock_shift: "the provider's clock moves by `seconds` for good, then executed",
} as const;

/** What a provider may decide, in place of what the card says. */
export const DECISIONS = {
  reject:
    'not executed: ProcardPay answers with the system error `code`, GlobalPay with the HTTP status `code` and its error body',
  decline:
    'refused by the bank: `reason` is an answer code or a text (ProcardPay) or the error word (GlobalPay)',
  pending: 'in the payment status `status` for `seconds`, then as the card says',
} as const;

/** What becomes of a callback. */
export const CALLBACK_FAULTS = {
  callback_lost: 'never sent',
  callback_late: 'sent after `seconds`',
  callback_early: 'sent before the answer to the request that caused it',
  callback_repeated: 'sent three times, though the first was answered with 200',
  callback_unsigned: 'signed with another secret',
  callback_forged:
    'says that the payment ended the other way; the signature, which leaves the status out, is right',
  callback_trimmed: 'the amount without its trailing zeros, and signed so',
} as const;

const names = <T extends object>(table: T) => z.enum(Object.keys(table) as (keyof T & string)[]);

const Order = z.object({
  operation: FaultyOperation,
  times: z._default(z.int().check(z.minimum(1), z.maximum(1000)), 1),
});
const seconds = z._default(z.number().check(z.minimum(-31_536_000), z.maximum(31_536_000)), 3);

/** Sent by a test or a developer to `POST /control/faults`, to spoil the next calls of an operation. */
export const TransportFault = z.extend(Order, {
  fault: names(TRANSPORT_FAULTS),
  seconds,
  bytes: z._default(z.int().check(z.minimum(0)), 20),
});
export const Decision = z.discriminatedUnion('fault', [
  z.extend(Order, { fault: z.literal('reject'), code: z.int() }),
  z.extend(Order, { fault: z.literal('decline'), reason: z.union([z.int(), z.string()]) }),
  z.extend(Order, { fault: z.literal('pending'), status: z.string(), seconds }),
]);
export const CallbackFault = z.extend(Order, { fault: names(CALLBACK_FAULTS), seconds });

export const Fault = z.union([TransportFault, Decision, CallbackFault]);
export type TransportFault = z.infer<typeof TransportFault>;
export type Decision = z.infer<typeof Decision>;
export type CallbackFault = z.infer<typeof CallbackFault>;
export type Fault = z.infer<typeof Fault>;
