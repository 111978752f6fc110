import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { insist, pause, type Waiting } from '../checkout/insist.js';
import { MerchantClient } from '../checkout/merchant-client.js';
import type { PayErrorCode } from '../checkout/pay-error.js';
import { paymentInUrl } from '../checkout/return-address.js';
import { ADDRESS } from '../checkout/settings.js';
import { Wake } from '../checkout/wake.js';
import { watchPayment } from '../checkout/watch-payment.js';
import { isFinal } from '../contract/final.js';
import type { PaymentView } from '../contract/payment.js';
import { resolveLocale } from '../i18n/locale.js';
import { followPage } from './follow-page.js';
import { messagesFor, type Locale } from '../i18n/messages.js';
import { isSafeUrl } from '../threeds/safe-url.js';
import { PayErrorEvent, PayResultEvent } from './events.js';
import { paymentStyles } from './pay-button.styles.js';
import { sharedStyles } from './shared.styles.js';
import { payStatusStyles } from './pay-status.styles.js';
import { amountWords, errorDetail, errorWords, resultWords } from './words.js';

/** A fiscal receipt may come a little after the money. */
const RECEIPT_PAUSES_MS = [2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * Tells how a payment stands, and waits for its end: for the page a shopper returns to, or an order's page.
 *
 * ```html
 * <pay-status endpoint="/pay"></pay-status>
 * ```
 *
 * @fires {PayResultEvent} pay-result - once, when the payment is final
 * @fires {PayErrorEvent} pay-error - when there is nothing to show: a wrong attribute, or no such payment
 * @csspart status - how the payment stands, in words
 * @csspart amount - what was paid or was to be paid
 * @csspart receipt - the link to the fiscal receipt
 * @csspart qr - the same link as a QR code, which the server draws
 * @csspart spinner - while the end is waited for
 * @csspart message - what went wrong, in words
 * @cssprop --pay-color - text
 * @cssprop --pay-error-color - the line beside an error
 */
export class PayStatus extends LitElement {
  static override styles = [sharedStyles, paymentStyles, payStatusStyles];

  static override properties = {
    endpoint: {},
    paymentId: { attribute: 'payment-id' },
    locale: {},
    _payment: { state: true },
    _offline: { state: true },
    _problem: { state: true },
  };

  /** Where the merchant API is: `/pay`, or an absolute address. */
  declare endpoint: string | null | undefined;
  /** Default: `payment` in the page's address. */
  declare paymentId: string | null | undefined;
  /** Default: the nearest `lang`, then the browser's. */
  declare locale: Locale | null | undefined;

  declare private _payment: PaymentView | undefined;
  declare private _offline: boolean;
  declare private _problem: { readonly code: PayErrorCode; readonly attribute: string } | undefined;

  #ending = new AbortController();
  /** The payment whose end was told. */
  #told = '';

  static {
    this.addInitializer(followPage);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#ending.abort();
  }

  protected override render(): TemplateResult {
    const locale = resolveLocale(this, this.locale);
    const texts = messagesFor(locale);
    const payment = this._payment;
    const waits = !this._problem && !(payment && isFinal(payment.status));
    const words = payment ? resultWords(payment, texts) : texts.checking;
    const receipt = isSafeUrl(payment?.receiptUrl) ? payment.receiptUrl : undefined;
    return html`
      <p part="amount">${payment && amountWords(payment.money, texts, locale)}</p>
      <span part="spinner" aria-hidden="true" ?hidden=${!waits}></span>
      <p part="status" role="status">${this._problem ? '' : this._offline ? texts.checkingOffline : words}</p>
      <p part="message" role="alert">
        ${this._problem && errorWords(this._problem.code, texts, this._problem.attribute)}
      </p>
      ${
        receipt
          ? html`<a part="receipt" target="_blank" rel="noopener" href=${receipt}>${texts.receipt}</a>
              <img
                part="qr"
                alt="${texts.receipt} (QR)"
                src="${String(this.endpoint).replace(/\/+$/, '')}/payments/${payment?.id}/receipt.svg"
              />`
          : nothing
      }
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Before that it has only just come into the page, and begins anyway.
    if (!this.hasUpdated) return;
    if (changed.has('endpoint') || changed.has('paymentId')) void this.#start();
  }

  async #start(): Promise<void> {
    this.#ending.abort();
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    this._payment = this._problem = undefined;
    this._offline = false;
    await this.updateComplete; // events go out when there is something to see
    if (signal.aborted || !this.isConnected) return;

    // Frameworks set properties, and an address may be a URL.
    const endpoint = this.endpoint?.toString();
    const id = this.paymentId ?? paymentInUrl();
    if (endpoint == null) return this.#fail('missing_attribute', 'endpoint');
    if (!ADDRESS.test(endpoint)) return this.#fail('invalid_attribute', 'endpoint');
    if (!id) return this.#fail('missing_attribute', 'payment-id');
    await this.#follow(new MerchantClient(endpoint), id, { signal, wake: new Wake(signal) });
  }

  async #follow(client: MerchantClient, id: string, waiting: Waiting): Promise<void> {
    const { signal } = waiting;
    const onTrouble = (): void => void (this._offline = true);
    const first = await insist(waiting, () => client.payment(id, signal), onTrouble);
    if (first?.kind === 'refused') this.#fail(first.code);
    if (first?.kind !== 'ok') return;
    this.#take(first.value);
    for await (const view of watchPayment(waiting, client, first.value, onTrouble)) this.#take(view);

    for (const ms of RECEIPT_PAUSES_MS) {
      if (this._payment?.status !== 'approved' || this._payment.receiptUrl !== null) return;
      await pause(ms, signal);
      if (signal.aborted) return;
      const later = await client.payment(id, signal);
      if (later.kind === 'ok' && !signal.aborted) this.#take(later.value);
    }
  }

  #take(view: PaymentView): void {
    this._offline = false;
    this._payment = { ...view, action: null };
    if (!isFinal(view.status) || this.#told === view.id) return;
    this.#told = view.id;
    this.dispatchEvent(new PayResultEvent(this._payment));
  }

  #fail(code: PayErrorCode, attribute = ''): void {
    this._problem = { code, attribute };
    const texts = messagesFor(resolveLocale(this, this.locale));
    this.dispatchEvent(new PayErrorEvent(errorDetail(code, texts, attribute)));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pay-status': PayStatus;
  }
}
