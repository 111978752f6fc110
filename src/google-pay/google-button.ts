import type GooglePayButton from '@google-pay/button-element';
import { loadPayJs } from './pay-js.js';

/** How long the element may take to say whether it can pay. */
const SILENCE_MS = 10_000;

export type SheetProblem = 'google_pay_error' | 'popup_blocked';

/** What the button tells. */
export interface Sheet {
  /** Within the click, before the sheet opens; false keeps it closed. */
  opening(): boolean;
  paid(data: google.payments.api.PaymentData): void;
  /** The shopper closed it. */
  closed(): void;
  failed(problem: SheetProblem): void;
}

/** Names and values of pay.js, see `ButtonOptions`; what is left out is its choice. */
export type ButtonLook = Record<
  'buttonColor' | 'buttonType' | 'buttonRadius' | 'buttonSizeMode' | 'buttonBorderType',
  string | null | undefined
>;

export interface GoogleButton {
  readonly environment: google.payments.api.Environment;
  /** Its `transactionInfo` may be replaced at any time and counts from the next click. Nothing else may change. */
  readonly request: google.payments.api.PaymentDataRequest;
  /** Two letters; anything longer falls back to English. */
  readonly locale: string;
  readonly look: ButtonLook;
  readonly nonce: string;
  readonly sheet: Sheet;
}

/**
 * Mounts Google's own button in an empty slot, until the signal aborts. `no`: Google cannot pay in this browser.
 * `failed`: Google does not load or does not answer, or nobody wants the button any more.
 */
export async function mountGoogleButton(
  slot: HTMLElement,
  button: GoogleButton,
  signal: AbortSignal,
): Promise<'ready' | 'no' | 'failed'> {
  const defined = (await loadPayJs(button.nonce)) && (await defineGoogleButton());
  if (!defined || signal.aborted) return 'failed';
  signal.addEventListener('abort', () => slot.replaceChildren());
  let outcome = await attach(slot, button, signal);
  // Some of its ways to fail are silent, and a second try often helps.
  if (outcome === 'silent' && !signal.aborted) outcome = await attach(slot, button, signal);
  if (outcome !== 'ready') slot.replaceChildren();
  return outcome === 'silent' ? 'failed' : outcome;
}

/** Not imported with this module: it touches the DOM at once, and throws where another copy has defined it. */
async function defineGoogleButton(): Promise<boolean> {
  const isDefined = (): boolean => customElements.get('google-pay-button') !== undefined;
  if (isDefined()) return true;
  try {
    await import('@google-pay/button-element/dist/index.min.js');
  } catch (error) {
    if (!isDefined()) console.error(error);
  }
  return isDefined();
}

function attach(
  slot: HTMLElement,
  button: GoogleButton,
  signal: AbortSignal,
): Promise<'ready' | 'no' | 'failed' | 'silent'> {
  return new Promise((resolve) => {
    const { sheet } = button;
    const element = createElement(button);
    let answered = false;
    const timer = setTimeout(settle, SILENCE_MS, 'silent');
    signal.addEventListener('abort', () => settle('failed'));
    // Stopped, because these bubble as far as our root: a `cancel` would reach a <dialog> around the button.
    element.addEventListener('readytopaychange', (event: Event) => {
      event.stopPropagation();
      const { isButtonVisible } = (event as CustomEvent<{ isButtonVisible: boolean }>).detail;
      settle(isButtonVisible ? 'ready' : 'no');
    });
    element.addEventListener('loadpaymentdata', (event) => {
      event.stopPropagation();
      sheet.paid(event.detail);
    });
    element.addEventListener('cancel', (event) => {
      event.stopPropagation();
      const problem = problemOf(event.detail);
      if (problem) sheet.failed(problem);
      else sheet.closed();
    });
    element.addEventListener('error', (event) => {
      if (answered) sheet.failed(problemOf(event.error) ?? 'google_pay_error');
      else settle('failed');
    });
    slot.replaceChildren(...stylesInPlace(button.locale), element);

    function settle(outcome: 'ready' | 'no' | 'failed' | 'silent'): void {
      clearTimeout(timer);
      answered = true;
      resolve(outcome);
    }
  });
}

/**
 * In @google-pay/button-element 4.1.0, any property set after the element was inserted may keep it from mounting for
 * good, without a word (its first start is dropped by the second). So everything is set before. `nonce` is made a
 * property of its own, because under a policy sent as a header the browser empties the attribute, which is such a change.
 */
function createElement({ environment, request, locale, look, nonce, sheet }: GoogleButton): GooglePayButton {
  const element = document.createElement('google-pay-button') as GooglePayButton;
  Object.defineProperty(element, 'nonce', { value: nonce, configurable: true });
  return Object.assign(element, look, {
    environment,
    paymentRequest: request,
    buttonLocale: locale,
    onClick: (event: Event) => {
      if (!sheet.opening()) event.preventDefault();
    },
  });
}

/**
 * The element adds a <style> without a nonce unless it finds one of this id in its root. The rules are in our own
 * stylesheet. Version 3.2.1, which the page may have defined before us, looks for `undefined`.
 */
function stylesInPlace(locale: string): HTMLElement[] {
  return [locale, 'undefined'].map((suffix) => {
    const place = document.createElement('span');
    place.id = `default-google-style-google-pay-button-${suffix}`;
    place.hidden = true;
    return place;
  });
}

/**
 * What a rejection of `loadPaymentData` means; undefined where the shopper closed the sheet. pay.js rejects with plain
 * objects, with strings, and with DOMExceptions of any kind that it marks CANCELED.
 */
function problemOf(reason: unknown): SheetProblem | undefined {
  if (reason === 'failed to open window') return 'popup_blocked';
  if (reason instanceof DOMException) return reason.name === 'AbortError' ? undefined : 'google_pay_error';
  const cancelled =
    typeof reason === 'object' && reason !== null && Reflect.get(reason, 'statusCode') === 'CANCELED';
  return cancelled ? undefined : 'google_pay_error';
}
