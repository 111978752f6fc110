import { randomBytes } from 'node:crypto';
import { challengeName, type BankChallenge } from '../acs/bank.js';
import { hasCallback, maskedPan } from '../cards.js';
import type { Check } from '../journal.js';
import type { SandboxCard } from '../scenarios.js';
import { isWebAddress, type World } from '../world.js';
import { composeCallback, type CallbackAlgorithm } from './callback.js';
import { ANSWER_TEXTS } from './dictionaries.js';
import type { NewPayment, Ordered, ProcardPayment } from './payment.js';

export type ChargeResult =
  | { kind: 'settled' }
  | { kind: 'challenge'; bank: BankChallenge; transactionKey: string }
  | { kind: 'answer_lost' };

type Ending = { kind: 'approve' } | { kind: 'decline'; reason: string | number };

/** A payment status that passes by itself. */
interface Delay {
  status: string;
  seconds: number;
}

/** Assumed: no document says how long ProcardPay waits for a shopper. The last of these milliseconds still counts. */
const UNFINISHED_LIFE_MS = 15 * 60_000;

/** Statuses of which ProcardPay tells the merchant: those seen in callbacks, and REFUNDED (assumed). */
const TOLD = ['APPROVED', 'DECLINED', 'EXPIRED', 'NEEDS-CLARIFICATION', 'REFUNDED'];

/** What ProcardPay knows and does; how it is asked and how it answers is in api.ts and pages.ts. */
export class ProcardGateway {
  readonly #world: World;
  readonly #callbackAlgorithm: CallbackAlgorithm;
  readonly #byOrder = new Map<string, ProcardPayment>();
  #lastTransactionId = 28_122_000;

  constructor(world: World, callbackAlgorithm: CallbackAlgorithm) {
    this.#world = world;
    this.#callbackAlgorithm = callbackAlgorithm;
  }

  open(purchase: NewPayment): ProcardPayment {
    const payment: ProcardPayment = {
      ...purchase,
      transactionId: ++this.#lastTransactionId,
      createdAt: this.#world.now(),
      waitsFor: 'card',
      outcome: { status: 'NEW', code: 0, text: '' },
    };
    this.#byOrder.set(payment.orderId, payment);
    this.#world.agenda.at(payment.createdAt + UNFINISHED_LIFE_MS + 1, () => this.#expire(payment));
    return payment;
  }

  byOrder(orderId: string): ProcardPayment | undefined {
    return this.#byOrder.get(orderId);
  }

  byPage(id: string): ProcardPayment | undefined {
    return this.#find((payment) => payment.page?.id === id);
  }

  byTransactionKey(key: string): ProcardPayment | undefined {
    return this.#find((payment) => payment.challenge?.transactionKey === key);
  }

  /** `returnUrl`: where the bank sends the shopper in 3-D Secure 2; without one, no challenge is offered. */
  charge(payment: ProcardPayment, card: SandboxCard, returnUrl: string): ChargeResult {
    payment.card = card;
    const { behaviour } = card;
    const { ordered } = payment;
    if (ordered?.fault === 'decline') return this.decline(payment, ordered.reason);
    const delay = ordered?.fault === 'pending' ? ordered : undefined;
    switch (behaviour.kind) {
      case 'approve':
      case 'decline':
        return this.#settle(payment, behaviour, delay);
      case 'pending':
        return this.#settle(payment, { kind: 'approve' }, delay ?? behaviour);
      case 'answer_lost':
        this.#settle(payment, { kind: 'approve' }, delay);
        return { kind: 'answer_lost' };
      case 'threeds':
        return this.#challenge(payment, card, behaviour, returnUrl);
      default:
        throw new Error(`${card.id} is no card to charge at ProcardPay`);
    }
  }

  decline(payment: ProcardPayment, reason: string | number): ChargeResult {
    return this.#settle(payment, { kind: 'decline', reason });
  }

  /** The first call decides; a later one finds the payment decided. Tells what was looked at. */
  complete(
    payment: ProcardPayment,
    message: { cres: string } | { PaRes: string; MD: string },
    ordered: Ordered | undefined = payment.ordered,
  ): Check[] {
    const { challenge, waitsFor } = payment;
    const isFirst = { what: "the first word of the bank's about this payment", passed: waitsFor === 'bank' };
    if (!challenge || !isFirst.passed) return [isFirst];
    const isGenuine = this.#world.bank.confirms(challenge.bank, message);
    if (ordered?.fault === 'decline') this.decline(payment, ordered.reason);
    else {
      const ending: Ending = isGenuine ? { kind: 'approve' } : { kind: 'decline', reason: 210 };
      this.#settle(payment, ending, ordered);
    }
    return [isFirst, { what: "the bank's own word, and a yes", passed: isGenuine }];
  }

