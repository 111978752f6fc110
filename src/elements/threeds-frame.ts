import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { resolveLocale } from '../i18n/locale.js';
import { followLang } from './follow-lang.js';
import { messagesFor, type Messages } from '../i18n/messages.js';
import { claimChallenge, releaseChallenge } from '../threeds/active-challenges.js';
import { makeFrame, watchFrame } from '../threeds/bank-frame.js';
import { isComplete, readChallenge, type Challenge, type Destination } from '../threeds/challenge.js';
import { postForm } from '../threeds/form-post.js';
import { watchPolicy } from '../threeds/policy-watch.js';
import { pickPresentation, type PresentationName } from '../threeds/presentations.js';
import type { FramePresentation, Presentation } from '../threeds/presentations/presentation.js';
import {
  ThreedsCancelEvent,
  ThreedsErrorEvent,
  ThreedsReturnEvent,
  ThreedsShownEvent,
  type ThreedsErrorCode,
} from './threeds-events.js';
import { threedsFrameStyles } from './threeds-frame.styles.js';
import { sharedStyles } from './shared.styles.js';
import { renderPanel } from './threeds-panel.js';

/** A challenge before the shopper. From its beginning to its end the attributes are not looked at. */
interface Run {
  readonly challenge: Challenge;
  readonly presentation: Presentation;
  readonly frame: HTMLIFrameElement;
  readonly ended: AbortController;
}

/**
 * Shows the page of the shopper's bank (3-D Secure) and tells when the bank sends the shopper back. It begins by itself
 * as soon as its attributes make a challenge, and again at `show()`.
 *
 * ```html
 * <threeds-frame frame-url="https://shop.example/pay/3ds/V4x…"></threeds-frame>
 * ```
 *
 * @fires {ThreedsShownEvent} threeds-shown - once the bank's page has loaded in its frame.
 * @fires {ThreedsReturnEvent} threeds-return - once the bank sent the shopper back, or the shopper took the check to a new
 * tab; nothing is open here by then. It says nothing of the result: ask the server.
 * @fires {ThreedsCancelEvent} threeds-cancel - when the shopper wants to leave; `preventDefault()` keeps the check open,
 * otherwise it closes.
 * @fires {ThreedsErrorEvent} threeds-error - when the check cannot begin or go on here, see ThreedsErrorCode.
 * @csspart dialog - what holds everything, in the page or above it
 * @csspart dialog-title - its title
 * @csspart dialog-cancel - the button that leaves
 * @csspart frame - the bank's frame
 * @csspart question - whether to stop the payment
 * @csspart action - our other buttons
 * @csspart spinner - shown until the bank's page has loaded
 * @csspart message - what went wrong, in words
 * @cssprop --pay-background, --pay-color, --pay-focus-color, --pay-radius
 */
export class ThreedsFrame extends LitElement {
  static override styles = [sharedStyles, threedsFrameStyles];

  static override properties = {
    frameUrl: { attribute: 'frame-url' },
    acsUrl: { attribute: 'acs-url' },
    creq: {},
    sessionData: { attribute: 'session-data' },
    pareq: {},
    md: {},
    termUrl: { attribute: 'term-url' },
    windowSize: { attribute: 'window-size' },
    presentation: {},
    messageOrigin: { attribute: 'message-origin' },
    locale: {},
    _run: { state: true },
    _failure: { state: true },
    _loaded: { state: true },
    _asking: { state: true },
    _suspended: { state: true },
  };

  /** The merchant's own page that holds the bank's frame, `{endpoint}/3ds/{token}`. Wins over the bank's address. */
  declare frameUrl?: string | null;
  /** The bank's own address. It needs `frame-src` and `form-action` for every bank in the page's policy. */
  declare acsUrl?: string | null;
  /** The 3-D Secure 2 message, posted exactly as it is. */
  declare creq?: string | null;
  declare sessionData?: string | null;
  /** The 3-D Secure 1 message; `md` and `term-url` go with it. */
  declare pareq?: string | null;
  declare md?: string | null;
  declare termUrl?: string | null;
  /** `01` to `05`; without it the size is read from `creq`. */
  declare windowSize?: string | null;
  /** `auto` (default) is the dialog; for 3-D Secure 1 with `acs-url` it is the whole page. */
  declare presentation?: 'auto' | PresentationName | null;
  /** Whose messages count: by default the origin of `frame-url`, else of `term-url`, else the page's own. */
  declare messageOrigin?: string | null;
  /** `uk`, `ru`, `uz` or `en`; by default the nearest `lang`, then the browser's. */
  declare locale?: string | null;

