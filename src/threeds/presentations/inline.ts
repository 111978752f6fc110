import { html } from 'lit';
import type { FramePresentation } from './presentation.js';

/** In the place of the element itself, as part of the page. */
export const inline: FramePresentation = {
  kind: 'frame',
  render: (panel) => html`<section part="dialog" aria-labelledby="title">${panel}</section>`,
  open(root) {
    const scope = root.host.getRootNode();
    const before = scope instanceof Document || scope instanceof ShadowRoot ? scope.activeElement : null;
    return () => {
      if (root.activeElement && before instanceof HTMLElement) before.focus();
    };
  },
};
