import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import type { SandboxCard } from '../scenarios.js';

/** What the gateway learns from a token. `foreign`: this sandbox did not make it. */
export type Opened =
  { kind: 'card'; card: SandboxCard; gatewayMerchantId: string } | { kind: 'used' } | { kind: 'foreign' };

/** The outer shape of a token (Google Pay, payment data cryptography). */
const Token = z.object({
  protocolVersion: z.literal('ECv2'),
  signature: z.string(),
  intermediateSigningKey: z.object({ signedKey: z.string(), signatures: z.array(z.string()) }),
  signedMessage: z.string(),
});
const SignedMessage = z.object({
  encryptedMessage: z.string(),
  ephemeralPublicKey: z.string(),
  tag: z.string(),
});

const SIGNED_KEY_LIFE_MS = 7 * 24 * 3_600_000;

/**
 * Makes tokens as Google does and opens them as the gateway does. Their shape is ECv2; their message is a random
 * handle that is good for one payment, in place of sealed card data.
 */
export class TokenDesk {
  readonly #now: () => number;
  readonly #issued = new Map<string, Opened>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The JSON text that Google hands over in `tokenizationData.token`. */
  issue(card: SandboxCard, gatewayMerchantId: string): string {
    const encryptedMessage = randomBytes(240).toString('base64');
    this.#issued.set(encryptedMessage, { kind: 'card', card, gatewayMerchantId });
    const keyExpiration = String(this.#now() + SIGNED_KEY_LIFE_MS);
    return JSON.stringify({
      signature: randomBytes(71).toString('base64'),
      intermediateSigningKey: {
        signedKey: innerJson({ keyValue: randomBytes(91).toString('base64'), keyExpiration }),
        signatures: [randomBytes(71).toString('base64')],
      },
      protocolVersion: 'ECv2',
      signedMessage: innerJson({
        encryptedMessage,
        ephemeralPublicKey: Buffer.concat([Buffer.of(4), randomBytes(64)]).toString('base64'),
        tag: randomBytes(32).toString('base64'),
      }),
    });
  }

  open(text: string): Opened {
    const token = Token.safeParse(jsonOf(text));
    const message = SignedMessage.safeParse(token.success ? jsonOf(token.data.signedMessage) : undefined);
    if (!message.success) return { kind: 'foreign' };
    const handle = message.data.encryptedMessage;
    const opened = this.#issued.get(handle);
    if (opened) this.#issued.set(handle, { kind: 'used' });
    return opened ?? { kind: 'foreign' };
  }

  clear(): void {
    this.#issued.clear();
  }
}

/** What the journal calls a token, which it must not keep. The page can work it out too. */
export function tokenName(token: string): string {
  return `token:${createHash('sha256').update(token).digest('hex').slice(0, 16)}`;
}

/** Google escapes these characters in the two inner texts, and signs the escaped bytes. */
function innerJson(value: object): string {
  return JSON.stringify(value).replace(
    /[=<>&']/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
