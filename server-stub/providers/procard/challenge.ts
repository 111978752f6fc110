import * as z from 'zod/mini';
import { WindowSize } from '../../../src/contract/index.js';
import { isSafeUrl } from '../../safe-url.js';
import { parseJsonObject, Scalar, type JsonObject } from '../json-object.js';
import type { Challenge, ProviderResult } from '../provider.js';
import { isSignable } from './signed-text.js';

/** EMVCo sets no limit that helps; beyond this, a message is refused and no frame is shown. */
const MAX_MESSAGE = 65_536;

/** The 3-D Secure shape of a purchase reply (ProcardPay, Google Pay page). */
const ThreeDSReply = z.object({
  code: Scalar,
  transaction_key: Scalar,
  d3AcsUrl: Scalar,
  d3Md: Scalar,
  d3Pareq: Scalar,
  d3Creq: Scalar,
});

/**
 * Reads a reply whose status is `3ds`. The version is chosen by `code`, then its own fields are required; those of the
 * other version are ignored. Whatever does not add up shows no frame to anybody.
 */
export function readChallenge(json: JsonObject): ProviderResult {
  const reply = ThreeDSReply.parse(json);
  const {
    code,
    transaction_key: providerId,
    d3AcsUrl: acsUrl,
    d3Md: MD,
    d3Pareq: PaReq,
    d3Creq: creq,
  } = reply;
  if (!isMessage(providerId) || !isSignable(providerId))
    return unusable('ProcardPay gave no transaction key.');
  if (!isSafeUrl(acsUrl)) return unusable("ProcardPay's address of the bank cannot be trusted.");
  if (code === '2002' && isMessage(creq))
    return challenge(providerId, { version: 2, acsUrl, creq, windowSize: windowSizeOf(creq) });
  if (code === '2001' && isMessage(PaReq) && isMessage(MD) && isSignable(MD))
    return challenge(providerId, { version: 1, acsUrl, PaReq, MD, windowSize: '05' });
  return unusable('ProcardPay asked for 3-D Secure without what it takes.');
}

function challenge(providerId: string, challenge: Challenge): ProviderResult {
  return { kind: 'challenge', providerId, challenge };
}

function unusable(why: string): ProviderResult {
  return { kind: 'unknown', why, sent: true, attention: 'mismatch' };
}

function isMessage(text: string | undefined): text is string {
  return text !== undefined && text.length <= MAX_MESSAGE;
}

/**
 * The window size that the provider chose inside `creq`. Only a copy is decoded, leniently (padding, standard
 * alphabet); a single digit is read as if a zero stood before it. Unreadable or unknown: full screen.
 */
function windowSizeOf(creq: string): WindowSize {
  const decoded = parseJsonObject(Buffer.from(creq, 'base64url').toString('utf8'));
  const size = WindowSize.safeParse(String(decoded?.['challengeWindowSize']).padStart(2, '0'));
  return size.success ? size.data : '05';
}
