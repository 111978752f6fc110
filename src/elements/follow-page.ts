import type { ReactiveElement } from 'lit';

/**
 * Renders an element again whenever it comes into a page, and whenever that page changes: a `lang` of its document (one
 * within another shadow root is not seen), or dark and light.
 */
export function followPage(element: ReactiveElement): void {
  const update = (): void => element.requestUpdate();
  const langs = new MutationObserver(update);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  element.addController({
    hostConnected() {
      update();
      langs.observe(document, { attributeFilter: ['lang'], subtree: true });
      dark.onchange = update;
    },
    hostDisconnected() {
      langs.disconnect();
      dark.onchange = null;
    },
  });
}
