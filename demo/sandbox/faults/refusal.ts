import { CALLS, FAULTS, type Fault, type FaultyOperation } from './fault.js';

/** System error codes (ProcardPay, dictionary page). */
const SYSTEM_CODES = [-1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11, -12, -18, -999];

/** Payment statuses that are not final (ProcardPay, dictionary page; those of GlobalPay's are assumed). */
const OPEN_STATUSES = {
  procard: ['NEW', 'ON-PAYMENT', 'WAITING-AUTH', 'NEEDS-CLARIFICATION'],
  globalpay: ['INIT', 'VALIDATE'],
};

/** Why this fault cannot happen to its operation, as a sentence; `undefined`: it can. */
export function whyImpossible(fault: Fault): string | undefined {
  const operations: readonly FaultyOperation[] = FAULTS[fault.fault].operations;
  if (!operations.includes(fault.operation))
    return `operation: ${fault.fault} happens to ${operations.join(', ')}, not to ${fault.operation}`;
  const provider = CALLS.procard.some((name) => name === fault.operation) ? 'procard' : 'globalpay';
  switch (fault.fault) {
    case 'reject':
      return whyNoCode(provider, fault.code);
    case 'decline':
      return whyNoReason(provider, fault.reason);
    case 'pending': {
      const statuses = OPEN_STATUSES[provider];
      return statuses.includes(fault.status) ? undefined : `status: must be one of ${statuses.join(', ')}`;
    }
    default:
      return undefined;
  }
}

function whyNoCode(provider: keyof typeof CALLS, code: number): string | undefined {
  if (provider === 'globalpay')
    return code >= 400 && code <= 599 ? undefined : 'code: must be an HTTP status from 400 to 599';
  return SYSTEM_CODES.includes(code) ? undefined : `code: must be one of ${SYSTEM_CODES.join(', ')}`;
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
