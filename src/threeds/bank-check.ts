import { makeFrame, watchFrame, type FrameEvents } from './bank-frame.js';
import { readChallenge, type Challenge, type ChallengeAttributes, type Destination } from './challenge.js';
import { postForm } from './form-post.js';
import { watchPolicy } from './policy-watch.js';
import { pickPresentation } from './presentations.js';
import type { Presentation } from './presentations/presentation.js';

/** What a bank check asks of the element that shows it, and tells it. */
export interface BankCheckHooks extends FrameEvents {
  /** Sends this window to the bank; says no where the page's policy forbids it. */
  leave(destination: Destination): boolean;
  /** The shopper came Back to a page that was kept as it stood when it left. */
  cameBack(): void;
  /** The page's content security policy kept the frame or the form back. */
  blocked(): void;
  /** The page hides the bank's frame. The check goes on. */
  hidden(): void;
}

export type BankCheckRefusal = {
  readonly kind: 'refused';
  readonly code: 'invalid_url' | 'invalid_challenge' | 'already_active';
};

/** The challenges that are before the shopper, by their keys: a bank's message is posted once. */
const active = new Set<string>();

/** A bank check for these attributes. From here to its end they are not looked at. */
export function beginBankCheck(
  attributes: ChallengeAttributes,
  presentation: string,
): BankCheck | BankCheckRefusal {
  const reading = readChallenge(attributes);
  if (reading.kind === 'refused') return reading;
  const { challenge } = reading;
  if (active.has(challenge.key)) return { kind: 'refused', code: 'already_active' };
  active.add(challenge.key);
  return new BankCheck(challenge, pickPresentation(presentation, challenge.fits));
}

/** A challenge before the shopper, until `end()`. */
export class BankCheck {
  readonly kind = 'check';
  readonly challenge: Challenge;
  readonly presentation: Presentation;
  readonly frame: HTMLIFrameElement;
  readonly #ending = new AbortController();
  #putAway: (() => void) | undefined;

  constructor(challenge: Challenge, presentation: Presentation) {
    this.challenge = challenge;
    this.presentation = presentation;
    this.frame = makeFrame(challenge);
  }

  /** Goes to the bank: in its frame, which stands rendered in this root by now, or with the whole page. */
  open(root: ShadowRoot, hooks: BankCheckHooks): void {
    const { destination } = this.challenge;
    const { signal } = this.#ending;
    watchPolicy(destination.url, signal, () => hooks.blocked());
    if (this.presentation.kind === 'page') {
      window.addEventListener('pageshow', (event) => event.persisted && hooks.cameBack(), { signal });
      if (!hooks.leave(destination)) hooks.blocked();
      return;
    }
    this.present(root);
    watchFrame(this.frame, this.challenge, signal, hooks);
    if (destination.kind === 'bank' && !postForm(destination, this.frame.name)) hooks.blocked();
    else if (this.frame.getClientRects().length === 0) hooks.hidden();
  }

  /** Brings the frame before the shopper, again where the browser took it away. */
  present(root: ShadowRoot): void {
    if (this.presentation.kind === 'frame') this.#putAway = this.presentation.open(root);
    root.getElementById('title')?.focus();
  }

  /** Everything of it goes, the focus first: the frame is for the element to take out. */
  end(): void {
    this.#ending.abort();
    active.delete(this.challenge.key);
    this.#putAway?.();
  }
}
