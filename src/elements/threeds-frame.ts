import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { resolveLocale } from '../i18n/locale.js';
import { messagesFor, type Messages } from '../i18n/messages.js';
import { beginBankCheck, type BankCheck, type BankCheckHooks } from '../threeds/bank-check.js';
import { isComplete, readChallenge, type Destination } from '../threeds/challenge.js';
import { postForm } from '../threeds/form-post.js';
import type { PresentationName } from '../threeds/presentations.js';
import { followPage } from './follow-page.js';
import { sharedStyles } from './shared.styles.js';
import {
  ThreedsCancelEvent,
  ThreedsErrorEvent,
  ThreedsReturnEvent,
  ThreedsShownEvent,
  type ThreedsErrorCode,
} from './threeds-events.js';
import { threedsFrameStyles } from './threeds-frame.styles.js';
import { renderPanel } from './threeds-panel.js';

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
 * @cssprop --pay-background, --pay-color, --pay-error-color, --pay-focus-color, --pay-radius, --pay-button-color, --pay-button-background
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
    _check: { state: true },
    _failure: { state: true },
    _loaded: { state: true },
    _asked: { state: true },
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

  declare private _check: BankCheck | undefined;
  /** An object, so that the same failure twice is told twice. */
  declare private _failure: { readonly code: ThreedsErrorCode } | undefined;
  /** Whether the bank's page has loaded. */
  declare private _loaded: boolean;
  /** Whether to stay; or to resume, after the browser closed the dialog over our head: its frame lives on. */
  declare private _asked: 'stay' | 'resume' | undefined;

  #wanted = false;
  #interrupted = false;

  static {
    this.addInitializer(followPage);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#interrupted) this._failure = { code: 'interrupted' };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Out of the document a frame loses its content for good, also when it is only moved.
    this.#interrupted = this._check?.presentation.kind === 'frame';
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
    // Not by `window.open`, which a web view may lack.
    const link = document.createElement('a');
    link.href = destination.url;
    link.target = target;
    link.click();
    return true;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const challenged = CHALLENGE_PROPERTIES.some((name) => changed.has(name)) && isComplete(this);
    if (this._check) this.#wanted = false;
    else this.#wanted ||= challenged;
    if (!this.#wanted || !this.isConnected) return;
    this.#wanted = false;
    this.#begin();
  }

  protected override render(): TemplateResult {
    const texts = messagesFor(resolveLocale(this, this.locale));
    const code = this._failure?.code;
    return html`
      ${this.#renderHolder(texts)}
      <p part="message" role="alert">${code && messageOf(code, texts)}</p>
      <button
        class="own"
        part="action"
        id="resume"
        ?hidden=${this._asked !== 'resume' && code !== 'interrupted'}
        @click=${this.#onResume}
      >
        ${texts.proceed}
      </button>
      <button class="own" part="action" ?hidden=${code !== 'blocked_by_policy'} @click=${this.#onOpenInTab}>
        ${texts.threedsOpenInTab}
      </button>
    `;
  }

  #renderHolder(texts: Messages): unknown {
    const check = this._check;
    if (check?.presentation.kind !== 'frame') return nothing;
    const panel = renderPanel({
      check,
      texts,
      loaded: this._loaded,
      asking: this._asked === 'stay',
      onStay: this.#onEscape,
      onLeave: this.#onLeave,
      onOpenInTab: this.#onOpenInTab,
    });
    return check.presentation.render(panel, {
      escape: this.#onEscape,
      closed: () => {
        if (check === this._check) this._asked = 'resume';
      },
    });
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('_check')) this._check?.open(this.shadowRoot!, this.#hooks);
    else if (changed.has('_asked')) this.shadowRoot!.getElementById(this._asked ?? 'title')?.focus();
    if (changed.has('_failure') && this._failure) {
      this.dispatchEvent(new ThreedsErrorEvent(this._failure.code));
    }
  }

  #begin(): void {
    const check = beginBankCheck(this, this.presentation ?? 'auto');
    if (check.kind === 'refused') return this.#fail(check.code);
    this._check = check;
    this._failure = undefined;
    this._loaded = false;
  }

  readonly #hooks: BankCheckHooks = {
    leave: (destination) => this.visit(destination, '_self'),
    cameBack: () => this.close(),
    shown: () => {
      if (this._loaded) return;
      this._loaded = true;
      this.dispatchEvent(new ThreedsShownEvent());
    },
    returned: () => this.#onReturned(),
    blocked: () => this.#fail('blocked_by_policy'),
    hidden: () => this.dispatchEvent(new ThreedsErrorEvent('not_visible')),
  };

  #leave(target: string): boolean {
    const open = this._check ?? readChallenge(this);
    if (open.kind === 'refused') this.#fail(open.code);
    else if (this.visit(open.challenge.destination, target)) return true;
    else this.#fail('blocked_by_policy');
    return false;
  }

  #fail(code: ThreedsErrorCode): void {
    this.#end();
    this._failure = { code };
  }

  #end(): void {
    this._check?.end();
    this._check = this._asked = undefined;
  }

  #onReturned(): void {
    this.close();
    this.dispatchEvent(new ThreedsReturnEvent());
  }

  /** Escape asks before it leaves, and takes the question back. */
  readonly #onEscape = (): void => {
    this._asked = this._asked ? undefined : 'stay';
  };

  readonly #onLeave = (): void => {
    if (this.dispatchEvent(new ThreedsCancelEvent())) this.close();
  };

  /** With `noopener` nobody could tell whether the browser opened a tab, so it is disowned when it has its address. */
  readonly #onOpenInTab = (): void => {
    const name = `pay-elements-${Math.random()}`;
    const tab = window.open?.('', name);
    if (!tab) return this.openInTop();
    const left = this.#leave(name);
    tab.opener = null;
    if (left) this.#onReturned();
    else tab.close();
  };

  readonly #onResume = (): void => {
    if (!this._check) return this.show();
    this._asked = undefined;
    this._check.present(this.shadowRoot!);
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
