import { html, nothing, type TemplateResult } from 'lit';
import type { CheckoutController } from '../checkout/checkout-controller.js';
import { isRecoverable } from '../checkout/pay-error.js';
import type { Phase } from '../checkout/phase.js';
import { messagesFor, type Locale } from '../i18n/messages.js';
import { isSafeUrl } from '../threeds/safe-url.js';
import { errorWords, statusWords } from './words.js';

const WAITING: readonly Phase['name'][] = ['loading', 'submitting', 'redirecting', 'checking'];

/**
 * What a shopper sees of a checkout. The template is constant, and its pieces come and go by `hidden`: pay.js puts its
 * styles beside the button once, and never again.
 */
export function renderCheckout(
  checkout: CheckoutController,
  locale: Locale,
  disabled: boolean,
): TemplateResult {
  const { phase, payment } = checkout;
  const texts = messagesFor(locale);
  const method = phase.name === 'ready' ? phase.method : phase.name === 'sheet' ? 'google-pay' : undefined;
  const waits = WAITING.includes(phase.name);
  const problem = 'problem' in phase ? phase.problem : undefined;
  const canRetry =
    phase.name === 'unavailable'
      ? isRecoverable(phase.problem)
      : phase.name === 'done' && phase.payment.status !== 'approved';
  const canProceed = phase.name === 'checking' && !!phase.payment?.action;
  const receipt = isSafeUrl(payment?.receiptUrl) ? payment.receiptUrl : undefined;
  return html`
    <div class="slot" role="group" aria-disabled=${!!disabled} ?hidden=${!method && !waits}>
      <div id="google" part="google-pay" ?hidden=${method !== 'google-pay' && phase.name !== 'loading'}></div>
      <button
        class="own"
        part="button"
        ?hidden=${method !== 'hosted-page'}
        ?disabled=${disabled}
        @click=${() => checkout.pay()}
      >
        ${texts.payByCard}
      </button>
      <span part="spinner" aria-hidden="true" ?hidden=${!waits}></span>
    </div>
    <p part="status" role="status" tabindex="-1">${statusWords(phase, texts, locale)}</p>
    <p part="message" role="alert">
      ${problem && errorWords(problem, texts, 'attribute' in phase ? phase.attribute : '')}
    </p>
    <a part="receipt" target="_blank" rel="noopener" href=${receipt ?? nothing} ?hidden=${!receipt}>
      ${texts.receipt}
    </a>
    <button class="own" part="action" id="retry" ?hidden=${!canRetry} @click=${() => checkout.reset()}>
      ${texts.tryAgain}
    </button>
    <button class="own" part="action" id="proceed" ?hidden=${!canProceed} @click=${() => checkout.proceed()}>
      ${texts.proceed}
    </button>
    <button class="own" part="action" id="cancel" ?hidden=${!canProceed} @click=${() => checkout.cancel()}>
      ${texts.cancel}
    </button>
  `;
}
