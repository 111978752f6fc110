import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';
import { Secret } from '../secret.js';
import type { ClaimedEvent } from '../store/payment-store.js';
import { readText, readUrl, SettingError, type Environment } from '../setting-error.js';
import type { Listener } from './outbox.js';

const TIMEOUT_MS = 15_000;
/** The merchant's answer is not read beyond this; nothing in it counts. */
const MAX_ANSWER_BYTES = 65_536;

export interface WebhookSettings {
  url: string;
  secret: Secret;
}

/** MERCHANT_WEBHOOK_URL and MERCHANT_WEBHOOK_SECRET, both or neither. */
export function readWebhookSettings(env: Environment): WebhookSettings | undefined {
  const url = readUrl(env, 'MERCHANT_WEBHOOK_URL');
  const secret = readText(env, 'MERCHANT_WEBHOOK_SECRET');
  if (url === undefined && secret === undefined) return undefined;
  if (url === undefined) throw new SettingError('MERCHANT_WEBHOOK_URL', 'is missing beside the secret');
  if (secret === undefined || !isSecret(secret))
    throw new SettingError(
      'MERCHANT_WEBHOOK_SECRET',
      'must be "whsec_" and the base64 of 24 to 64 random bytes (openssl rand -base64 32)',
    );
  return { url, secret: new Secret(secret) };
}

/** Standard Webhooks, "Signature scheme": 192 to 512 bits. */
function isSecret(text: string): boolean {
  const base64 = text.replace(/^whsec_/, '');
  const key = Buffer.from(base64, 'base64');
  return key.toString('base64') === base64 && key.length >= 24 && key.length <= 64;
}

/**
 * Tells the merchant by HTTP: a POST of the event's JSON, signed by the Standard Webhooks scheme (`webhook-id`,
 * `webhook-timestamp`, `webhook-signature`). Any 2xx means that it has arrived. No redirect is followed.
 */
export function webhook({ url, secret }: WebhookSettings): Listener {
  const signer = new Webhook(secret.reveal());
  // Said here, so that no setting of Node in the environment weakens it.
  const connect = { rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const;
  const dispatcher = new Agent({ maxResponseSize: MAX_ANSWER_BYTES, connect });
  return async ({ id, body }: ClaimedEvent) => {
    const sentAt = new Date();
    const response = await request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'pay-elements',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
        'webhook-signature': signer.sign(id, sentAt, body),
      },
      body,
      dispatcher,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body.dump();
    return response.statusCode >= 200 && response.statusCode < 300;
  };
}
