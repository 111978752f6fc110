import { inline } from './presentations/inline.js';
import { modal } from './presentations/modal.js';
import { redirect } from './presentations/redirect.js';
import type { Presentation } from './presentations/presentation.js';

const PRESENTATIONS = { modal, inline, redirect } satisfies Record<string, Presentation>;

export type PresentationName = keyof typeof PRESENTATIONS;

/** The presentation asked for; the one that suits the challenge where that is `auto` or no presentation at all. */
export function pickPresentation(asked: string, fits: PresentationName): Presentation {
  return PRESENTATIONS[isPresentationName(asked) ? asked : fits];
}

function isPresentationName(text: string): text is PresentationName {
  return Object.hasOwn(PRESENTATIONS, text);
}
