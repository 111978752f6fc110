import * as z from 'zod/mini';
import { CARDS, type SandboxCard } from '../scenarios.js';
import type { World } from '../world.js';
import type { Fields } from './form-body.js';
import { textOf } from './signature.js';

/** Exactly one of the two tokens. One that the stand-in did not make is accepted unread, and approved. */
export function cardOf(
  { tokenDesk, credentials }: World,
  fields: Fields,
): SandboxCard | 'used before' | undefined {
  const token = textOf(fields, 'gpToken');
  const decrypted = textOf(fields, 'gpTokenDecrypted');
  if ((token === '') === (decrypted === '')) return undefined;
  if (decrypted !== '') return cardOfDecrypted(decrypted);
  const sealed = tokenDesk.open(token);
  switch (sealed.kind) {
    case 'card':
      return sealed.gatewayMerchantId === credentials.gatewayMerchantId ? sealed.card : undefined;
    case 'used':
      return 'used before';
    case 'foreign':
      return CARDS.visaApproved;
  }
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

function cardOfDecrypted(base64: string): SandboxCard | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
  const token = DecryptedToken.safeParse(value);
  if (!token.success) return undefined;
  const { pan } = token.data.paymentMethodDetails;
  const cards: SandboxCard[] = Object.values(CARDS);
  return cards.find((card) => card.pan === pan) ?? CARDS.visaApproved;
}
