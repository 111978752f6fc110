import type { WindowSize } from '../contract/next-action.js';

/** `"03"`, `"3"` and `3` are 03. What is no window size at all is 05, which suits every bank's page. */
export function toWindowSize(value: unknown): WindowSize {
  const text = String(value).padStart(2, '0');
  return isWindowSize(text) ? text : '05';
}

/**
 * The size the provider agreed on with the bank, read from a copy of the `creq`. Padding and either alphabet are
 * accepted; what cannot be read is 05, because the bank may still understand it.
 */
export function windowSizeOf(creq: string): WindowSize {
  try {
    const message: unknown = JSON.parse(atob(creq.replace(/-/g, '+').replace(/_/g, '/')));
    return toWindowSize((message as { challengeWindowSize?: unknown } | null)?.challengeWindowSize);
  } catch {
    return '05';
  }
}

/** EMV 3DS Core 2.3.1, Table A.23; the sizes themselves are in the style sheet of threeds-frame. */
function isWindowSize(text: string): text is WindowSize {
  return /^0[1-5]$/.test(text);
}
