import type { ReactiveElement } from 'lit';

/** Renders an element again whenever a `lang` of its document changes; one within another shadow root is not seen. */
export function followLang(element: ReactiveElement): void {
  const watch = new MutationObserver(() => element.requestUpdate());
  element.addController({
    hostConnected: () => watch.observe(document, { attributeFilter: ['lang'], subtree: true }),
    hostDisconnected: () => watch.disconnect(),
  });
}
