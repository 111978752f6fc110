import type { GooglePayEnvironment } from '../../../src/contract/index.js';
import {
  readChoice,
  readInteger,
  readText,
  readUrl,
  SettingError,
  type Environment,
} from '../../setting-error.js';
import { readAccount } from '../account.js';
import { Secret } from '../../secret.js';
import type { AmountFormat } from './amount.js';
import type { SignatureAlgorithm } from './signature.js';
import { isSignable } from './signed-text.js';

/**
 * The merchant's account at ProcardPay, and one switch for everything that its public documents leave open. The
 * defaults are assumptions, to be confirmed with ProcardPay before going live.
 */
export interface ProcardSettings {
  /** The whole `…/api/`, with exactly one slash at the end. */
  apiUrl: string;
  merchantId: string;
  secretKey: Secret;
  amountFormat: AmountFormat;
  encoding: 'multipart' | 'json';
  /** Where Complete3DS carries the bank's `cres`. */
  cresField: 'd3ds_cres' | 'd3ds_pares';
  callbackAlgorithm: SignatureAlgorithm;
  /** Passed through: the table of its values is not public. */
  secureType: number | undefined;
  /** Whether further `AReqDetails.browser*` facts are sent. */
  areqBrowser: boolean;
  /** Left out: only ProcardPay's own page is offered. */
  googlePay: GooglePaySettings | undefined;
}

export interface GooglePaySettings {
  environment: GooglePayEnvironment;
  gatewayMerchantId: string;
  merchantId: string | undefined;
  merchantName: string;
}

/** `undefined` where ProcardPay is not set up at all. */
export function readProcardSettings(env: Environment): ProcardSettings | undefined {
  const account = readAccount(env, 'ProcardPay', {
    PROCARD_API_URL: readUrl,
    PROCARD_MERCHANT_ID: readText,
    PROCARD_SECRET_KEY: readText,
  });
  if (!account) return undefined;
  if (!isSignable(account.PROCARD_MERCHANT_ID))
    throw new SettingError('PROCARD_MERCHANT_ID', 'holds a character that a signature cannot carry');
  return {
    apiUrl: `${account.PROCARD_API_URL.replace(/\/+$/, '')}/`,
    merchantId: account.PROCARD_MERCHANT_ID,
    secretKey: new Secret(account.PROCARD_SECRET_KEY),
    amountFormat: readChoice(env, 'PROCARD_AMOUNT_FORMAT', ['fixed2', 'trimmed']) ?? 'fixed2',
    encoding: readChoice(env, 'PROCARD_ENCODING', ['multipart', 'json']) ?? 'multipart',
    cresField: readChoice(env, 'PROCARD_CRES_FIELD', ['d3ds_cres', 'd3ds_pares']) ?? 'd3ds_cres',
    callbackAlgorithm: readChoice(env, 'PROCARD_CALLBACK_ALGORITHM', ['sha512', 'md5']) ?? 'sha512',
    secureType: readInteger(env, 'PROCARD_SECURE_TYPE', { min: 0, max: 999 }),
    areqBrowser: readChoice(env, 'PROCARD_AREQ_BROWSER', ['off', 'on']) === 'on',
    googlePay: readGooglePaySettings(env),
  };
}

/** Google wants its merchant id in PRODUCTION only, and shows the name only there. */
function readGooglePaySettings(env: Environment): GooglePaySettings | undefined {
  const gatewayMerchantId = readText(env, 'GOOGLE_PAY_GATEWAY_MERCHANT_ID');
  if (gatewayMerchantId === undefined) return undefined;
  const environment = readChoice(env, 'GOOGLE_PAY_ENVIRONMENT', ['TEST', 'PRODUCTION']) ?? 'TEST';
  const merchantId = readText(env, 'GOOGLE_PAY_MERCHANT_ID');
  const merchantName = readText(env, 'GOOGLE_PAY_MERCHANT_NAME');
  if (environment === 'PRODUCTION') {
    if (merchantId === undefined)
      throw new SettingError(
        'GOOGLE_PAY_MERCHANT_ID',
        'is missing, while GOOGLE_PAY_ENVIRONMENT is PRODUCTION',
      );
    if (merchantName === undefined)
      throw new SettingError(
        'GOOGLE_PAY_MERCHANT_NAME',
        'is missing, while GOOGLE_PAY_ENVIRONMENT is PRODUCTION',
      );
  }
  return { environment, gatewayMerchantId, merchantId, merchantName: merchantName ?? 'Test shop' };
}
