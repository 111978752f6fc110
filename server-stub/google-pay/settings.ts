import { createPrivateKey, type KeyObject } from 'node:crypto';
import { isLoopbackHost } from '../safe-url.js';
import { readChoice, readText, readUrl, SettingError, type Environment } from '../setting-error.js';

/** What it takes to open Google Pay tokens that are sealed for the merchant itself (tokenization type DIRECT). */
export interface DirectSettings {
  /** P-256. Several while the key registered with Google is being changed. */
  privateKeys: readonly KeyObject[];
  recipientId: string;
  rootKeysUrl: string;
}

/** Google Pay, payment data cryptography, "Root signing keys". */
const ROOT_KEYS = {
  TEST: 'https://payments.developers.google.com/paymentmethodtoken/test/keys.json',
  PRODUCTION: 'https://payments.developers.google.com/paymentmethodtoken/keys.json',
};

/** In environment TEST every token is made out to this merchant, whatever its id (Google Pay, DIRECT). */
const TEST_MERCHANT_ID = '12345678901234567890';

/**
 * `GOOGLE_PAY_DIRECT_PRIVATE_KEY`: P-256 keys in PKCS#8, base64 or PEM, with commas between.
 * `GOOGLE_PAY_DIRECT_ACKNOWLEDGE_PCI`: `yes`, from somebody who knows that card numbers in clear put this server, and
 * all that it can reach, in full scope of PCI DSS.
 * `GOOGLE_PAY_SANDBOX_KEYS_URL`: the sandbox's `keys.json`, trusted in place of Google's keys.
 *
 * `undefined` where neither of the first two is set: the server then takes no card data.
 */
export function readDirectSettings(env: Environment): DirectSettings | undefined {
  const environment = readChoice(env, 'GOOGLE_PAY_ENVIRONMENT', ['TEST', 'PRODUCTION']) ?? 'TEST';
  const sandboxKeys = readSandboxKeysUrl(env, environment);
  const keys = readText(env, 'GOOGLE_PAY_DIRECT_PRIVATE_KEY');
  const acknowledged = readText(env, 'GOOGLE_PAY_DIRECT_ACKNOWLEDGE_PCI');
  if (keys === undefined && acknowledged === undefined) return undefined;
  if (keys === undefined)
    throw new SettingError(
      'GOOGLE_PAY_DIRECT_PRIVATE_KEY',
      'is missing, while GOOGLE_PAY_DIRECT_ACKNOWLEDGE_PCI is present',
    );
  if (acknowledged !== 'yes')
    throw new SettingError(
      'GOOGLE_PAY_DIRECT_ACKNOWLEDGE_PCI',
      'must be yes where GOOGLE_PAY_DIRECT_PRIVATE_KEY is present: the server then sees card numbers',
    );
  if (readText(env, 'GOOGLE_PAY_GATEWAY_MERCHANT_ID') === undefined)
    throw new SettingError(
      'GOOGLE_PAY_GATEWAY_MERCHANT_ID',
      'is missing, while GOOGLE_PAY_DIRECT_PRIVATE_KEY is present',
    );
  return {
    privateKeys: keys.split(',').map(readPrivateKey),
    recipientId: `merchant:${environment === 'TEST' ? TEST_MERCHANT_ID : readMerchantId(env)}`,
    rootKeysUrl: sandboxKeys ?? ROOT_KEYS[environment],
  };
}

function readSandboxKeysUrl(env: Environment, environment: 'TEST' | 'PRODUCTION'): string | undefined {
  const url = readUrl(env, 'GOOGLE_PAY_SANDBOX_KEYS_URL');
  if (url === undefined) return undefined;
  if (environment === 'PRODUCTION')
    throw new SettingError(
      'GOOGLE_PAY_SANDBOX_KEYS_URL',
      'is there, while GOOGLE_PAY_ENVIRONMENT is PRODUCTION',
    );
  if (!isLoopbackHost(new URL(url).hostname))
    throw new SettingError('GOOGLE_PAY_SANDBOX_KEYS_URL', 'must be an address of this machine');
  return url;
}

function readMerchantId(env: Environment): string {
  const id = readText(env, 'GOOGLE_PAY_MERCHANT_ID');
  if (id === undefined)
    throw new SettingError(
      'GOOGLE_PAY_MERCHANT_ID',
      'is missing, while GOOGLE_PAY_ENVIRONMENT is PRODUCTION',
    );
  return id;
}

function readPrivateKey(text: string): KeyObject {
  const key = importKey(text.trim());
  if (key?.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new SettingError(
      'GOOGLE_PAY_DIRECT_PRIVATE_KEY',
      'must hold P-256 private keys in PKCS#8, base64 or PEM, with commas between',
    );
  return key;
}

function importKey(text: string): KeyObject | undefined {
  try {
    return text.startsWith('-----BEGIN')
      ? createPrivateKey(text)
      : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
  } catch {
    return undefined; // What OpenSSL says of it may hold parts of it.
  }
}
