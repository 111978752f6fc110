import type { PayloadRefusal, TokenRefusal } from '../../../server-stub/google-pay/ecv2.js';
import type { Check } from '../journal.js';

/** What a gateway verifies of a token, in this order. */
const STEPS = [
  'shape and protocol version',
  'the intermediate key is signed by a root key',
  'the intermediate key is good and has not expired',
  'the message is signed for this gateway',
  'the tag of the sealed message',
  'the message has not expired',
  'sealed for this merchant',
  'not paid with before',
] as const;

type Reason = TokenRefusal | PayloadRefusal | 'message_used';

const STEP_OF: Record<Reason, (typeof STEPS)[number]> = {
  token_too_large: 'shape and protocol version',
  bad_token_json: 'shape and protocol version',
  bad_token_shape: 'shape and protocol version',
  unsupported_protocol_version: 'shape and protocol version',
  bad_intermediate_shape: 'shape and protocol version',
  no_trusted_root_keys: 'the intermediate key is signed by a root key',
  intermediate_signature_invalid: 'the intermediate key is signed by a root key',
  bad_signed_key: 'the intermediate key is good and has not expired',
  intermediate_key_expired: 'the intermediate key is good and has not expired',
  message_signature_invalid: 'the message is signed for this gateway',
  bad_signed_message: 'the tag of the sealed message',
  bad_ephemeral_key: 'the tag of the sealed message',
  decrypt_failed: 'the tag of the sealed message',
  payload_not_json: 'the message has not expired',
  bad_message_expiration: 'the message has not expired',
  message_expired: 'the message has not expired',
  gateway_merchant_mismatch: 'sealed for this merchant',
  message_used: 'not paid with before',
};

/** The steps that were passed, and the one that was not: what stands behind it was not looked at. */
export function tokenChecks(refusal?: Reason): Check[] {
  const check = (step: string, passed = true): Check => ({ what: `token: ${step}`, passed });
  if (!refusal) return STEPS.map((step) => check(step));
  const failed = STEP_OF[refusal];
  const passed = STEPS.slice(0, STEPS.indexOf(failed));
  return [...passed.map((step) => check(step)), check(`${failed} (${refusal.replaceAll('_', ' ')})`, false)];
}
