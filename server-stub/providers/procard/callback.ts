import * as z from 'zod/mini';
import { parseJsonObject, Scalar } from '../json-object.js';
import type { CallbackReading } from '../provider.js';
import { amountCandidates } from './amount.js';
import type { ProcardSettings } from './settings.js';
import { verify } from './signature.js';
import { isSignable, REFERENCE } from './signed-text.js';

/** Sent by ProcardPay to `callback_url`, to say that something happened to a payment (page Callback, older edition). */
const Callback = z.object({
  merchantAccount: Scalar,
  merchant_id: Scalar,
  orderReference: z.string().check(z.minLength(1), z.maxLength(256), z.refine(isSignable)),
  amount: z.string(),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  merchantSignature: z.string(),
});

/**
 * A rightly signed callback is a hint and no more: its signature leaves out the status. The merchant of the signed
 * text is our own, and a body that names another one counts as wrongly signed.
 */
export function readCallback(rawBody: string, settings: ProcardSettings): CallbackReading {
  const parsed = Callback.safeParse(parseJsonObject(rawBody));
  if (!parsed.success) return { kind: 'refused', why: 'The callback has not the documented fields.' };
  const { merchantAccount, merchant_id, orderReference, amount, currency, merchantSignature } = parsed.data;
  if ([merchantAccount, merchant_id].some((one) => one !== undefined && one !== settings.merchantId))
    return { kind: 'refused', why: 'The callback names another merchant.' };
  const signed = amountCandidates(amount).some((text) =>
    verify(
      merchantSignature,
      [settings.merchantId, orderReference, text, currency],
      settings.secretKey,
      settings.callbackAlgorithm,
    ),
  );
  if (!signed) return { kind: 'refused', why: "The callback's signature is wrong." };
  if (!REFERENCE.test(orderReference))
    return { kind: 'ignored', why: 'The callback names no payment of this server.' };
  return { kind: 'hint', reference: orderReference };
}
