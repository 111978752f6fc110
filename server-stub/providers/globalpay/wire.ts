import * as z from 'zod/mini';
import type { DeclineReason } from '../../../src/contract/index.js';
import { isSafeUrl } from '../../safe-url.js';
import { parseJsonObject, Scalar, Word, type JsonObject } from '../json-object.js';
import { isPageOf } from '../page-host.js';
import {
  UnrepresentableError,
  type Attempt,
  type AttemptRef,
  type CallbackReading,
  type ProviderResult,
} from '../provider.js';
import type { GlobalPaySettings } from './settings.js';

/**
 * Body of `POST /v1/user-service-tokens` (GlobalPay Checkout, workflow page). The page names the fields; that they
 * look like this, and the address's `/v1/`, is assumed from the sister product. `name` must never be used twice.
 */
export function createToken(attempt: Attempt, settings: GlobalPaySettings, name: string): string {
  const { order, money, reference, urls } = attempt;
  return JSON.stringify({
    name,
    description: order.description,
    externalId: reference,
    account: order.account ?? order.id,
    tokenLifespan: settings.tokenLifespan,
    externalServiceId: serviceId(settings.serviceId),
    items: order.items ?? [],
    requestFields: [
      { name: 'amount', value: String(money.minor) },
      { name: 'currency', value: money.currency },
    ],
    successRedirectUrl: urls.shopReturn,
    failRedirectUrl: urls.shopReturn,
  });
}

/** Throws where GlobalPay could not be told the truth about this order. */
export function assertPayable({ money, order }: Attempt): void {
  if (money.currency !== 'UZS') throw new UnrepresentableError('currency', 'must be UZS for GlobalPay');
  const items = order.items ?? [];
  const sum = items.reduce((total, item) => total + item.price * item.count, 0);
  if (items.length > 0 && sum !== money.minor)
    throw new UnrepresentableError('items', 'do not add up to the amount of the order');
}

/** A number where it is one; leading zeros stay, since a number would lose them. */
function serviceId(text: string): string | number {
  return /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

/** A payment token. It becomes a path segment, so it may not be one that means another place. */
const TokenId = z.string().check(z.regex(/^(?!\.{1,2}$)[\x21-\x7e]{1,256}$/));

/** Sent by GlobalPay in answer to the creation of a token: the request's own structure, the token and its page. */
export function readToken(
  json: JsonObject,
  attempt: AttemptRef,
  redirectHosts: readonly string[],
): ProviderResult {
  const parsed = z.object({ id: TokenId, userRedirectUrl: Scalar }).safeParse(json);
  const url = parsed.data?.userRedirectUrl;
  if (!parsed.success || !isAbout(json, attempt))
    return mismatch('The answer holds no payment token for this payment.');
  if (!isPageOf(url, redirectHosts))
    return mismatch('The payment page is not under the host of the provider.');
  return { kind: 'redirect', providerId: parsed.data.id, url };
}

const Receipt = z.catch(z.object({ qrCodeUrl: Scalar, qrcodeUrl: Scalar }), {
  qrCodeUrl: undefined,
  qrcodeUrl: undefined,
});

/** Sent by GlobalPay in answer to the status query, and as the callback (Checkout, workflow page). */
const Status = z.object({ status: Word, error: Word, gnkDetail: Receipt, gnkFields: Receipt });

/** `life`: whether the token can still be paid by our clock. */
export function readStatus(json: JsonObject, attempt: AttemptRef, life: 'running' | 'over'): ProviderResult {
  if (!isAbout(json, attempt)) return mismatch('The status is of another payment.');
  const { status, error, gnkDetail, gnkFields } = Status.parse(json);
  switch (status) {
    case 'APPROVED': {
      const links = [gnkDetail.qrCodeUrl, gnkDetail.qrcodeUrl, gnkFields.qrCodeUrl, gnkFields.qrcodeUrl];
      const receiptUrl = links.find(isSafeUrl);
      return receiptUrl === undefined
        ? { kind: 'approved', receiptPending: true }
        : { kind: 'approved', receiptUrl };
    }
    case 'FAILED':
      if (error === 'PAYMENT_EXPIRED') return { kind: 'expired' };
      return {
        kind: 'declined',
        reason: REASONS.get(error ?? '') ?? 'other',
        ...(error !== undefined && /^[A-Z0-9_]{1,64}$/.test(error) && { providerCode: error }),
        // Whether one refused card ends the token is not documented.
        mayStillApprove: life === 'running',
      };
    case 'REVERT':
    case 'PARTIAL_REVERT':
    case 'NEED_REVERT':
      return mismatch('The payment was reversed at the provider.');
    default:
      return { kind: 'pending', why: 'The payment is not decided yet at GlobalPay.' };
  }
}

/** Error words. The only one that is documented; there is no public list. */
const REASONS: ReadonlyMap<string, DeclineReason> = new Map([['INSUFFICIENT_FUNDS', 'insufficient_funds']]);

/** A callback is not signed: nothing in it is believed, it only names a payment to ask about. */
export function readCallback(rawBody: string): CallbackReading {
  const parsed = z.object({ externalId: Scalar, id: Scalar }).safeParse(parseJsonObject(rawBody));
  const reference = [parsed.data?.externalId, parsed.data?.id].find(
    (one) => one !== undefined && TokenId.safeParse(one).success,
  );
  if (reference === undefined) return { kind: 'ignored', why: 'The callback names no payment.' };
  return { kind: 'hint', reference };
}

const Identity = z.object({ id: Scalar, externalId: Scalar, amount: Scalar, currency: Scalar });

/** Whether everything by which an answer names a payment is ours, the amount in tiyin. Absent says nothing. */
function isAbout(json: JsonObject, attempt: AttemptRef): boolean {
  const { id, externalId, amount, currency } = Identity.parse(json);
  const { providerId, reference, money } = attempt;
  return (
    (id === undefined || providerId === null || id === providerId) &&
    (externalId === undefined || externalId === reference) &&
    (amount === undefined || amount === String(money.minor)) &&
    (currency === undefined || currency === money.currency)
  );
}

function mismatch(why: string): ProviderResult {
  return { kind: 'unknown', why, sent: true, attention: 'mismatch' };
}
