import * as z from 'zod/mini';
import { cardByNumber, GOOGLE_PAY_CARDS } from '../cards.js';
import type { Check } from '../journal.js';
import { CARDS, type SandboxCard } from '../scenarios.js';
import type { World } from '../world.js';
import type { Fields } from './form-body.js';
import { textOf } from './signature.js';

/** What the gateway makes of the wallet's fields in a purchase, and what it verified of them. */
export type CardReading = { checks: Check[] } & (
  | { kind: 'card'; card: SandboxCard }
  /** Declined with answer code 585, a wrong cryptogram (assumed: no document names one for a repeated token). */
  | { kind: 'used before' }
  /**
   * Rejected with -12, and no payment exists (assumed). So end the literal token of Google's gateway `example`, real
   * tokens of Google's, and whatever else this sandbox did not seal for this merchant.
   */
  | { kind: 'refused' }
);

/** Exactly one of the two tokens: sealed for the gateway, or opened by the merchant itself. */
export function cardOf({ tokenDesk, credentials }: World, fields: Fields): CardReading {
  const token = textOf(fields, 'gpToken');
  const decrypted = textOf(fields, 'gpTokenDecrypted');
  if ((token === '') === (decrypted === ''))
    return {
      kind: 'refused',
      checks: [{ what: 'exactly one of gpToken and gpTokenDecrypted', passed: false }],
    };
  if (decrypted !== '') return readDecrypted(decrypted);
  const opened = tokenDesk.open(token, credentials.gatewayMerchantId);
  return opened.kind === 'used' ? { kind: 'used before', checks: opened.checks } : opened;
}

/** A token that the merchant opened itself (ProcardPay, Google Pay page). */
const DecryptedToken = z.object({
  gatewayMerchantId: z.string(),
  messageExpiration: z.string().check(z.regex(/^\d+$/)),
  messageId: z.string(),
  paymentMethod: z.literal('CARD'),
  paymentMethodDetails: z
    .object({
      // The table says String, the sample has numbers.
      expirationYear: z.union([z.string(), z.number()]),
      expirationMonth: z.union([z.string(), z.number()]),
      pan: z.string().check(z.regex(/^\d{13,19}$/)),
      authMethod: z.enum(['PAN_ONLY', 'CRYPTOGRAM_3DS']),
      cryptogram: z.optional(z.string()),
    })
    .check(z.refine((details) => details.authMethod === 'PAN_ONLY' || Boolean(details.cryptogram))),
});

/** Nothing in it can be verified. Its expiry is not looked at: the documented sample's lies in 2024. */
function readDecrypted(base64: string): CardReading {
  const token = DecryptedToken.safeParse(jsonOf(base64));
  const checks = [{ what: 'decrypted token: the documented fields', passed: token.success }];
  if (!token.success) return { kind: 'refused', checks };
  // Google's test card for DIRECT merchants is not of the scenarios, and is approved like any unknown one (assumed).
  const card = cardByNumber(GOOGLE_PAY_CARDS, token.data.paymentMethodDetails.pan) ?? CARDS.visaApproved;
  return { kind: 'card', card, checks };
}

function jsonOf(base64: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}
