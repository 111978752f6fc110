import { html } from 'lit';
import type { FramePresentation } from './presentation.js';

/** A native modal dialog: in the top layer, above whatever the page puts over its own content. */
export const modal: FramePresentation = {
  kind: 'frame',
  render(panel, on) {
    const escape = (event: Event) => {
      event.preventDefault();
      on.escape();
    };
    // `close` comes late: by then the next challenge may have opened the same dialog.
    // Browsers without `closedby` send `cancel` unless the key was prevented, and close by force at the second Escape.
    return html`<dialog
      part="dialog"
      closedby="none"
      aria-labelledby="title"
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && escape(event)}
      @cancel=${escape}
      @close=${({ target }: Event) => (target as HTMLDialogElement).open || on.closed()}
    >
      ${panel}
    </dialog>`;
  },
  open(root) {
    const dialog = root.querySelector('dialog');
    dialog?.showModal();
    return () => dialog?.close();
  },
};