  declare private _run: Run | undefined;
  /** An object, so that the same failure twice is told twice. */
  declare private _failure: { readonly code: ThreedsErrorCode } | undefined;
  /** Whether the bank's page has loaded. */
  declare private _loaded: boolean | undefined;
  /** Whether the shopper is being asked to confirm leaving. */
  declare private _asking: boolean | undefined;
  /** Whether the browser closed the dialog over our head; its frame lives on. */
  declare private _suspended: boolean | undefined;

  #wanted = false;
  #interrupted = false;
  #dismiss: (() => void) | undefined;

  static {
    this.addInitializer(followLang);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#interrupted) this._failure = { code: 'interrupted' };
    this.#interrupted = false;
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Out of the document a frame loses its content for good, also when it is only moved.
    this.#interrupted = this._run?.presentation.kind === 'frame';
    this.close();
  }

  /** Begins the bank check that the attributes describe. Does nothing while one is open. */
  show(): void {
    this.#wanted = true;
    this.requestUpdate();
  }

  /** Ends the bank check on this page, quietly, and forgets what went wrong. The bank is not told. */
  close(): void {
    this.#end();
    this._failure = undefined;
    this.#wanted = false;
  }

  /** Leaves the page for the bank's in the whole window, with the open challenge or that of the attributes. */
  openInTop(): void {
    this.#leave('_top');
  }

  /** Sends a window to the bank; says no where the page's policy forbids it. Override it where pages are not windows. */
  protected visit(destination: Destination, target: string): boolean {
    if (destination.kind === 'bank') return postForm(destination, target);
    window.open(destination.url, target);
    return true;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const challenged = CHALLENGE_PROPERTIES.some((name) => changed.has(name)) && isComplete(this);
    if (this._run) this.#wanted = false;
    else this.#wanted ||= challenged;
    if (!this.#wanted || !this.isConnected) return;
    this.#wanted = false;
    this.#begin();
  }

  protected override render(): TemplateResult {
    const texts = messagesFor(resolveLocale(this, this.locale));
    const code = this._failure?.code;
    return html`
      ${
        this._run?.presentation.kind === 'frame'
          ? this.#renderHolder(this._run, this._run.presentation, texts)
          : nothing
      }
      <p part="message" role="alert">${code && messageOf(code, texts)}</p>
      <button
        class="own"
        part="action"
        id="resume"
        ?hidden=${!this._suspended && code !== 'interrupted'}
        @click=${this.#onResume}
      >
        ${texts.proceed}
      </button>
      <button class="own" part="action" ?hidden=${code !== 'blocked_by_policy'} @click=${this.#onOpenInTab}>
        ${texts.threedsOpenInTab}
      </button>
    `;
  }

  #renderHolder(run: Run, presentation: FramePresentation, texts: Messages): unknown {
    const panel = renderPanel({
      ...run,
      texts,
      loaded: this._loaded === true,
      asking: this._asking === true,
      onCancel: this.#onCancel,
      onStay: this.#onEscape,
      onOpenInTab: this.#onOpenInTab,
    });
    const events = { escape: this.#onEscape, closed: () => this.#onClosed(run) };
    return presentation.render(panel, events);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('_run') && this._run) this.#open(this._run);
    if (changed.has('_asking') && this._run) this.#find(this._asking ? '#stay' : '#title')?.focus();
    if (changed.has('_suspended') && this._suspended) this.#find('#resume')?.focus();
    if (changed.has('_failure') && this._failure) {
      this.dispatchEvent(new ThreedsErrorEvent(this._failure.code));
    }
  }

