import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { DirectOpening, DirectTokens } from '../payments/direct-tokens.js';
import { PspHttp } from '../providers/psp-http.js';
import { Secret } from '../secret.js';
import type { Environment } from '../setting-error.js';
import { openToken, readPayload } from './ecv2.js';
import { RootKeys } from './root-keys.js';
import { readDirectSettings, type DirectSettings } from './settings.js';

/** A shopper waits for these keys, and they are few. */
const LIMITS = { headers: 5_000, total: 5_000, body: 65_536 };

/** Months and years are numbers at Google; text is taken too, and goes on as a number. */
const whole = (min: number, max: number) =>
  z.pipe(
    z.union([z.int(), z.pipe(z.string().check(z.regex(/^\d{1,4}$/)), z.transform(Number))]),
    z.int().check(z.minimum(min), z.maximum(max)),
  );

/**
 * Sealed by Google for the merchant (Google Pay, payment data cryptography, "Encrypted message"). Members that stand
 * not here go on as they are, such as `eciIndicator` and `assuranceDetails`.
 */
const CardPayload = z.looseObject({
  messageId: z.string().check(z.minLength(1)),
  paymentMethod: z.literal('CARD'),
  paymentMethodDetails: z
    .looseObject({
      pan: z.string().check(z.regex(/^\d{12,19}$/)),
      expirationMonth: whole(1, 12),
      expirationYear: whole(2000, 9999),
      authMethod: z.enum(['PAN_ONLY', 'CRYPTOGRAM_3DS']),
      cryptogram: z.optional(z.string().check(z.minLength(1))),
    })
    .check(z.refine(({ authMethod, cryptogram }) => authMethod === 'PAN_ONLY' || cryptogram !== undefined)),
});

/** The opener where the environment asks for one. Throws `SettingError` where it asks by halves. */
export function createDirect(env: Environment): Direct | undefined {
  const settings = readDirectSettings(env);
  if (!settings) return undefined;
  const rootKeys = new RootKeys(settings.rootKeysUrl, new PspHttp(LIMITS), () => performance.now());
  return new Direct(settings, rootKeys);
}

/** Opens Google Pay tokens of type DIRECT. What they hold leaves here in a Secret, and is written down nowhere. */
export class Direct implements DirectTokens {
  readonly #settings: DirectSettings;
  readonly #rootKeys: RootKeys;

  constructor(settings: DirectSettings, rootKeys: RootKeys) {
    this.#settings = settings;
    this.#rootKeys = rootKeys;
  }

  async open(token: string, now: number): Promise<DirectOpening> {
    const rootKeys = await this.#rootKeys.get();
    if (!rootKeys) return { kind: 'unavailable', why: "Google's root keys could not be fetched" };
    const { recipientId, privateKeys } = this.#settings;
    const opening = openToken(token, { rootKeys, recipientId, privateKeys, now });
    const reading = opening.kind === 'opened' ? readPayload(opening.plaintext, { now }) : opening;
    if (reading.kind === 'refused') return refused(reading.reason);
    const card = CardPayload.safeParse(reading.payload);
    if (!card.success) return refused('bad_card');
    return {
      kind: 'opened',
      card: new Secret(JSON.stringify(card.data)),
      digest: createHash('sha256').update(card.data.messageId).digest('hex'),
    };
  }
}

function refused(reason: string): DirectOpening {
  return { kind: 'refused', why: `the Google Pay token was refused: ${reason.replaceAll('_', ' ')}` };
}
