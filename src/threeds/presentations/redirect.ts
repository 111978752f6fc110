import type { PagePresentation } from './presentation.js';

/** The whole page goes to the bank, for 3-D Secure 1 and for whoever prefers it. */
export const redirect: PagePresentation = { kind: 'page' };
