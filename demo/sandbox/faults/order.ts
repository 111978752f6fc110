import * as z from 'zod/mini';
import { CALLS, Fault, FAULTS, type FaultyOperation } from './fault.js';
import { Plan } from './plan.js';

export type OrderReading =
  | { kind: 'fault'; fault: Fault }
  | { kind: 'plan'; plan: Plan }
  /** A sentence each. */
  | { kind: 'wrong'; why: string[] };

const inEnglish = { error: z.locales.en().localeError };

/** Reads the body of `POST /control/faults`. What names a seed is a plan, everything else a fault. */
export function readOrder(body: unknown): OrderReading {
  if (typeof body === 'object' && body !== null && 'seed' in body) {
    const plan = Plan.safeParse(body, inEnglish);
    return plan.success ? { kind: 'plan', plan: plan.data } : { kind: 'wrong', why: sentences(plan.error) };
  }
  const fault = Fault.safeParse(body, inEnglish);
  if (!fault.success) return { kind: 'wrong', why: sentences(fault.error) };
  const why = whyImpossible(fault.data);
  return why === undefined ? { kind: 'fault', fault: fault.data } : { kind: 'wrong', why: [why] };
}

function sentences(error: z.core.$ZodError): string[] {
  return error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
}

/** System error codes (ProcardPay, dictionary page). */
const SYSTEM_CODES = [-1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11, -12, -18, -999];

/** Payment statuses that are not final (ProcardPay, dictionary page; those of GlobalPay's are assumed). */
const OPEN_STATUSES = {
  procard: ['NEW', 'ON-PAYMENT', 'WAITING-AUTH', 'NEEDS-CLARIFICATION', '3ds', 'REFUNDINPROC'],
  globalpay: ['INIT', 'VALIDATE'],
};

/** ProcardPay's statuses that are. Its dictionary has grown before, so a word that it lacks may come too. */
const FINAL_STATUSES = ['', 'APPROVED', 'DECLINED', 'EXPIRED', 'REFUNDED'];

/** Why this fault cannot happen to its operation, as a sentence; `undefined`: it can. */
function whyImpossible(fault: Fault): string | undefined {
  const operations: readonly FaultyOperation[] = FAULTS[fault.fault].operations;
  if (!operations.includes(fault.operation))
    return `operation: ${fault.fault} happens to ${operations.join(', ')}, not to ${fault.operation}`;
  const provider = CALLS.procard.some((name) => name === fault.operation) ? 'procard' : 'globalpay';
  switch (fault.fault) {
    case 'reject':
      return whyNoCode(provider, fault.code);
    case 'decline':
      return whyNoReason(provider, fault.reason);
    case 'pending':
      return whyNoStatus(provider, fault.status);
    default:
      return undefined;
  }
}

function whyNoCode(provider: keyof typeof CALLS, code: number): string | undefined {
  if (provider === 'globalpay')
    return code >= 400 && code <= 599 ? undefined : 'code: must be an HTTP status from 400 to 599';
  return SYSTEM_CODES.includes(code) ? undefined : `code: must be one of ${SYSTEM_CODES.join(', ')}`;
}

function whyNoStatus(provider: keyof typeof CALLS, status: string): string | undefined {
  const known = `status: must be one of ${OPEN_STATUSES[provider].join(', ')}`;
  if (provider === 'globalpay') return OPEN_STATUSES.globalpay.includes(status) ? undefined : known;
  const isFinal = FINAL_STATUSES.includes(status.toUpperCase());
  return isFinal ? `${known}, or a word that the dictionary lacks` : undefined;
}

function whyNoReason(provider: keyof typeof CALLS, reason: number | string): string | undefined {
  if (provider === 'globalpay')
    return typeof reason === 'string' && /^[A-Z_]{1,64}$/.test(reason)
      ? undefined
      : 'reason: must be a word such as INSUFFICIENT_FUNDS';
  // The answer codes 0 and 1 mean success.
  const declines = typeof reason === 'string' ? reason !== '' : reason > 1;
  return declines ? undefined : 'reason: must be an answer code above 1 or a text';
}
