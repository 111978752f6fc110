import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import {
  openToken,
  readPayload,
  readRootKeys,
  type PayloadRefusal,
  type TokenRefusal,
} from '../../../server-stub/google-pay/ecv2.js';
import { cardByNumber, GOOGLE_PAY_CARDS } from '../cards.js';
import type { Check } from '../journal.js';
import type { SandboxCard } from '../scenarios.js';
import { directPayload, gatewayPayload } from './payload.js';
import { p256, publicKeyOf, Sealer } from './seal.js';
import { tokenChecks } from './token-checks.js';

/** What the gateway learns from a token, and what it looked at on the way. */
export type Opened = { checks: Check[] } & (
  | { kind: 'card'; card: SandboxCard }
  /** Rightly sealed, and paid with before. */
  | { kind: 'used' }
  | { kind: 'refused'; reason: TokenRefusal | PayloadRefusal }
);

const GATEWAY = 'gateway:procard';

/** What Google's DIRECT tokens are made out to in environment TEST, whoever the merchant is. */
const TEST_MERCHANT = 'merchant:12345678901234567890';

/** What the gateway reads of a payload. The sandbox's own tokens are the only ones to come so far. */
const Payload = z.object({
  messageId: z.string(),
  paymentMethodDetails: z.object({ pan: z.string() }),
});

/** Seals tokens as Google does, and opens them as ProcardPay's gateway does, which knows them from no other source. */
export class TokenDesk {
  readonly #now: () => number;
  readonly #sealer: Sealer;
  readonly #gatewayKey = p256();
  /** The messages that were paid with, and when each expires. */
  readonly #used = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
    this.#sealer = new Sealer(now);
  }

  /** The body of the sandbox's `keys.json`. */
  get rootKeys() {
    return this.#sealer.rootKeys;
  }

  /** Tokenization type PAYMENT_GATEWAY: the JSON text that Google hands over in `tokenizationData.token`. */
  issue(card: SandboxCard, gatewayMerchantId: string): string {
    const payload = gatewayPayload(card, gatewayMerchantId, this.#now());
    return this.#sealer.seal(JSON.stringify(payload), { id: GATEWAY, publicKey: this.#gatewayKey.publicKey });
  }

  /**
   * Tokenization type DIRECT: a token for the merchant's own key, `publicKey` as in the page's tokenization
   * specification (base64 of the uncompressed point). As in Google's environment TEST, the card is always the same
   * and the recipient is `merchant:12345678901234567890`. `undefined` where `publicKey` is no point of P-256.
   */
  issueDirect(publicKey: string): string | undefined {
    const key = publicKeyOf(publicKey);
    return (
      key &&
      this.#sealer.seal(JSON.stringify(directPayload(this.#now())), { id: TEST_MERCHANT, publicKey: key })
    );
  }

  /** `gatewayMerchantId`: the gateway's name for the merchant who presents the token. */
  open(token: string, gatewayMerchantId: string): Opened {
    const now = this.#now();
    const opening = openToken(token, {
      rootKeys: readRootKeys(this.rootKeys) ?? [],
      recipientId: GATEWAY,
      privateKeys: [this.#gatewayKey.privateKey],
      now,
    });
    const reading =
      opening.kind === 'opened' ? readPayload(opening.plaintext, { now, gatewayMerchantId }) : opening;
    if (reading.kind === 'refused') return { ...reading, checks: tokenChecks(reading.reason) };
    const { messageId, paymentMethodDetails } = Payload.parse(reading.payload);
    if (this.#used.has(messageId)) return { kind: 'used', checks: tokenChecks('message_used') };
    this.#remember(messageId, reading.expiresAt);
    const card = cardByNumber(GOOGLE_PAY_CARDS, paymentMethodDetails.pan);
    if (!card) throw new Error('a token was sealed for a card that the stand-in does not offer');
    return { kind: 'card', card, checks: tokenChecks() };
  }

  /** Forgets what was paid with. The keys stay: pages and servers may have read them. */
  clear(): void {
    this.#used.clear();
  }

  #remember(messageId: string, expiresAt: number): void {
    for (const [id, at] of this.#used) if (at <= this.#now()) this.#used.delete(id);
    this.#used.set(messageId, expiresAt);
  }
}

/** What the journal calls a token, which it must not keep. The page can work it out too. */
export function tokenName(token: string): string {
  return `token:${createHash('sha256').update(token).digest('hex').slice(0, 16)}`;
}
