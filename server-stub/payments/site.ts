import { isSafeUrl } from '../safe-url.js';

/** Where this server stands, and which pages may use it. Every address it gives away is built from here. */
export interface Site {
  /** Without a trailing slash. */
  readonly publicUrl: string;
  readonly allowedOrigins: readonly string[];
}

/** The host page of a challenge. */
export function frameUrl(site: Site, token: string): string {
  return `${site.publicUrl}/pay/3ds/${token}`;
}

/** TermUrl and notification URL of a challenge. */
export function threedsReturnUrl(site: Site, token: string): string {
  return `${frameUrl(site, token)}/return`;
}

export function callbackUrl(site: Site, provider: string): string {
  return `${site.publicUrl}/pay/callbacks/${provider}`;
}

/** The shop's page that the shopper came from, with the payment's id for the widget to resume. */
export function shopReturnUrl(payment: { id: string; returnUrl: string }): string {
  const url = new URL(payment.returnUrl);
  url.searchParams.set('payment', payment.id);
  return url.href;
}

/** Whether an address lies on this server's own origin or on one of the shops that may embed the widget. */
export function isOwnAddress(site: Site, url: string): boolean {
  if (!isSafeUrl(url)) return false;
  const { origin } = new URL(url);
  return origin === new URL(site.publicUrl).origin || site.allowedOrigins.includes(origin);
}
