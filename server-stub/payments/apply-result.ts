import type { ProviderResult } from '../providers/provider.js';
import type { Attention, PaymentChange, PaymentRecord } from '../store/payment-store.js';
import type { Moment } from './ports.js';
import { isDue, nextCheck, NOT_FOUND_PROVES_AFTER_MS, RECEIPT_CHECKS } from './schedule.js';

type Result<Kind extends ProviderResult['kind']> = Extract<ProviderResult, { kind: Kind }>;

/**
 * What the answer to a call (`begin`, `complete`) changes. A payment that has moved on meanwhile only learns the
 * provider's id from it: the answer may be older than what is known. `token` names the challenge it may hold.
 */
export function applyAnswer(
  record: PaymentRecord,
  result: ProviderResult,
  moment: Moment,
  token: string,
): PaymentChange | undefined {
  if (record.status !== 'processing') return newProviderId(record, result);
  const change = answered(record, result, moment, token);
  return { ...change, ...newProviderId(record, result) };
}

/** What the answer to a question (`query`) changes; `undefined`: nothing. */
export function applyQuery(
  record: PaymentRecord,
  result: ProviderResult,
  moment: Moment,
): PaymentChange | undefined {
  const change = asked(record, result, moment);
  const providerId = newProviderId(record, result);
  return change || providerId ? { ...change, ...providerId } : undefined;
}

/** The shopper gave up. The provider goes on being asked for a while: an approval may be on its way. */
export function cancelled(record: PaymentRecord, moment: Moment): PaymentChange {
  return { ...ended(record, 'cancelled'), ...restart(moment) };
}

/** Asks from the beginning of the schedule. */
export function restart({ now, jitter }: Moment): PaymentChange {
  return { checks: 0, nextCheckAt: nextCheck(0, now, jitter) ?? null };
}

function answered(
  record: PaymentRecord,
  result: ProviderResult,
  moment: Moment,
  token: string,
): PaymentChange {
  switch (result.kind) {
    case 'challenge':
      return {
        status: 'requires_action',
        action: { type: 'threeds', token, challenge: result.challenge, returned: false },
        ...restart(moment),
      };
    case 'redirect':
      return {
        status: 'requires_action',
        action: { type: 'redirect', id: token, url: result.url },
        ...restart(moment),
      };
    case 'pending':
    case 'not_found':
      return restart(moment);
    case 'unknown':
      // Nothing has left us, so nothing can come of it. With an action, it was a later call that did not leave.
      return !result.sent && record.action === null
        ? ended(record, 'failed')
        : { ...restart(moment), ...raised(record, result.attention) };
    default:
      return settled(record, result, moment);
  }
}

function asked(record: PaymentRecord, result: ProviderResult, moment: Moment): PaymentChange | undefined {
  switch (record.status) {
    case 'processing':
    case 'requires_action':
      return askedWhileOpen(record, result, moment);
    case 'approved':
      return askedAfterApproval(record, result, moment);
    case 'failed':
      return result.kind === 'approved' ? approvedAfterFailure(record) : unscheduled(record);
    default:
      return askedAfterEnd(record, result, moment);
  }
}

function askedWhileOpen(
  record: PaymentRecord,
  result: ProviderResult,
  moment: Moment,
): PaymentChange | undefined {
  switch (result.kind) {
    case 'approved':
    case 'declined':
    case 'expired':
      return settled(record, result, moment);
    case 'refused':
      // With an action under way the provider knows the payment: then only the question was refused.
      return record.status === 'processing'
        ? settled(record, result, moment)
        : waiting(record, result, moment);
    case 'pending':
      return isPageLost(record) ? ended(record, 'failed') : waiting(record, result, moment);
    case 'not_found': {
      const unknownSoLong = moment.now >= record.createdAt + NOT_FOUND_PROVES_AFTER_MS;
      const isProof = record.status === 'processing' && record.providerId === null && unknownSoLong;
      return isProof || isPageLost(record) ? ended(record, 'failed') : waiting(record, result, moment);
    }
    default:
      return waiting(record, result, moment);
  }
}

/** The provider's answer, with the address of its page, has not come: nobody can pay there. */
function isPageLost({ status, method }: PaymentRecord): boolean {
  return status === 'processing' && method === 'hosted-page';
}

/** The provider's last word on an open payment. */
function settled(
  record: PaymentRecord,
  result: Result<'approved' | 'declined' | 'expired' | 'refused'>,
  moment: Moment,
): PaymentChange {
  switch (result.kind) {
    case 'approved':
      return approved(record, result, moment);
    case 'declined': {
      const { reason, providerCode } = result;
      return {
        ...ended(record, 'declined'),
        decline: providerCode === undefined ? { reason } : { reason, providerCode },
        ...(result.mayStillApprove && restart(moment)),
      };
    }
    case 'expired':
      // Without an action there was nothing to let pass: the attempt is over, and a late approval stays possible.
      return record.status === 'requires_action'
        ? ended(record, 'expired')
        : { ...ended(record, 'declined'), decline: { reason: 'other' } };
    case 'refused':
      return ended(record, 'failed');
  }
}

