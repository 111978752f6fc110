import type { BrowserInfo } from '../contract/api.js';

/**
 * What only the page can know of the browser, for the bank's risk check (EMV 3DS Core 2.3.1, Table A.1, `browser…`).
 * Facts as they are: a server that speaks to an older 3DS version narrows them itself.
 */
export function browserInfo(): BrowserInfo {
  return {
    language: navigator.language.slice(0, 35) || 'en',
    colorDepth: screen.colorDepth,
    screenWidth: screen.width,
    screenHeight: screen.height,
    timezoneOffset: new Date().getTimezoneOffset(),
    // Declared by every browser's type library, missing from some web views.
    javaEnabled: typeof navigator.javaEnabled === 'function' && navigator.javaEnabled(),
    javascriptEnabled: true,
  };
}
