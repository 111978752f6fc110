import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { CheckoutController } from '../checkout/checkout-controller.js';
import type { PayAttributes } from '../checkout/pay-attributes.js';
import type { Phase } from '../checkout/phase.js';
import { withoutPayment } from '../checkout/return-address.js';
import { PAY_PROPERTIES, readSettings } from '../checkout/settings.js';
import type { ThreeDSAction } from '../contract/next-action.js';
import type { PaymentView } from '../contract/payment.js';
import { resolveLocale } from '../i18n/locale.js';
import { messagesFor, type Locale } from '../i18n/messages.js';
import { renderCheckout } from './checkout-view.js';
import {
  PayBeginEvent,
  PayDismissedEvent,
  PayErrorEvent,
  PayPhaseEvent,
  PayReadyEvent,
  PayResultEvent,
} from './events.js';
import { followPage } from './follow-page.js';
import { googleLook } from './google-look.js';
import { payButtonStyles, paymentStyles } from './pay-button.styles.js';
import { sharedStyles } from './shared.styles.js';
import type { ThreedsCancelEvent, ThreedsErrorEvent } from './threeds-events.js';
import type { ThreedsFrame } from './threeds-frame.js';
import { errorDetail } from './words.js';

/**
 * Takes the payment for one order: Google Pay, or the provider's own page, with everything the shopper's bank wants.
 *
 * ```html
 * <pay-button endpoint="/pay" order-id="A-1001"></pay-button>
 * ```
 *
 * With `amount`, `currency`, `country`, `gateway`, `gateway-merchant-id`, `merchant-name` and `environment` the offer
 * is not asked for (all or none; `merchant-id` goes with them, and Google demands it in production). The server still
 * refuses another price than its own. Wrong, missing and unknown attributes show a message in place and are reported
 * once.
 *
 * @fires {PayReadyEvent} pay-ready - when a button can be clicked, with its method
 * @fires {PayBeginEvent} pay-begin - within the click, before anything happens; `preventDefault()` leaves it at that
 * @fires {PayPhaseEvent} pay-phase - whenever `phase` changes
 * @fires {PayDismissedEvent} pay-dismissed - when the shopper closed the sheet; nothing was started
 * @fires {PayResultEvent} pay-result - once per payment, when it is final; `payment.status` says how
 * @fires {PayErrorEvent} pay-error - when something broke or was refused, see PayErrorCode
 * @csspart google-pay - around Google's button; Google's rules forbid to style the button itself
 * @csspart button - our button to the provider's page
 * @csspart spinner - while something is being waited for
 * @csspart status - how the payment stands, in words
 * @csspart message - what went wrong, in words
 * @csspart receipt - the link to the receipt
 * @csspart action - our other buttons: try again, continue, cancel, and those of the dialog
 * @csspart dialog - the bank's dialog, see threeds-frame
 * @csspart dialog-title - its title
 * @csspart dialog-cancel - its button that leaves
 * @csspart frame - the bank's frame
 * @csspart question - whether to stop the payment
 * @cssprop --pay-color - text
 * @cssprop --pay-error-color - the line beside an error
 * @cssprop --pay-focus-color - focus rings
 * @cssprop --pay-radius - corners
 * @cssprop --pay-button-color, --pay-button-background - our buttons that go ahead: to the provider's page, and on with a payment
 * @cssprop --pay-button-height - both buttons; at least 40px, as Google wants
 */
export class PayButton extends LitElement implements PayAttributes {
  static override styles = [sharedStyles, paymentStyles, payButtonStyles];

  static override properties = { ...PAY_PROPERTIES, disabled: { type: Boolean, reflect: true } };

  /** Where the merchant API is: `/pay`, or an absolute address. */
  declare endpoint: PayAttributes['endpoint'];
  declare orderId: PayAttributes['orderId'];
  /** `auto` (default): the first of the order's methods that works on this device. */
  declare method: PayAttributes['method'];
  /** How the bank's page is shown. `auto` (default): `modal`, and `redirect` for 3-D Secure 1. */
  declare presentation: PayAttributes['presentation'];
  /** Default: the nearest `lang`, then the browser's. */
  declare locale: PayAttributes['locale'];
  /** Where the bank or the provider sends the shopper back to. Default: this page. */
  declare returnUrl: PayAttributes['returnUrl'];
  declare disabled: boolean;

  /** `"125.00"`, always with two decimals. */
  declare amount: PayAttributes['amount'];
  declare currency: PayAttributes['currency'];
  declare country: PayAttributes['country'];
  declare gateway: PayAttributes['gateway'];
  declare gatewayMerchantId: PayAttributes['gatewayMerchantId'];
  declare merchantName: PayAttributes['merchantName'];
  declare merchantId: PayAttributes['merchantId'];
  declare environment: PayAttributes['environment'];

  /** Default: white on a dark page, else black. */
  declare buttonColor: PayAttributes['buttonColor'];
  declare buttonType: PayAttributes['buttonType'];
  declare buttonRadius: PayAttributes['buttonRadius'];
  /** Default: `fill`, which takes the width of the element and `--pay-button-height`. */
  declare buttonSizeMode: PayAttributes['buttonSizeMode'];
  declare buttonBorderType: PayAttributes['buttonBorderType'];

