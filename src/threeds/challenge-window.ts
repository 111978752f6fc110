import type { WindowSize } from '../contract/next-action.js';

/** Width and height in CSS pixels by EMV 3DS challenge window size; 05 is the full screen (Core 2.3.1, Table A.23). */
export const CHALLENGE_WINDOWS: Readonly<Record<WindowSize, readonly [number, number] | 'full-screen'>> = {
  '01': [250, 400],
  '02': [390, 400],
  '03': [500, 600],
  '04': [600, 400],
  '05': 'full-screen',
};

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
    const message: unknown = JSON.parse(
      atob(creq.replace(/-/g, '+').replace(/_/g, '/').replace(/[\s=]/g, '')),
    );
    return toWindowSize((message as { challengeWindowSize?: unknown } | null)?.challengeWindowSize);
  } catch {
    return '05';
  }
}

function isWindowSize(text: string): text is WindowSize {
  return Object.hasOwn(CHALLENGE_WINDOWS, text);
}
