import type { PayAttributes } from '../checkout/pay-attributes.js';
import type { GoogleButton } from '../google-pay/google-button.js';
import type { Locale } from '../i18n/messages.js';

/** How Google's button looks here. It speaks no Uzbek: there it gets the form without words. */
export function googleLook(
  element: Element & PayAttributes,
  locale: Locale,
): Pick<GoogleButton, 'locale' | 'look'> {
  const isUzbek = locale === 'uz';
  const look = {
    buttonColor: element.buttonColor ?? (isDark(element) ? 'white' : 'black'),
    buttonType: element.buttonType ?? (isUzbek ? 'plain' : null),
    buttonRadius: element.buttonRadius,
    buttonSizeMode: element.buttonSizeMode ?? 'fill',
    buttonBorderType: element.buttonBorderType,
  };
  return { locale: isUzbek ? 'en' : locale, look };
}

/** Whether the page is dark here: it says so by `color-scheme`, not the browser by itself. */
function isDark(element: Element): boolean {
  const schemes = getComputedStyle(element).colorScheme;
  if (!schemes.includes('dark')) return false;
  return !schemes.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches;
}