  readonly #checkout = new CheckoutController(this, {
    googleSlot: () => this.#find('#google')!,
    nonce: () => this.nonce || document.querySelector<HTMLElement>('script[nonce]')?.nonce || '',
    payer: () => ({ returnUrl: withoutPayment(this.returnUrl ?? location.href), locale: this.#locale }),
    leaves: (action) => action.type === 'redirect' || this.#presentationOf(action) === 'redirect',
    mayBegin: (method) => !this.disabled && this.dispatchEvent(new PayBeginEvent(method)),
    phaseChanged: (previous) => this.#onPhase(previous),
    prepared: (method) => void this.dispatchEvent(new PayReadyEvent(method)),
    dismissed: () => void this.dispatchEvent(new PayDismissedEvent()),
    finished: (payment) => void this.dispatchEvent(new PayResultEvent(payment)),
    failed: (problem, attribute) =>
      void this.dispatchEvent(new PayErrorEvent(errorDetail(problem, messagesFor(this.#locale), attribute))),
  });

  /** The refusal that was told already. */
  #refused = '';
  /** From the first bank check on. Until then the button is all that a page has to wait for. */
  #meetsBank = false;

  static {
    this.addInitializer(followPage);
  }

  get phase(): Phase['name'] {
    return this.#checkout.phase.name;
  }

  /** What the server said last of the payment under way; null before there is one. */
  get payment(): PaymentView | null {
    return this.#checkout.payment;
  }

  /** Begins the payment, as a click on the button does. Google's sheet opens only within a click or key press. */
  pay(): void {
    this.#checkout.pay();
  }

  /** Gives the payment under way up. The provider is asked first, so it may turn out to be paid. */
  cancel(): void {
    void this.#checkout.cancel();
  }

  /** Offers the order again, after a payment that did not succeed. Takes `payment` out of the page's address. */
  reset(): void {
    this.#checkout.reset();
  }

  /** Takes up a payment of this order that began elsewhere, or earlier. */
  resume(paymentId: string): void {
    this.#checkout.resume(paymentId);
  }

  /** Leaves the page. Override it where pages are not windows. */
  protected navigate(url: string): void {
    location.assign(url);
  }

  /** Nothing of it needs what is rendered before the first answer comes. */
  protected override willUpdate(): void {
    if (!this.isConnected) return;
    const reading = readSettings(this, this.getAttributeNames());
    if (reading.kind === 'settings') {
      this.#refused = '';
      this.#checkout.configure({ ...reading, button: googleLook(this, this.#locale) });
    } else if (this.#refused !== reading.code + reading.attribute) {
      this.#refused = reading.code + reading.attribute;
      this.#checkout.refuse(reading);
    }
  }

  protected override render(): TemplateResult {
    const locale = this.#locale;
    return html`
      ${renderCheckout(this.#checkout, locale, this.disabled)}
      ${
        this.#meetsBank
          ? html`<threeds-frame
              exportparts="dialog, dialog-title, dialog-cancel, frame, action, question, spinner, message"
              .locale=${locale}
              @threeds-return=${() => this.#checkout.returned()}
              @threeds-cancel=${this.#onThreedsCancel}
              @threeds-error=${this.#onThreedsError}
            ></threeds-frame>`
          : nothing
      }
    `;
  }

  protected override updated(): void {
    // Nobody loses their place because a button went away under the focus.
    const focused = this.shadowRoot?.activeElement;
    if (focused && !focused.checkVisibility()) this.#find('[role=status]')?.focus();
  }

  #find<T extends HTMLElement>(selector: string): T | null {
    return this.renderRoot.querySelector<T>(selector);
  }

  get #locale(): Locale {
    return resolveLocale(this, this.locale);
  }

  #presentationOf(action: ThreeDSAction): 'modal' | 'inline' | 'redirect' {
    const asked = this.presentation ?? 'auto';
    // 3-D Secure 1 pages of banks return with `_top`, which a frame rightly refuses.
    return asked === 'auto' ? (action.version === 1 ? 'redirect' : 'modal') : asked;
  }

  #onPhase(previous: Phase): void {
    const { phase } = this.#checkout;
    if (previous.name === 'challenge') this.#find<ThreedsFrame>('threeds-frame')?.close();
    if (phase.name !== previous.name) this.dispatchEvent(new PayPhaseEvent(phase.name, previous.name));
    // A listener may have moved it on.
    if (phase !== this.#checkout.phase) return;
    if (phase.name === 'challenge' || phase.name === 'redirecting') void this.#go(phase);
  }

  async #go(phase: Extract<Phase, { name: 'challenge' | 'redirecting' }>): Promise<void> {
    const { action } = phase.payment;
    if (action?.type === 'redirect') return this.navigate(action.url);
    if (!action) return;
    this.#meetsBank = true;
    await this.updateComplete;
    const frame = this.#find<ThreedsFrame>('threeds-frame');
    if (!frame || phase !== this.#checkout.phase) return;
    frame.frameUrl = action.frameUrl;
    frame.windowSize = action.windowSize;
    frame.presentation = phase.name === 'redirecting' ? 'redirect' : this.#presentationOf(action);
    frame.show();
  }

  async #onThreedsCancel(event: ThreedsCancelEvent): Promise<void> {
    await Promise.resolve(); // the page's listeners come after ours, and may say no
    if (!event.defaultPrevented) this.cancel();
  }

  #onThreedsError(event: ThreedsErrorEvent): void {
    if (event.detail.code !== 'not_visible') this.#checkout.challengeFailed();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pay-button': PayButton;
  }
}
