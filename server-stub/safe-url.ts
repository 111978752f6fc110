const MAX_LENGTH = 2_048;

/** Hosts that never leave this machine, as `URL.hostname` writes them. Plain `http:` is accepted for these alone. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/**
 * Whether an address that came from outside may be shown to a browser or followed. `new URL` alone is not enough: it
 * repairs, strips and folds what it reads, so the raw text is judged first.
 */
export function isSafeUrl(text: unknown): text is string {
  if (typeof text !== 'string' || text.length > MAX_LENGTH) return false;
  // Beyond ASCII, `\s` and `\p{C}` are the blanks, the invisible characters and the halves of broken Unicode.
  if (/[\s\\\p{C}]/u.test(text)) return false;
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) return false;
  // Credentials, even empty ones, letters that only become ASCII by folding (ⓔ → e), and escapes (%2e → .) make a host
  // that nobody read.
  const host = /^https?:\/\/([^/?#]*)/i.exec(text)?.[1] ?? '';
  if (/[@%]/.test(host) || !/^[\x21-\x7e]+$/.test(host)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || isLoopbackHost(hostname);
}

/** Whether the address's host is `host` or lies below it. Compares parsed host names, never text. */
export function hostWithin(url: string, host: string): boolean {
  const { hostname } = new URL(url);
  return hostname === host || hostname.endsWith(`.${host}`);
}
