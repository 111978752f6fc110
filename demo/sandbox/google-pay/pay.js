/* global SANDBOX -- the sandbox's origin, see google-pay.ts */
import { problemInSheet, problemOfCallbacks, problemOfPrefetch, problemOfReadyRequest } from './checks.js';
import { createButton } from './button.js';
import { describe, openSheet } from './sheet.js';

const CALLBACK_LIMIT_MS = 30_000;

/** What the page's address of this script asks for: `pay.js?ready=false`, `?ready=error`, `?present=false`. */
const wishes = new URL(document.currentScript?.src ?? SANDBOX).searchParams;

/** Offline stand-in for Google's PaymentsClient: environment TEST only, cards of the sandbox only. */
class PaymentsClient {
  #callbacks;
  #isOpen = false;

  constructor({ environment = 'TEST', paymentDataCallbacks } = {}) {
    if (environment === 'PRODUCTION') {
      throw new Error('The Google Pay stand-in of the sandbox knows no PRODUCTION. Load pay.js from Google.');
    }
    if (environment !== 'TEST') {
      throw new Error(
        'Parameter environment in PaymentsClientOptions can optionally be set to PRODUCTION, otherwise it defaults to TEST.',
      );
    }
    this.#callbacks = paymentDataCallbacks;
  }

  async isReadyToPay(request) {
    refuse('isReadyToPay', problemOfReadyRequest(request));
    if (wishes.get('ready') === 'error') throw { statusCode: 'INTERNAL_ERROR' };
    const answer = { result: wishes.get('ready') !== 'false' };
    if (request.existingPaymentMethodRequired)
      answer.paymentMethodPresent = wishes.get('present') !== 'false';
    return answer;
  }

  createButton(options) {
    return createButton(options);
  }

  prefetchPaymentData(request) {
    const problem = problemOfPrefetch(request);
    if (problem) console.error(`DEVELOPER_ERROR in prefetchPaymentData: ${problem}`);
  }

  async loadPaymentData(request) {
    if (this.#isOpen) {
      // At Google, too, the refused call makes the way free for the next one.
      this.#isOpen = false;
      throw new Error('This method can only be called one at a time.');
    }
    this.#isOpen = true;
    try {
      return await this.#load(request);
    } finally {
      this.#isOpen = false;
    }
  }

  async #load(request) {
    refuse('loadPaymentData', problemOfPrefetch(request) ?? problemOfCallbacks(request, this.#callbacks));
    if (navigator.userActivation?.isActive === false) {
      const error = new DOMException('Must be handling a user gesture', 'SecurityError');
      throw Object.assign(error, { statusCode: 'CANCELED' });
    }
    const problem = problemInSheet(request);
    const paymentData = await openSheet({
      request,
      problem,
      loadCards: () => cardsFor(request),
      choose: (card) => this.#choose(request, card),
    });
    refuse('loadPaymentData', problem);
    if (!paymentData) throw { statusCode: 'CANCELED' };
    return paymentData;
  }

  async #choose(request, card) {
    const paymentData = await paymentDataFor(request, card);
    const { onPaymentAuthorized } = this.#callbacks ?? {};
    if (!onPaymentAuthorized) return paymentData;
    const verdict = await within(CALLBACK_LIMIT_MS, onPaymentAuthorized(paymentData));
    return verdict.transactionState === 'SUCCESS'
      ? paymentData
      : { message: verdict.error?.message ?? 'ERROR' };
  }
}

function refuse(method, problem) {
  if (!problem) return;
  console.error(`DEVELOPER_ERROR in ${method}: ${problem}`);
  throw { statusCode: 'DEVELOPER_ERROR', statusMessage: problem };
}

function cardMethod(request) {
  return request.allowedPaymentMethods.find((method) => method.type === 'CARD');
}

async function cardsFor(request) {
  const { allowedCardNetworks, allowedAuthMethods } = cardMethod(request).parameters;
  const cards = await (await fetch(`${SANDBOX}/google-pay/cards`)).json();
  return cards.filter(
    (card) => allowedCardNetworks.includes(card.network) && allowedAuthMethods.includes(card.authMethod),
  );
}

async function paymentDataFor(request, card) {
  const { parameters, tokenizationSpecification } = cardMethod(request);
  const response = await fetch(`${SANDBOX}/google-pay/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      cardId: card.id,
      gatewayMerchantId: tokenizationSpecification.parameters.gatewayMerchantId,
    }),
  });
  const { token } = await response.json();
  const info = { cardNetwork: card.network, cardDetails: card.last4, cardFundingSource: 'CREDIT' };
  if (parameters.assuranceDetailsRequired) {
    info.assuranceDetails = { accountVerified: true, cardHolderAuthenticated: false };
  }
  return {
    apiVersion: 2,
    apiVersionMinor: 0,
    paymentMethodData: {
      type: 'CARD',
      description: describe(card),
      info,
      tokenizationData: { type: 'PAYMENT_GATEWAY', token },
    },
  };
}

/** The handler's answer, or Google's words for one that took too long. */
async function within(limit, answer) {
  let timer;
  const tooLate = new Promise((resolve) => {
    const error = { reason: 'OTHER_ERROR', intent: 'PAYMENT_AUTHORIZATION', message: 'REQUEST_TIMEOUT' };
    timer = setTimeout(resolve, limit, { transactionState: 'ERROR', error });
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

window.google = { ...window.google };
window.google.payments = {
  ...window.google.payments,
  api: { ...window.google.payments?.api, PaymentsClient },
};
