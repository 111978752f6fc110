import { hostWithin, isLoopbackHost, isSafeUrl } from '../safe-url.js';

/**
 * The host under which a provider's own pages are expected: the parent domain of its API's host
 * (`checkout-api.globalpay.uz` → `globalpay.uz`). That both providers keep to this is assumed. Hosts without a
 * parent (addresses, `localhost`, a bare domain) stand for themselves.
 */
export function pageHost(apiUrl: string): string {
  const { hostname } = new URL(apiUrl);
  const labels = hostname.split('.');
  const isAddress = isLoopbackHost(hostname) || /^[\d.]+$|^\[/.test(hostname);
  return isAddress || labels.length < 3 ? hostname : labels.slice(1).join('.');
}

/** Whether a shopper may be sent to this address, which is said to be a page of the provider's. */
export function isPageOf(url: unknown, hosts: readonly string[]): url is string {
  return isSafeUrl(url) && hosts.some((host) => hostWithin(url, host));
}
