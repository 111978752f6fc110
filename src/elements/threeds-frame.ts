import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { resolveLocale } from '../i18n/locale.js';
import { messagesFor, type Messages } from '../i18n/messages.js';
import { claimChallenge, releaseChallenge } from '../threeds/active-challenges.js';
import { watchFrame } from '../threeds/bank-frame.js';
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
import { renderPanel } from './threeds-panel.js';

/** A challenge before the shopper. From its beginning to its end the attributes are not looked at. */
interface Run {
  readonly challenge: Challenge;
  readonly presentation: Presentation;
  readonly frameName: string;
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
 * @fires {ThreedsReturnEvent} threeds-return - once the bank sent the shopper back; the frame is gone by then. It says
 * nothing of the result: ask the server.
 * @fires {ThreedsCancelEvent} threeds-cancel - when the shopper wants to leave; `preventDefault()` keeps the check open,
 * otherwise it closes.
 * @fires {ThreedsErrorEvent} threeds-error - when the check cannot begin or go on here, see ThreedsErrorCode.
 * @csspart dialog - what holds everything, in the page or above it
 * @csspart dialog-title - its title
 * @csspart dialog-cancel - the button that leaves
 * @csspart frame - the bank's frame
 * @csspart spinner - shown until the bank's page has loaded
 * @csspart message - what went wrong, in words
 * @cssprop --pay-background, --pay-color, --pay-focus-color, --pay-radius
 */
export class ThreedsFrame extends LitElement {
  static override styles = threedsFrameStyles;

  /** The merchant's own page that holds the bank's frame, `{endpoint}/3ds/{token}`. Wins over the bank's address. */
  @property({ attribute: 'frame-url' }) frameUrl?: string | null;
  /** The bank's own address. It needs `frame-src` and `form-action` for every bank in the page's policy. */
  @property({ attribute: 'acs-url' }) acsUrl?: string | null;
  /** The 3-D Secure 2 message, posted exactly as it is. */
  @property() creq?: string | null;
  @property({ attribute: 'session-data' }) sessionData?: string | null;
  /** The 3-D Secure 1 message; `md` and `term-url` go with it. */
  @property() pareq?: string | null;
  @property() md?: string | null;
  @property({ attribute: 'term-url' }) termUrl?: string | null;
  /** `01` to `05`; without it the size is read from `creq`. */
  @property({ attribute: 'window-size' }) windowSize?: string | null;
  /** `auto` is the dialog; for 3-D Secure 1 with `acs-url` it is the whole page. */
  @property() presentation: 'auto' | PresentationName = 'auto';
  /** Whose messages count: by default the origin of `frame-url`, else of `term-url`, else the page's own. */
  @property({ attribute: 'message-origin' }) messageOrigin?: string | null;
  /** `uk`, `ru`, `uz` or `en`; by default the nearest `lang`, then the browser's. */
  @property() locale?: string;

  @query('iframe') private _frame!: HTMLIFrameElement | null;
  @query('#title') private _title!: HTMLElement | null;
  @query('#stay') private _stay!: HTMLElement | null;
  @query('#resume') private _resume!: HTMLElement;

  @state() private _run: Run | undefined;
  /** An object, so that the same failure twice is told twice. */
  @state() private _failure: { readonly code: ThreedsErrorCode } | undefined;
  /** Whether the bank's page has loaded. */
  @state() private _loaded = false;
  /** Whether the shopper is being asked to confirm leaving. */
  @state() private _asking = false;
  /** Whether the browser closed the dialog over our head; its frame lives on. */
  @state() private _suspended = false;

  #wanted = false;
  #interrupted = false;
  #dismiss: (() => void) | undefined;

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
    const reading = this._run ? { kind: 'challenge' as const, ...this._run } : readChallenge(this);
    if (reading.kind === 'refused') this.#fail(reading.code);
    else if (!this.visit(reading.challenge.destination, '_top')) this.#fail('blocked_by_policy');
  }

  /** Sends a window to the bank; says no where the page's policy forbids it. Override it where pages are not windows. */
  protected visit(destination: Destination, target: '_self' | '_top'): boolean {
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
        type="button"
        id="resume"
        ?hidden=${!this._suspended && code !== 'interrupted'}
        @click=${this.#onResume}
      >
        ${texts.threedsResume}
      </button>
      <button type="button" ?hidden=${code !== 'blocked_by_policy'} @click=${this.#onOpenInTop}>
        ${texts.threedsOpenInTop}
      </button>
    `;
  }

  #renderHolder(run: Run, presentation: FramePresentation, texts: Messages): unknown {
    const panel = renderPanel({
      ...run,
      texts,
      loaded: this._loaded,
      asking: this._asking,
      onCancel: this.#onCancel,
      onStay: this.#onEscape,
      onOpenInTop: this.#onOpenInTop,
    });
    const events = { escape: this.#onEscape, closed: () => this.#onClosed(run) };
    return keyed(run.frameName, presentation.render(panel, events));
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('_run') && this._run) this.#open(this._run);
    if (changed.has('_asking') && this._run) (this._asking ? this._stay : this._title)?.focus();
    if (changed.has('_suspended') && this._suspended) this._resume.focus();
    if (changed.has('_failure') && this._failure && this.isConnected) {
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
        presentation: pickPresentation(this.presentation, reading.challenge.fits),
        frameName: `pay-elements-threeds-${Math.random().toString(36).slice(2)}`,
        ended: new AbortController(),
      };
    }
  }

  #open({ challenge, presentation, frameName, ended }: Run): void {
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
    if (!this._frame || !this.shadowRoot) return;
    this.#dismiss = presentation.open(this.shadowRoot);
    this._title?.focus();
    watchFrame(this._frame, challenge, ended.signal, {
      shown: () => this.#onShown(),
      returned: () => this.#onReturned(),
      blocked: () => this.#fail('blocked_by_policy'),
    });
    if (destination.kind === 'bank' && !postForm(destination, frameName)) this.#fail('blocked_by_policy');
    else if (this._frame.getClientRects().length === 0)
      this.dispatchEvent(new ThreedsErrorEvent('not_visible'));
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

  readonly #onOpenInTop = (): void => this.openInTop();

  #onClosed(run: Run): void {
    if (run === this._run) this._suspended = true;
  }

  readonly #onResume = (): void => {
    if (!this._suspended) return this.show();
    this._suspended = false;
    const presentation = this._run?.presentation;
    if (presentation?.kind === 'frame' && this.shadowRoot) this.#dismiss = presentation.open(this.shadowRoot);
    this._title?.focus();
  };
}

const CHALLENGE_PROPERTIES = ['frameUrl', 'acsUrl', 'creq', 'pareq'] as const;

function messageOf(code: ThreedsErrorCode, texts: Messages): string {
  switch (code) {
    case 'blocked_by_policy':
      return texts.threedsBlocked;
    case 'already_active':
      return texts.threedsAlreadyOpen;
    case 'interrupted':
      return texts.threedsInterrupted;
    default:
      return texts.threedsInvalid;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'threeds-frame': ThreedsFrame;
  }
}
