import type { TemplateResult } from 'lit';

/** Holds the bank's page in this page. */
export interface FramePresentation {
  readonly kind: 'frame';
  /** Puts the panel (title, cancel button, frame) into what holds it. */
  render(panel: TemplateResult, on: HolderEvents): TemplateResult;
  /** Brings the rendered panel before the shopper, again if the browser took it away; returns what undoes it. */
  open(root: ShadowRoot): () => void;
}

/** Leaves this page for the bank's. */
export interface PagePresentation {
  readonly kind: 'page';
}

/** How a bank check is brought before the shopper. A further one is a file here and a line in `presentations.ts`. */
export type Presentation = FramePresentation | PagePresentation;

export interface HolderEvents {
  /** The shopper pressed Escape, or made the gesture that stands for it. */
  escape(): void;
  /** The holder is closed, by us or by the browser. */
  closed(): void;
}
