import { readInteger, readText, readUrl, SettingError, type Environment } from '../../setting-error.js';
import { readAccount } from '../account.js';
import { pageHost } from '../page-host.js';
import { Secret } from '../../secret.js';

/** The merchant's account at GlobalPay Checkout. */
export interface GlobalPaySettings {
  /** The whole `{{base_checkout_url}}`, without a slash at the end. */
  apiUrl: string;
  username: string;
  password: Secret;
  /** The cash register issued to the merchant (`externalServiceId`). */
  serviceId: string;
  /** Seconds a payment token lives, as GlobalPay will apply it. */
  tokenLifespan: number;
  /** Hosts of the payment page; the shopper is sent to these, and to hosts below them, only. */
  redirectHosts: readonly string[];
}

/** `undefined` where GlobalPay is not set up at all. */
export function readGlobalPaySettings(env: Environment): GlobalPaySettings | undefined {
  const account = readAccount(env, 'GlobalPay', {
    GLOBALPAY_API_URL: readUrl,
    GLOBALPAY_USERNAME: readText,
    GLOBALPAY_PASSWORD: readText,
    GLOBALPAY_SERVICE_ID: readText,
  });
  if (!account) return undefined;
  const apiUrl = account.GLOBALPAY_API_URL.replace(/\/+$/, '');
  return {
    apiUrl,
    username: account.GLOBALPAY_USERNAME,
    password: new Secret(account.GLOBALPAY_PASSWORD),
    serviceId: account.GLOBALPAY_SERVICE_ID,
    tokenLifespan: effectiveLifespan(
      readInteger(env, 'GLOBALPAY_TOKEN_LIFESPAN', { min: 1, max: 1_000_000_000 }),
    ),
    redirectHosts: readHosts(env, 'GLOBALPAY_REDIRECT_HOSTS') ?? [pageHost(apiUrl)],
  };
}

/**
 * What GlobalPay silently makes of a `tokenLifespan` (GlobalPay Checkout, workflow page). Sent already clamped, so
 * that both sides mean the same time.
 */
export function effectiveLifespan(seconds: number | undefined): number {
  return seconds === undefined ? 900 : Math.min(86_400, Math.max(300, seconds));
}

function readHosts(env: Environment, name: string): string[] | undefined {
  const hosts = readText(env, name)
    ?.toLowerCase()
    .split(',')
    .map((host) => host.trim());
  if (hosts?.some((host) => !/^[a-z\d-]+(\.[a-z\d-]+)*$/.test(host)))
    throw new SettingError(name, 'must be host names, separated by commas');
  return hosts;
}
