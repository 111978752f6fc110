import { randomBytes } from 'node:crypto';
import type { SandboxCard } from '../scenarios.js';
import { TOKEN_LIFE_MS } from './seal.js';

/** What DIRECT tokens hold in environment TEST, whichever card was chosen (Google Pay, test card suite). */
const DIRECT_TEST_PAN = '4111111111111111';

/** What Google seals for a gateway (Google Pay, payment data cryptography, "Encrypted message"). */
export function gatewayPayload(
  { network, pan, authMethod }: SandboxCard,
  gatewayMerchantId: string,
  now: number,
) {
  const device = authMethod === 'CRYPTOGRAM_3DS' && {
    cryptogram: randomBytes(20).toString('base64'),
    // Google leaves it out for Mastercard.
    ...(network === 'VISA' && { eciIndicator: '07' }),
  };
  return { gatewayMerchantId, ...payload({ pan, authMethod, ...device }, now) };
}

/** What Google seals for a merchant in environment TEST. No gateway, so no gateway's name for the merchant. */
export function directPayload(now: number) {
  return payload({ pan: DIRECT_TEST_PAN, authMethod: 'PAN_ONLY' }, now);
}

function payload(details: { pan: string; authMethod: SandboxCard['authMethod'] }, now: number) {
  return {
    messageExpiration: String(now + TOKEN_LIFE_MS),
    messageId: randomBytes(108).toString('base64url'),
    paymentMethod: 'CARD',
    paymentMethodDetails: {
      expirationYear: new Date(now).getUTCFullYear() + 5,
      expirationMonth: 12,
      ...details,
    },
  };
}
