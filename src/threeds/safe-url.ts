const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Control characters, lone surrogates, blanks and backslashes: `new URL` silently strips or repairs them. */
const REPAIRED_BY_PARSERS = /[\p{Cc}\p{Cs}\s\\]/u;

/**
 * Whether a shopper's browser may be sent to this address, or a form posted to it: absolute, `https:` (`http:` for a
 * loopback host only), without credentials, at most 2048 characters, and written so that every parser reads it alike.
 * A `javascript:` address would run in the page's own origin, even as a form's target in a sandboxed frame.
 */
export function isSafeUrl(text: unknown): text is string {
  if (typeof text !== 'string' || text.length > 2048 || REPAIRED_BY_PARSERS.test(text)) return false;
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username || password) return false;
  return protocol === 'https:' || LOOPBACK.test(hostname);
}
