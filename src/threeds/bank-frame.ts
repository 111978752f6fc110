import type { FrameMessage } from '../contract/next-action.js';
import type { Challenge } from './challenge.js';

/**
 * EMV 3DS Core 2.3.1, Table A.24; `allow-popups` after EMVCo's 3DS FAQ 92, for wallets and bank apps. Without
 * `allow-same-origin` banks lose their storage; with a top-navigation token a bank could replace the shop.
 */
const SANDBOX = 'allow-forms allow-scripts allow-same-origin allow-pointer-lock allow-popups';

/** Lets a bank ask for a passkey or a Secure Payment Confirmation (EMV 3DS Core 2.3.1, Table A.23). */
const ALLOW = 'payment *; publickey-credentials-get *; publickey-credentials-create *';

export interface FrameEvents {
  /** The bank's page is there. May come twice. */
  shown(): void;
  /** The bank sent the shopper back; how it ended is for the server to say. */
  returned(): void;
}

/** A frame of its own for every challenge: one that is sent elsewhere leaves an entry in the browser's history. */
export function makeFrame({ destination }: Challenge): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  // Unique in the page: forms find their frame by it.
  frame.name = `pay-elements-threeds-${Math.random()}`;
  frame.allow = ALLOW;
  frame.setAttribute('part', 'frame');
  if (destination.kind === 'bank') frame.setAttribute('sandbox', SANDBOX);
  else frame.src = destination.url;
  return frame;
}

/** Listens to a challenge's frame, until the signal: to its loading and its messages. */
export function watchFrame(
  frame: HTMLIFrameElement,
  challenge: Challenge,
  signal: AbortSignal,
  events: FrameEvents,
): void {
  // Chromium 153 loads an error page into a forbidden frame, and reports the violation of the policy just afterwards.
  const loaded = () => setTimeout(() => signal.aborted || events.shown());
  // A host page is there before the bank's page in it, and tells when that has come.
  const isHost = challenge.destination.kind === 'host-page';
  frame.addEventListener('load', () => isHost || isBlank(frame) || loaded());
  window.addEventListener(
    'message',
    ({ origin, source, data }: MessageEvent<unknown>) => {
      if (origin !== challenge.messageOrigin || source !== frame.contentWindow) return;
      const { type, event, id } = Object(data) as Partial<Record<keyof FrameMessage, unknown>>;
      if (type !== 'pay-elements:threeds' || id !== (challenge.id ?? id)) return;
      if (event === 'shown') events.shown();
      if (event === 'returned') events.returned();
    },
    { signal },
  );
}

/** A frame that a form is posted into loads its blank page first. A bank's document cannot be read: it is null here. */
function isBlank(frame: HTMLIFrameElement): boolean {
  return frame.contentDocument?.URL === 'about:blank';
}
