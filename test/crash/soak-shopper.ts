import { setTimeout as pause } from 'node:timers/promises';
import { isFinal, type CreatePayment, type Offer, type PaymentView } from '../../src/contract/index.js';
import { CARDS, type SandboxCard } from '../../demo/sandbox/scenarios.js';
import { CREDENTIALS } from '../../demo/sandbox/settings.js';
import { post } from '../demo/faults/buyer.js';
import type { Chance } from '../simulation/chance.js';
import { BROWSER, byGooglePay } from '../support/create-payment.js';
import type { Answer, Api } from './soak-api.js';
import { goToBank, payAtPage } from './soak-pages.js';

type Cards = readonly [SandboxCard, ...SandboxCard[]];

const IN_SHEET: Cards = [
  CARDS.visaApproved,
  CARDS.mastercard3ds2,
  CARDS.visa3ds1,
  CARDS.mastercardFrictionless,
  CARDS.visaAnswerLost,
  CARDS.visaToClarify,
  CARDS.mastercardDeclinedNumber,
  CARDS.postsTwice,
  CARDS.bankError,
];
const AT_PROCARD: Cards = [CARDS.visaApproved, CARDS.mastercard3ds2, CARDS.visaDeclinedText];
const AT_GLOBALPAY: Cards = [
  CARDS.uzcardApproved,
  CARDS.uzcardReceiptLate,
  CARDS.humoNoReceipt,
  CARDS.humoNoFunds,
  CARDS.visaBankPage,
];

interface Choice {
  card: SandboxCard;
  byGoogle: boolean;
}

export interface ShopperDeps {
  chance: Chance;
  api: Api;
  shop: string;
  sandbox: string;
  /** Aborts when the shop closes: nothing new is begun. */
  closing: AbortSignal;
}

/** A person with a browser, as in the simulation, but over real connections: impatient, forgetful, in two tabs. */
export class Shopper {
  readonly #deps: ShopperDeps;

  constructor(deps: ShopperDeps) {
    this.#deps = deps;
  }

  /** Tries until it is done or the shopper has had enough; now and then in two tabs, that start at the same moment. */
  async buy(orderId: string): Promise<void> {
    const { chance, api, closing } = this.#deps;
    for (let attempt = 0; attempt < 3 && !closing.aborted; attempt++) {
      const offer = await this.#insist(() => api.offer(orderId));
      if (!offer) return;
      const choice = this.#choose(offer);
      const tabs = Array.from({ length: chance.happens(0.2) ? 2 : 1 }, () => this.#request(offer, choice));
      const ends = await Promise.all((await Promise.all(tabs)).map((body) => this.#pay(body, choice.card)));
      // Some try to pay for what they have paid for.
      if (chance.happens(ends.includes('approved') ? 0.9 : 0.3)) return;
      await pause(chance.int(50, 500));
    }
  }

  async #pay(body: CreatePayment, card: SandboxCard): Promise<PaymentView['status'] | undefined> {
    const view = await this.#start(body);
    return view && this.#follow(view, card);
  }

  #choose({ money }: Offer): Choice {
    const { chance } = this.#deps;
    if (money.currency === 'UZS') return { card: chance.pick(AT_GLOBALPAY), byGoogle: false };
    return chance.happens(0.75)
      ? { card: chance.pick(IN_SHEET), byGoogle: true }
      : { card: chance.pick(AT_PROCARD), byGoogle: false };
  }

  async #request({ orderId, money }: Offer, { card, byGoogle }: Choice): Promise<CreatePayment> {
    return {
      orderId,
      expected: money,
      returnUrl: `${this.#deps.shop}/checkout`,
      locale: 'uk',
      browser: BROWSER,
      method: byGoogle ? await this.#sheet(card) : { type: 'hosted-page' },
    };
  }

  /** Posts the payment, now and then twice at once, and again with the same key where no answer came. */
  async #start(body: CreatePayment): Promise<PaymentView | undefined> {
    const { chance, api } = this.#deps;
    const key = `key-${chance.text(22)}`;
    return this.#insist(async () => {
      const clicks = Array.from({ length: chance.happens(0.2) ? 2 : 1 }, () => api.create(body, key));
      const answers = await Promise.all(clicks);
      const answered = answers.find(({ kind }) => kind === 'answer') ?? answers[0];
      if (answered && answered.kind !== 'lost') return answered;
      // A page that was reloaded meanwhile looks for its payment by the key.
      const found = chance.happens(0.2) ? await api.findByKey(key) : undefined;
      return found?.kind === 'answer' ? found : { kind: 'lost' };
    });
  }

  /** Does what the payment asks for, and waits for its end as long as patience lasts. */
  async #follow(first: PaymentView, card: SandboxCard): Promise<PaymentView['status']> {
    const { chance, api, closing } = this.#deps;
    let view = first;
    const done = new Set<string>();
    for (let look = 0; look < 8 && !isFinal(view.status) && !closing.aborted; look++) {
      if (view.action && !done.has(view.action.id)) {
        done.add(view.action.id);
        if (chance.happens(0.06)) return view.status; // closes the browser
        const gaveUp = chance.happens(0.08) && (await this.#insist(() => api.cancel(view)));
        if (gaveUp) view = gaveUp;
        else await this.#act(view.action, card);
      }
      view = (await this.#insist(() => api.wait(view, chance.int(0, 10)))) ?? view;
    }
    return view.status;
  }

  async #act(action: NonNullable<PaymentView['action']>, card: SandboxCard): Promise<void> {
    const { chance } = this.#deps;
    const doing = { card, knowsCode: chance.happens(0.85), returns: chance.pick([1, 1, 2, 3]) };
    await pause(chance.int(0, 400));
    if (action.type === 'threeds') await goToBank(action, doing);
    else await payAtPage(action.url, doing);
  }

  /** Asks again where no answer came, up to six times. `undefined`: refused, or given up. */
  async #insist<T>(ask: () => Promise<Answer<T>>): Promise<T | undefined> {
    const { chance, closing } = this.#deps;
    for (let time = 0; time < 6; time++) {
      const answer = await ask();
      if (answer.kind === 'answer') return answer.body;
      if (answer.kind === 'refused' || closing.aborted) return undefined;
      await pause(chance.int(100, 800));
    }
    return undefined;
  }

  async #sheet({ id, network }: SandboxCard): Promise<CreatePayment['method']> {
    const { sandbox } = this.#deps;
    const wanted = { cardId: id, gatewayMerchantId: CREDENTIALS.gatewayMerchantId };
    const { token } = (await post(`${sandbox}/google-pay/token`, wanted)).body as { token: string };
    return byGooglePay(token, network);
  }
}
