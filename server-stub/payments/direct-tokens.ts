import type { CreatePayment } from '../../src/contract/index.js';
import type { DecryptedCard } from '../providers/provider.js';
import { Refusal } from './refusal.js';

/**
 * Opens wallets' tokens that are sealed for the merchant itself. Few servers have one: it brings card numbers in clear
 * into the process.
 */
export interface DirectTokens {
  /** `now`: milliseconds since the epoch. */
  open(token: string, now: number): Promise<DirectOpening>;
}

export type DirectOpening =
  | { kind: 'opened'; card: DecryptedCard; digest: string }
  /** Forged, expired, for somebody else, or no card. `why` repeats nothing of it. */
  | { kind: 'refused'; why: string }
  /** Nobody can say now whom to trust. */
  | { kind: 'unavailable'; why: string };

/**
 * What the request's token holds, if it is one for the merchant itself: a card, and the digest by which the store
 * knows the message. Throws a Refusal where it is one and cannot be believed.
 */
export async function openDirect(
  direct: DirectTokens | undefined,
  { method }: CreatePayment,
  now: number,
): Promise<Extract<DirectOpening, { kind: 'opened' }> | undefined> {
  if (method.type !== 'google-pay') return undefined;
  const { type, token } = method.paymentData.paymentMethodData.tokenizationData;
  if (type !== 'DIRECT') return undefined;
  if (!direct)
    throw new Refusal('method_unavailable', 'this server opens no Google Pay tokens of type DIRECT');
  const opening = await direct.open(token, now);
  switch (opening.kind) {
    case 'opened':
      return opening;
    case 'refused':
      throw new Refusal('invalid_request', opening.why);
    case 'unavailable':
      throw new Refusal('unavailable', opening.why);
  }
}
