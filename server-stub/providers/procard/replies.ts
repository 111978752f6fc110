import * as z from 'zod/mini';
import { Scalar, Word, type JsonObject } from '../json-object.js';
import { isPageOf } from '../page-host.js';
import type { AttemptRef, ProviderResult } from '../provider.js';
import { readChallenge } from './challenge.js';
import { declineReason, NOT_FOUND, REFUSALS } from './dictionaries.js';
import { isAbout } from './identity.js';

/** The fields by which replies are told apart. `reason` is text or a number, and decides nothing. */
const Reply = z.object({
  code: Scalar,
  status: Word,
  transactionStatus: Word,
  reasonCode: Scalar,
  /** As an older edition prints it. */
  reasoneCode: Scalar,
  reason: Scalar,
});
type Reply = z.infer<typeof Reply>;

/**
 * The reply to GooglePayPurchase: 3-D Secure, a result, or a rejection, in this order (ProcardPay, Google Pay page).
 * APPROVED with reasonCode 0, in the answer to our own request, is final.
 */
export function readPurchase(json: JsonObject, attempt: AttemptRef, merchantId: string): ProviderResult {
  const reply = Reply.parse(json);
  const { status, transactionStatus, reasonCode } = reply;
  if (!isAbout(json, attempt, merchantId)) return contradiction('The answer names another payment.');
  if (status === '3DS') {
    if (transactionStatus !== undefined && transactionStatus !== '3DS')
      return contradiction('The answer asks for 3-D Secure and names a result.');
    return readChallenge(json);
  }
  if (transactionStatus === undefined) return readRejection(reply);
  if (isNegative(reply.code)) return contradiction('The answer names a result and an error.');
  const succeeded = reasonCode === '0';
  if (transactionStatus === 'APPROVED' && !succeeded)
    return contradiction('The answer says approved without a success code.');
  if (transactionStatus === 'DECLINED' && (succeeded || reasonCode === undefined))
    return contradiction('The answer says declined without an error code.');
  return readStatus(transactionStatus, reply);
}

/** The reply to Purchase with `redirect=0`, as public integrations show it. */
export function readHostedPurchase(json: JsonObject, pageHosts: readonly string[]): ProviderResult {
  const { result, url } = HostedReply.parse(json);
  if (result !== '0') return readRejection(Reply.parse(json));
  if (!isPageOf(url, pageHosts))
    return contradiction('The payment page is not under the host of the provider.');
  return { kind: 'redirect', url };
}

const HostedReply = z.object({ result: Scalar, url: Scalar });

/**
 * The reply to Complete3DS (dispatcher page, older edition): `status` where others have `transactionStatus`, and an
 * answer code in `code`. It is never the last word.
 */
export function readCompletion(json: JsonObject): ProviderResult {
  const reply = Reply.parse(json);
  const status = reply.transactionStatus ?? reply.status;
  if (status === undefined || isNegative(reply.code)) return readRejection(reply);
  return readStatus(status, { ...reply, reasonCode: reply.reasonCode ?? reply.code });
}

/**
 * The reply to the status query. It is believed only about our own payment; then `transactionStatus` decides, since
 * its numbers are not those of a purchase (`reasonCode` 1 is success here).
 */
export function readCheck(json: JsonObject, attempt: AttemptRef, merchantId: string): ProviderResult {
  const reply = Reply.parse(json);
  if (!isAbout(json, attempt, merchantId)) return contradiction('The status is of another payment.');
  if (reply.transactionStatus === undefined) {
    if (reply.code === NOT_FOUND) return { kind: 'not_found' };
    return { kind: 'unknown', why: 'The status query was not answered with a status.', sent: true };
  }
  if (isNegative(reply.code)) return contradiction('The answer names a status and an error.');
  return readStatus(reply.transactionStatus, {
    ...reply,
    reasonCode: reply.reasonCode ?? reply.reasoneCode,
  });
}

/** Payment statuses: ProcardPay, dictionary page. */
function readStatus(status: string, reply: Reply): ProviderResult {
  switch (status) {
    case 'APPROVED':
      return { kind: 'approved' };
    case 'DECLINED': {
      const code = answerCode(reply);
      return {
        kind: 'declined',
        reason: declineReason(code),
        ...(code !== undefined && { providerCode: code }),
      };
    }
    case 'EXPIRED':
      return { kind: 'expired' };
    case 'REFUNDED':
    case 'REFUNDINPROC':
      return contradiction('The payment was refunded at the provider.');
    case 'NEW':
    case 'ON-PAYMENT':
    case 'WAITING-AUTH':
    case '3DS':
      return { kind: 'pending', why: 'The payment is not decided yet at ProcardPay.' };
    default: // NEEDS-CLARIFICATION, and words that no table lists
      return {
        kind: 'unknown',
        why: 'ProcardPay has to clarify the status, or uses a status that is not documented.',
        sent: true,
        attention: 'unresolved',
      };
  }
}

/** A reply without a status: `code` is a system error code, and only listed ones prove that nothing was executed. */
function readRejection({ code }: Reply): ProviderResult {
  const refusal = code === undefined ? undefined : REFUSALS.get(code);
  if (refusal !== undefined) return { kind: 'refused', why: refusal };
  const why =
    code === '-9'
      ? 'ProcardPay knows this order id already, so an earlier attempt exists.'
      : 'The answer says neither a result nor a known refusal.';
  return { kind: 'unknown', why, sent: true };
}

/**
 * The bank's answer code: a numeric `reason`, else `reasonCode`, which in a purchase reply is only 0 (success) or
 * 12 (error).
 */
function answerCode({ reason, reasonCode }: Reply): string | undefined {
  if (reason !== undefined && /^\d{1,6}$/.test(reason)) return reason;
  const isCode = reasonCode !== undefined && /^\d{1,6}$/.test(reasonCode);
  return isCode && reasonCode !== '0' && reasonCode !== '12' ? reasonCode : undefined;
}

function isNegative(code: string | undefined): boolean {
  return code !== undefined && /^-\d+$/.test(code);
}

function contradiction(why: string): ProviderResult {
  return { kind: 'unknown', why, sent: true, attention: 'mismatch' };
}