function askedAfterApproval(
  record: PaymentRecord,
  result: ProviderResult,
  moment: Moment,
): PaymentChange | undefined {
  switch (result.kind) {
    case 'approved':
      if (result.receiptUrl !== undefined && record.receiptUrl === null)
        return { receiptUrl: result.receiptUrl, nextCheckAt: null };
      return result.receiptPending ? waiting(record, result, moment) : unscheduled(record);
    case 'declined':
    case 'expired':
    case 'not_found':
      return record.attention === null
        ? { ...unscheduled(record), attention: 'mismatch' }
        : unscheduled(record);
    default:
      return waiting(record, result, moment);
  }
}

/** What has failed stays so for the shopper. The operator has to know, whatever else raised attention before. */
function approvedAfterFailure({ attention }: PaymentRecord): PaymentChange | undefined {
  return attention === 'late_approval' ? undefined : { attention: 'late_approval' };
}

/** Declined, cancelled or expired: only an approval matters now. */
function askedAfterEnd(
  record: PaymentRecord,
  result: ProviderResult,
  moment: Moment,
): PaymentChange | undefined {
  switch (result.kind) {
    case 'approved':
      return { ...approved(record, result, moment), late: true, attention: 'late_approval' };
    case 'declined':
      return result.mayStillApprove ? waiting(record, result, moment) : unscheduled(record);
    case 'expired':
    case 'refused':
      return unscheduled(record);
    default:
      return waiting(record, result, moment);
  }
}

/** Nothing is decided. Off the schedule that is no news; on it, the next question is set or the schedule is over. */
function waiting(record: PaymentRecord, result: ProviderResult, moment: Moment): PaymentChange | undefined {
  const attention = raised(record, result.kind === 'unknown' ? result.attention : undefined);
  if (!isDue(record, moment.now)) return attention;
  const checks = record.checks + 1;
  const next = nextCheck(checks, moment.now, moment.jitter);
  if (record.status === 'approved' && checks >= RECEIPT_CHECKS) return { nextCheckAt: null, ...attention };
  if (next === undefined) return { nextCheckAt: null, ...attention, ...outOfTime(record, result) };
  const proof = record.createdAt + NOT_FOUND_PROVES_AFTER_MS;
  const earlier = result.kind === 'not_found' && proof > moment.now ? Math.min(next, proof) : next;
  return { checks, nextCheckAt: earlier, ...attention };
}

/** A day has passed. Where the provider answers that nothing happened, the shopper's time is over; else nobody knows. */
function outOfTime(record: PaymentRecord, result: ProviderResult): PaymentChange | undefined {
  const known = result.kind === 'pending' || result.kind === 'not_found';
  if (record.status === 'requires_action' && known) return ended(record, 'expired');
  const harmless = record.status !== 'processing' && (known || result.kind === 'declined');
  return harmless ? undefined : raised(record, 'unresolved');
}

function approved(record: PaymentRecord, result: Result<'approved'>, moment: Moment): PaymentChange {
  return {
    ...ended(record, 'approved'),
    decline: null,
    receiptUrl: result.receiptUrl ?? null,
    ...(result.receiptPending && restart(moment)),
  };
}

/**
 * A final status. The challenge is erased with it, and so is the answer that held it; what was unresolved no longer is.
 */
function ended(
  record: PaymentRecord,
  status: 'approved' | 'declined' | 'cancelled' | 'expired' | 'failed',
): PaymentChange {
  const erased = record.answer?.action?.type === 'threeds' ? { answer: null } : undefined;
  const resolved = record.attention === 'unresolved' ? ({ attention: null } as const) : undefined;
  return { status, action: null, checks: 0, nextCheckAt: null, ...erased, ...resolved };
}

function unscheduled(record: PaymentRecord): PaymentChange | undefined {
  return record.nextCheckAt === null ? undefined : { nextCheckAt: null };
}

/** An attention that is already there is not replaced: the operator is told once. */
function raised(record: PaymentRecord, attention: Attention | undefined): PaymentChange | undefined {
  return attention !== undefined && record.attention === null ? { attention } : undefined;
}

function newProviderId(record: PaymentRecord, result: ProviderResult): PaymentChange | undefined {
  const { providerId } = result;
  return providerId !== undefined && providerId !== record.providerId ? { providerId } : undefined;
}
