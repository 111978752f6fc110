import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { CARDS, RIGHT_CODE, type SandboxCard } from '../../../demo/sandbox/scenarios.js';
import { CREDENTIALS } from '../../../demo/sandbox/settings.js';
import type { Order } from '../../../server-stub/orders/order-source.js';
import type { CreatePayment, PaymentView } from '../../../src/contract/index.js';
import { browse, type Fields } from '../../demo/sandbox/merchant.js';
import { BROWSER, byGooglePay } from '../../support/create-payment.js';
import type { Arena, Reply } from './arena.js';

export const FRICTIONLESS = CARDS.visaApproved;
export const THREEDS_1 = CARDS.visa3ds1;
export const THREEDS_2 = CARDS.mastercard3ds2;

/** Somebody who orders and pays, step by step, with whatever else they may send. */
export class Buyer {
  readonly #arena: Arena;
  #orders = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** A new order of the shop. */
  order(parts: Partial<Order> = {}): Order {
    this.#orders += 1;
    const order: Order = {
      id: `order-${this.#orders}`,
      description: 'Coffee beans, 250 g',
      money: { minor: 12_500, currency: 'UAH' },
      country: 'UA',
      ...parts,
    };
    this.#arena.orders.set(order.id, order);
    return order;
  }

  /** What the widget would send to pay for the order, without a method. */
  #request({ id, money }: Order): Omit<CreatePayment, 'method'> {
    return {
      orderId: id,
      expected: money,
      returnUrl: `${this.#arena.url}/checkout`,
      locale: 'en',
      browser: BROWSER,
    };
  }

  async byGooglePay(order: Order, card: SandboxCard = FRICTIONLESS): Promise<CreatePayment> {
    const body = JSON.stringify({ cardId: card.id, gatewayMerchantId: CREDENTIALS.gatewayMerchantId });
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`${this.#arena.sandbox.url}/google-pay/token`, { method: 'POST', headers, body }); // prettier-ignore
    const { token } = (await response.json()) as { token: string };
    this.#arena.marks.secret('Google’s token', (JSON.parse(token) as { signature: string }).signature);
    return { ...this.#request(order), method: byGooglePay(token, card.network) };
  }

  byPage(order: Order): CreatePayment {
    return { ...this.#request(order), method: { type: 'hosted-page' } };
  }

  /** Sends the request, whatever it is, under a key of its own. */
  post(body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return this.#arena.send('/pay/payments', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID(), ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** Pays for a new order by Google Pay. */
  async pay(card: SandboxCard = FRICTIONLESS, parts: Partial<Order> = {}): Promise<PaymentView> {
    return created(await this.post(await this.byGooglePay(this.order(parts), card)));
  }

  /** Chooses the provider's own page for a new order in its currency. */
  async choosePage(currency: 'UAH' | 'UZS'): Promise<PaymentView> {
    const country = currency === 'UAH' ? 'UA' : 'UZ';
    const order = this.order({ money: { minor: 12_500, currency }, country });
    return created(await this.post(this.byPage(order)));
  }

  /** Types a card on the provider's page, and the code where it asks for one. */
  async payOnPage({ action }: PaymentView): Promise<void> {
    assert.ok(action?.type === 'redirect');
    const isGlobalpay = action.url.includes('/globalpay/');
    const { pan } = isGlobalpay ? CARDS.uzcardApproved : FRICTIONLESS;
    const form = (await browse(action.url)).html.match(/<form id="card-form"[^>]*action="([^"]*)"/)?.[1];
    const card = { number: pan, expiry: '12/31', cvv: '123', action: 'pay' };
    const paid = await browse(new URL(form ?? assert.fail('no card form'), action.url).href, card);
    assert.equal(paid.status, 303);
    if (isGlobalpay) await browse(`${action.url}/code`, { code: RIGHT_CODE });
  }

  /** Passes the bank's check; resolves to the form with which the bank sends the shopper back. */
  async passBank({ action }: PaymentView, decision: 'confirm' | 'cancel' = 'confirm'): Promise<Fields> {
    assert.ok(action?.type === 'threeds');
    const asking = await browse(action.acsUrl, action.fields);
    const form = { ...asking.hidden, code: RIGHT_CODE, decision };
    const { hidden } = await browse(new URL(asking.action, action.acsUrl).href, form);
    for (const name of ['cres', 'PaRes'])
      if (hidden[name] !== undefined) this.#arena.marks.secret(`the bank’s ${name}`, hidden[name]);
    return hidden;
  }

  /** Comes back from the bank to the return address of a challenge, with whatever form. */
  comeBack(token: string, form: Fields | BodyInit, headers: Record<string, string> = {}): Promise<Reply> {
    const isFields = Object.getPrototypeOf(form) === Object.prototype;
    return this.#arena.send(`/pay/3ds/${token}/return`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body: isFields ? new URLSearchParams(form as Fields) : (form as BodyInit),
    });
  }
}

/** The payment in the answer to its creation. */
export function created({ status, text }: Reply): PaymentView {
  assert.equal(status, 201, text);
  return JSON.parse(text) as PaymentView;
}

/** The token of the payment's challenge. */
export function tokenOf({ action }: PaymentView): string {
  assert.ok(action?.type === 'threeds', 'the bank wants to see the shopper');
  return action.id;
}
