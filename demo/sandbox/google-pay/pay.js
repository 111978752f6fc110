/* global WISHES -- the query of this script's address, see google-pay.ts */
import { rejection, tell } from './backend.js';
import { isReadyIn, usualRender } from './browser.js';
import { createButton } from './button.js';
import { problemOfCallbacks, problemOfPrefetch, problemOfReadyRequest } from './checks.js';
import { notActivated, refused } from './rejections.js';
import { paySession } from './session.js';

/**
 * What can be asked for in the address of this script: `pay.js?ready=false`, `?ready=true`, `?ready=error`,
 * `?present=false`, `?render=popup`, `?render=payment-request`.
 */
const wishes = new URLSearchParams(WISHES);

/** Offline stand-in for Google's PaymentsClient: environment TEST only, cards of the sandbox only. */
class PaymentsClient {
  #callbacks;
  #nonce;
  #isOpen = false;

  constructor({ environment, paymentDataCallbacks, nonce } = {}) {
    if (environment === 'PRODUCTION') {
      throw new Error('The Google Pay stand-in of the sandbox knows no PRODUCTION. Load pay.js from Google.');
    }
    if (environment && environment !== 'TEST') {
      throw new Error(
        'Parameter environment in PaymentsClientOptions can optionally be set to PRODUCTION, otherwise it defaults to TEST.',
      );
    }
    this.#callbacks = paymentDataCallbacks;
    this.#nonce = nonce;
  }

  async isReadyToPay(request) {
    const problem = problemOfReadyRequest(request);
    if (problem) throw refused('isReadyToPay', problem);
    if (wishes.get('ready') === 'error') throw { statusCode: 'INTERNAL_ERROR' };
    const answer = {
      result: wishes.has('ready') ? wishes.get('ready') === 'true' : isReadyIn(navigator, request),
      ...(request.existingPaymentMethodRequired && {
        paymentMethodPresent: wishes.get('present') !== 'false',
      }),
    };
    tell('isReadyToPay', request, answer);
    return answer;
  }

  createButton(options = {}) {
    return createButton(options, this.#nonce);
  }

  prefetchPaymentData(request) {
    const problem = problemOfPrefetch(request);
    if (problem) refused('prefetchPaymentData', problem);
    else sign(request);
  }

  async loadPaymentData(request) {
    if (this.#isOpen) {
      // At Google, too, the refused call makes the way free for the next one.
      this.#isOpen = false;
      throw new Error('This method can only be called one at a time.');
    }
    this.#isOpen = true;
    const began = performance.now();
    const asked = request && JSON.parse(JSON.stringify(request)); // the page may change its own while the sheet is open
    try {
      const answer = await this.#load(request, asked);
      tell('loadPaymentData', asked, answer, began);
      return answer;
    } catch (reason) {
      tell('loadPaymentData', asked, rejection(reason), began);
      throw reason;
    } finally {
      this.#isOpen = false;
    }
  }

  async #load(request, asked) {
    const problem = problemOfPrefetch(request) ?? problemOfCallbacks(request, this.#callbacks);
    if (problem) throw refused('loadPaymentData', problem);
    sign(request);
    const render = wishes.get('render') ?? usualRender(navigator);
    if (!navigator.userActivation.isActive) throw notActivated(render);
    return paySession(asked, this.#callbacks, render);
  }
}

/** pay.js writes into the request it is given, as whoever hands over a frozen one finds out. */
function sign(request) {
  request.apiVersion ||= 1;
  request.environment = 'TEST';
  request.i = { googleTransactionId: 'sandbox', usingPayJs: true, ...request.i };
}

window.google = { ...window.google };
window.google.payments = {
  ...window.google.payments,
  api: { ...window.google.payments?.api, PaymentsClient },
};
