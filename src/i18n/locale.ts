import { isLocale, type Locale } from './messages.js';

/**
 * The locale an element speaks: the one asked for, else that of the nearest `lang` (through shadow roots), else the
 * browser's, else English. A language tag counts by its first part: `uk-UA` is `uk`.
 */
export function resolveLocale(element: Element, asked: string | null | undefined): Locale {
  for (const tag of [asked, nearestLang(element), navigator.language]) {
    const language = tag?.split('-', 1)[0]?.toLowerCase() ?? '';
    if (isLocale(language)) return language;
  }
  return 'en';
}

function nearestLang(element: Element): string | null | undefined {
  const holder = element.closest('[lang]');
  if (holder) return holder.getAttribute('lang');
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? nearestLang(root.host) : undefined;
}
