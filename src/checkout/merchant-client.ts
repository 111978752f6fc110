import type { CreatePayment, Offer } from '../contract/api.js';
import type { PaymentView } from '../contract/payment.js';
import type { ProblemCode } from '../contract/problem.js';
import { isOffer, isPaymentView, isProblem } from './guards.js';

/**
 * What came of a request. `refused` is the server's word and settles the question. `unknown` settles nothing: the
 * request may have done its work, so it may only be asked again, a POST with the same Idempotency-Key.
 */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused'; readonly code: ProblemCode | 'bad_answer' }
  | { readonly kind: 'unknown'; readonly code: ProblemCode | 'bad_answer' | 'network' };

/** Longer than the server may take to hear from a provider, or to hold an answer back. */
const TIME_LIMIT_MS = 45_000;

/** How long the server may hold an answer back until something changes. */
const WAIT_SECONDS = 20;

/** The merchant API (`{endpoint}/…`). The only place of the widget that sends requests. */
export class MerchantClient {
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint.replace(/\/+$/, '');
  }

  offer(orderId: string, signal: AbortSignal): Promise<Answer<Offer>> {
    return this.#ask(`offers/${orderId}`, isOffer, signal);
  }

  create(body: CreatePayment, key: string, signal: AbortSignal): Promise<Answer<PaymentView>> {
    return this.#ask('payments', isPaymentView, signal, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify(body),
    });
  }

  /** Where the payment stands; with a version, as soon as it has moved on from there. */
  payment(id: string, signal: AbortSignal, after?: number): Promise<Answer<PaymentView>> {
    const wait = after === undefined ? '' : `?wait=${WAIT_SECONDS}&after=${after}`;
    return this.#ask(`payments/${encodeURIComponent(id)}${wait}`, isPaymentView, signal);
  }

  /** The payment that this key created, for a page that was reloaded before it learned the payment's id. */
  paymentByKey(key: string, signal: AbortSignal): Promise<Answer<PaymentView>> {
    return this.#ask('payments', isPaymentView, signal, { headers: { 'Idempotency-Key': key } });
  }

  cancel(id: string, signal: AbortSignal): Promise<Answer<PaymentView>> {
    return this.#ask(`payments/${encodeURIComponent(id)}/cancel`, isPaymentView, signal, { method: 'POST' });
  }

  async #ask<T>(
    path: string,
    isExpected: (body: unknown) => body is T,
    signal: AbortSignal,
    init: RequestInit = {},
  ): Promise<Answer<T>> {
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(`${this.#endpoint}/${path}`, {
        ...init,
        cache: 'no-store',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]),
      });
      body = parse(await response.text());
    } catch {
      return { kind: 'unknown', code: 'network' };
    }
    if (response.ok && isExpected(body)) return { kind: 'ok', value: body };
    const code = !response.ok && isProblem(body) ? body.code : 'bad_answer';
    return settles(response.status, code) ? { kind: 'refused', code } : { kind: 'unknown', code };
  }
}

/** What cannot be read, and what only says "not now", leaves open what an earlier request has done. */
function settles(status: number, code: ProblemCode | 'bad_answer'): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429 && code !== 'in_progress';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