  #begin(): void {
    const reading = readChallenge(this);
    if (reading.kind === 'refused') {
      this.#fail(reading.code);
    } else if (!claimChallenge(reading.challenge.key)) {
      this.#fail('already_active');
    } else {
      this._failure = undefined;
      this._run = {
        challenge: reading.challenge,
        presentation: pickPresentation(this.presentation ?? 'auto', reading.challenge.fits),
        frame: makeFrame(reading.challenge),
        ended: new AbortController(),
      };
    }
  }

  #open({ challenge, presentation, frame, ended }: Run): void {
    const { destination } = challenge;
    if (presentation.kind === 'page') {
      watchPolicy(destination.url, ended.signal, () => this.#fail('blocked_by_policy'));
      // The shopper came Back to a page that was kept as it stood.
      window.addEventListener('pageshow', (event) => event.persisted && this.close(), {
        signal: ended.signal,
      });
      if (!this.visit(destination, '_self')) this.#fail('blocked_by_policy');
      return;
    }
    if (!this.shadowRoot) return;
    this.#dismiss = presentation.open(this.shadowRoot);
    this.#find('#title')?.focus();
    watchFrame(frame, challenge, ended.signal, {
      shown: () => this.#onShown(),
      returned: () => this.#onReturned(),
      blocked: () => this.#fail('blocked_by_policy'),
    });
    if (destination.kind === 'bank' && !postForm(destination, frame.name)) this.#fail('blocked_by_policy');
    else if (frame.getClientRects().length === 0) this.dispatchEvent(new ThreedsErrorEvent('not_visible'));
  }

  #find<T extends HTMLElement>(selector: string): T | null {
    return this.renderRoot.querySelector<T>(selector);
  }

  /** Everything of the challenge goes; the focus first, then its frame. */
  #end(): void {
    if (!this._run) return;
    this._run.ended.abort();
    releaseChallenge(this._run.challenge.key);
    this.#dismiss?.();
    this.#dismiss = undefined;
    this._run = undefined;
    this._loaded = this._asking = this._suspended = false;
  }

  #leave(target: string): boolean {
    const reading = this._run ? { kind: 'challenge' as const, ...this._run } : readChallenge(this);
    if (reading.kind === 'refused') this.#fail(reading.code);
    else if (this.visit(reading.challenge.destination, target)) return true;
    else this.#fail('blocked_by_policy');
    return false;
  }

  #fail(code: ThreedsErrorCode): void {
    this.#end();
    this._failure = { code };
  }

  #onShown(): void {
    if (this._loaded) return;
    this._loaded = true;
    this.dispatchEvent(new ThreedsShownEvent());
  }

  #onReturned(): void {
    this.close();
    this.dispatchEvent(new ThreedsReturnEvent());
  }

  /** Escape asks before it leaves, and takes the question back. */
  readonly #onEscape = (): void => {
    this._asking = !this._asking;
  };

  readonly #onCancel = (): void => {
    if (this.dispatchEvent(new ThreedsCancelEvent())) this.close();
  };

  /** With `noopener` nobody could tell whether the browser opened a tab, so it is disowned when it has its address. */
  readonly #onOpenInTab = (): void => {
    const name = `pay-elements-${Math.random()}`;
    const tab = window.open('', name);
    if (!tab) return this.openInTop();
    const left = this.#leave(name);
    tab.opener = null;
    if (left) this.#onReturned();
    else tab.close();
  };

  #onClosed(run: Run): void {
    if (run === this._run) this._suspended = true;
  }

  readonly #onResume = (): void => {
    if (!this._suspended) return this.show();
    this._suspended = false;
    const presentation = this._run?.presentation;
    if (presentation?.kind === 'frame' && this.shadowRoot) this.#dismiss = presentation.open(this.shadowRoot);
    this.#find('#title')?.focus();
  };
}

const CHALLENGE_PROPERTIES = ['frameUrl', 'acsUrl', 'creq', 'pareq'] as const;

function messageOf(code: ThreedsErrorCode, texts: Messages): string {
  if (code === 'already_active') return texts.threedsLoaded;
  return code === 'interrupted' ? texts.threedsInterrupted : texts.threedsBlocked;
}

declare global {
  interface HTMLElementTagNameMap {
    'threeds-frame': ThreedsFrame;
  }
}
