import type { CreatePayment, PaymentView } from '../../src/contract/index.js';
import { Refusal } from '../../server-stub/payments/refusal.js';
import type { PaymentService } from '../../server-stub/payments/payment-service.js';
import { StoreUnavailableError } from '../../server-stub/store-unavailable-error.js';
import { BROWSER, byGooglePay } from '../support/create-payment.js';
import type { Chance } from './chance.js';
import { NoAnswer, type Host } from './host.js';
import { cresTo } from './model-procard.js';
import type { Time } from './time.js';

export interface ShopperDeps {
  chance: Chance;
  time: Time;
  hosts: readonly [Host, ...Host[]];
  /** Pays on the page of a provider. */
  payAtPage: (url: string) => void;
  /** Told of everything that the shopper reads. */
  onView: (view: PaymentView) => void;
}

/** A person with a browser: impatient, forgetful, on a bad line, now and then in two tabs. */
export class Shopper {
  readonly #deps: ShopperDeps;
  readonly #order: CreatePayment['expected'] & { id: string };

  constructor(order: CreatePayment['expected'] & { id: string }, deps: ShopperDeps) {
    this.#order = order;
    this.#deps = deps;
  }

  /** Tries to pay until it is done, or the shopper has had enough. */
  async shop(): Promise<void> {
    const { chance, time } = this.#deps;
    await time.sleep(chance.int(0, 60_000));
    const tabs = chance.happens(0.2) ? 2 : 1;
    await Promise.all(Array.from({ length: tabs }, () => this.#tab()));
  }

  async #tab(): Promise<void> {
    const { chance, time } = this.#deps;
    for (let attempt = 0; attempt < 3; attempt++) {
      const view = await this.#start(`key-${chance.text(16)}`);
      const end = view && (await this.#follow(view));
      if (end === 'approved' || chance.happens(0.4)) return;
      await time.sleep(chance.int(500, 20_000));
    }
  }

  /** Posts the payment, again with the same key where no answer came, sometimes twice at once. */
  async #start(key: string): Promise<PaymentView | undefined> {
    const { chance, time } = this.#deps;
    const body = this.#body();
    const client = { ip: '203.0.113.7', userAgent: 'Browser/1', accept: '*/*' };
    const post = () => this.#ask((service) => service.create({ key, body, client }));
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(chance.happens(0.2) ? [post(), post()] : [post()]);
      const view = answers.find((answer) => typeof answer === 'object');
      if (view) return view;
      if (answers.includes('refused')) return undefined;
      await time.sleep(chance.int(500, 5_000));
    }
    return undefined;
  }

  /** Does what the payment asks for, and waits for its end. */
  async #follow(first: PaymentView): Promise<PaymentView['status']> {
    const { chance } = this.#deps;
    let view = first;
    const done = new Set<string>();
    for (let look = 0; look < 12; look++) {
      const { action, status, id, version } = view;
      if (!['created', 'processing', 'requires_action'].includes(status)) return status;
      if (action && !done.has(action.id)) {
        done.add(action.id);
        await this.#act(action, id);
      }
      const signal = new AbortController().signal;
      const seconds = chance.int(0, 25);
      const next = await this.#ask((service) => service.wait(id, { seconds, after: version, signal }));
      if (typeof next === 'object') view = next;
    }
    return view.status;
  }

  async #act(action: NonNullable<PaymentView['action']>, id: string): Promise<void> {
    const { chance, time, payAtPage } = this.#deps;
    await time.sleep(chance.int(500, 40_000));
    if (chance.happens(0.15)) {
      await this.#ask((service) => service.cancel(id));
      return;
    }
    if (chance.happens(0.15)) return; // went away
    if (action.type === 'redirect') {
      payAtPage(action.url);
      return;
    }
    const creq = 'creq' in action.fields ? action.fields.creq : '';
    const cres = cresTo(creq, chance.happens(0.8) ? 'Y' : 'N');
    const form = new URLSearchParams({ cres }).toString();
    for (let time_ = 0; time_ < chance.pick([1, 1, 2, 3]); time_++)
      await this.#ask((service) => service.threedsReturned(action.id, form));
  }

  /** One request to some server. `refused`: the server said no; `no answer`: worth trying again. */
  async #ask<T extends object>(
    work: (service: PaymentService) => Promise<T>,
  ): Promise<T | 'refused' | 'no answer'> {
    const { chance, hosts, onView } = this.#deps;
    const host = chance.pick(hosts);
    try {
      const answer = await host.request(work);
      if ('status' in answer && 'version' in answer) onView(answer as unknown as PaymentView);
      return answer;
    } catch (error) {
      if (error instanceof Refusal) return error.code === 'in_progress' ? 'no answer' : 'refused';
      if (error instanceof NoAnswer || error instanceof StoreUnavailableError) return 'no answer';
      throw error;
    }
  }

  #body(): CreatePayment {
    const { chance } = this.#deps;
    const { id, minor, currency } = this.#order;
    const byGoogle = currency === 'UAH' && chance.happens(0.7);
    return {
      orderId: id,
      expected: { minor, currency },
      returnUrl: 'https://shop.example/checkout',
      locale: 'uk',
      browser: BROWSER,
      method: byGoogle ? byGooglePay('{"signature":"canary-google-token"}') : { type: 'hosted-page' },
    };
  }
}