  /** In full, and only what is approved. A status that was ordered for the reversal stands until the money is back. */
  reverse(payment: ProcardPayment, ordered: Ordered | undefined): 'done' | 'in process' | 'impossible' {
    if (payment.outcome.status !== 'APPROVED') return 'impossible';
    const giveBack = (at: number) => {
      payment.outcome = { ...payment.outcome, status: 'REFUNDED' };
      payment.reversedAt = at;
      this.#world.ledger.reversals.push(this.#entry(payment, at));
    };
    if (ordered?.fault === 'pending') {
      this.#wait(payment, { ...payment.outcome, status: ordered.status }, ordered.seconds, giveBack);
      return 'in process';
    }
    giveBack(this.#world.now());
    return 'done';
  }

  /** Tells the merchant where its payment stands, if ProcardPay does that in this status and with this card. */
  async callBack(payment: ProcardPayment, afterAnswer?: (send: () => void) => void): Promise<void> {
    const { credentials, callbacks } = this.#world;
    const { card, outcome } = payment;
    if (!TOLD.includes(outcome.status) || (card && !hasCallback(card))) return;
    await callbacks.deliver({
      provider: 'procard',
      url: payment.callbackUrl,
      about: this.namesOf(payment),
      compose: (fault) => composeCallback(payment, credentials, this.#callbackAlgorithm, fault),
      ...(afterAnswer && { afterAnswer }),
    });
  }

  /** What the journal calls this payment. */
  namesOf({ orderId, challenge, page }: ProcardPayment): string[] {
    return [
      `procard:${orderId}`,
      ...(challenge ? [challengeName(challenge.bank)] : []),
      ...(page ? [`page:${this.#world.origin}/procard/pay/${page.id}`] : []),
    ];
  }

  clear(): void {
    this.#byOrder.clear();
  }

  #settle(payment: ProcardPayment, ending: Ending, delay?: Delay): { kind: 'settled' } {
    if (delay) {
      const outcome = { status: delay.status, code: 0, text: '' };
      this.#wait(payment, outcome, delay.seconds, (at) => this.#end(payment, ending, at));
    } else this.#end(payment, ending, this.#world.now());
    return { kind: 'settled' };
  }

  /** The payment stands in `outcome` for so long; what comes `then` is told to the merchant. */
  #wait(
    payment: ProcardPayment,
    outcome: ProcardPayment['outcome'],
    seconds: number,
    then: (at: number) => void,
  ): void {
    const moment = this.#world.now() + seconds * 1000;
    payment.waitsFor = 'time';
    payment.outcome = outcome;
    this.#world.agenda.at(moment, () => {
      payment.waitsFor = 'nothing';
      then(moment);
      void this.callBack(payment);
    });
  }

  #end(payment: ProcardPayment, ending: Ending, at: number): void {
    payment.waitsFor = 'nothing';
    if (ending.kind === 'approve') {
      payment.outcome = { status: 'APPROVED', code: 1, text: ANSWER_TEXTS[1] ?? '' };
      this.#world.ledger.captures.push(this.#entry(payment, at));
      return;
    }
    const { reason } = ending;
    payment.outcome =
      typeof reason === 'number'
        ? { status: 'DECLINED', code: reason, text: ANSWER_TEXTS[reason] ?? '' }
        : { status: 'DECLINED', code: 12, text: reason };
  }

  #expire(payment: ProcardPayment): void {
    if (payment.waitsFor !== 'card' && payment.waitsFor !== 'bank') return;
    payment.waitsFor = 'nothing';
    payment.outcome = { status: 'EXPIRED', code: 0, text: '' };
    void this.callBack(payment);
  }

  #challenge(
    payment: ProcardPayment,
    card: SandboxCard,
    behaviour: Extract<SandboxCard['behaviour'], { kind: 'threeds' }>,
    returnUrl: string,
  ): ChargeResult {
    const { bank } = this.#world;
    if (behaviour.version === 2 && (!isWebAddress(returnUrl) || returnUrl.length > 256)) {
      return this.decline(payment, 'Не передан AReqDetails.notificationUrl');
    }
    const purchase = {
      purpose: payment.description,
      amount: `${payment.amount} ${payment.currency}`,
      maskedPan: maskedPan(card),
    };
    const challenge =
      behaviour.version === 1
        ? bank.openVersion1(purchase, behaviour)
        : bank.openVersion2(purchase, returnUrl, behaviour);
    // The documented sample has this form: 64 and 13 hexadecimal digits.
    const transactionKey = randomBytes(39).toString('hex').slice(0, 77);
    payment.challenge = { transactionKey, bank: challenge };
    payment.waitsFor = 'bank';
    payment.outcome = { status: 'WAITING-AUTH', code: 0, text: '' };
    return { kind: 'challenge', bank: challenge, transactionKey };
  }

  #find(wanted: (payment: ProcardPayment) => boolean): ProcardPayment | undefined {
    return [...this.#byOrder.values()].find(wanted);
  }

  #entry(payment: ProcardPayment, at: number) {
    return {
      provider: 'procard' as const,
      reference: payment.orderId,
      amountMinor: payment.amountMinor,
      currency: payment.currency,
      at: new Date(at).toISOString(),
    };
  }
}
