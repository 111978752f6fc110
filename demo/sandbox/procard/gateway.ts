import { randomBytes } from 'node:crypto';
import { challengeName, type BankChallenge } from '../acs/bank.js';
import { hasCallback, maskedPan } from '../cards.js';
import type { SandboxCard } from '../scenarios.js';
import { isWebAddress, type World } from '../world.js';

export interface ProcardPayment {
  readonly orderId: string;
  /** As received; it goes back the same in every answer. */
  readonly amount: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly description: string;
  readonly callbackUrl: string;
  readonly addParams: unknown;
  readonly transactionId: number;
  readonly createdAt: number;
  /** Only where the shopper pays on ProcardPay's own page. */
  readonly page?: PaymentPage;
  card?: SandboxCard;
  challenge?: { transactionKey: string; bank: BankChallenge };
  outcome: Outcome;
}

export interface PaymentPage {
  id: string;
  approveUrl: string;
  declineUrl: string;
  cancelUrl: string;
  language: string;
}

/** `code` and `text`: the answer code and its text, as the status query shows them. */
export interface Outcome {
  status: 'NEW' | 'WAITING-AUTH' | 'APPROVED' | 'DECLINED' | 'EXPIRED' | 'REFUNDED';
  code: number;
  text: string;
}

export type ChargeResult =
  | { kind: 'settled' }
  | { kind: 'challenge'; bank: BankChallenge; transactionKey: string }
  /** The request is rejected as a whole: no payment exists. */
  | { kind: 'rejected'; code: number }
  | { kind: 'answer_lost' };

/** Assumed: no document says how long ProcardPay waits for a shopper. */
const UNFINISHED_LIFE_MS = 15 * 60_000;

/** Texts of the answer codes in use (ProcardPay, dictionary page). */
const ANSWER_TEXTS: Record<number, string> = {
  1: 'ОПЕРАЦИЯ РАЗРЕШЕНА',
  12: 'Операция отклонена',
  76: 'На счете не хватает средств',
  210: 'Неверное значение CAVV',
  585: 'Неверное значение криптограммы ARQC',
};

/** What ProcardPay knows and does; how it is asked and how it answers is in api.ts and pages.ts. */
export class ProcardGateway {
  readonly #world: World;
  readonly #byOrder = new Map<string, ProcardPayment>();
  #lastTransactionId = 28_122_000;

  constructor(world: World) {
    this.#world = world;
  }

  has(orderId: string): boolean {
    return this.#byOrder.has(orderId);
  }

  open(
    purchase: Omit<ProcardPayment, 'transactionId' | 'createdAt' | 'card' | 'challenge' | 'outcome'>,
  ): ProcardPayment {
    const payment: ProcardPayment = {
      ...purchase,
      transactionId: ++this.#lastTransactionId,
      createdAt: this.#world.now(),
      outcome: { status: 'NEW', code: 0, text: '' },
    };
    this.#byOrder.set(payment.orderId, payment);
    return payment;
  }

  byOrder(orderId: string): ProcardPayment | undefined {
    return this.#upToDate(this.#byOrder.get(orderId));
  }

  byPage(id: string): ProcardPayment | undefined {
    return this.#upToDate(this.#find((payment) => payment.page?.id === id));
  }

  byTransactionKey(key: string): ProcardPayment | undefined {
    return this.#upToDate(this.#find((payment) => payment.challenge?.transactionKey === key));
  }

  /** `returnUrl`: where the bank sends the shopper in 3-D Secure 2; without one, no challenge is offered. */
  charge(payment: ProcardPayment, card: SandboxCard, returnUrl: string): ChargeResult {
    payment.card = card;
    const { behaviour } = card;
    switch (behaviour.kind) {
      case 'approve':
        this.#approve(payment);
        return { kind: 'settled' };
      case 'answer_lost':
        this.#approve(payment);
        return { kind: 'answer_lost' };
      case 'decline':
        this.decline(payment, behaviour.reason);
        return { kind: 'settled' };
      case 'reject':
        this.#byOrder.delete(payment.orderId);
        return { kind: 'rejected', code: behaviour.code };
      case 'threeds':
        return this.#challenge(payment, card, behaviour, returnUrl);
      case 'sms':
      case 'bank_page':
        throw new Error(`${card.id} is a card of GlobalPay's page`);
    }
  }

  decline(payment: ProcardPayment, reason: string | number): void {
    payment.outcome =
      typeof reason === 'number'
        ? { status: 'DECLINED', code: reason, text: ANSWER_TEXTS[reason] ?? '' }
        : { status: 'DECLINED', code: 12, text: reason };
  }

  /** The first call decides; a later one finds the payment decided. */
  complete(payment: ProcardPayment, message: { cres: string } | { PaRes: string; MD: string }): void {
    const { challenge } = payment;
    if (!challenge || payment.outcome.status !== 'WAITING-AUTH') return;
    if (this.#world.bank.confirms(challenge.bank, message)) this.#approve(payment);
    else this.decline(payment, 210);
  }

  /** Whether the money went back. Only a captured payment can be reversed, once and in full. */
  reverse(payment: ProcardPayment): boolean {
    if (payment.outcome.status !== 'APPROVED') return false;
    payment.outcome = { ...payment.outcome, status: 'REFUNDED' };
    this.#world.ledger.reversals.push(this.#entry(payment));
    return true;
  }

  /** What the journal calls this payment. */
  namesOf({ orderId, challenge, page }: ProcardPayment): string[] {
    return [
      `procard:${orderId}`,
      ...(challenge ? [challengeName(challenge.bank)] : []),
      ...(page ? [`page:${this.#world.origin}/procard/pay/${page.id}`] : []),
    ];
  }

  /** Whether ProcardPay calls back about this payment now. */
  callsBack(payment: ProcardPayment): boolean {
    const isDecided = payment.outcome.status === 'APPROVED' || payment.outcome.status === 'DECLINED';
    return isDecided && (!payment.card || hasCallback(payment.card));
  }

  clear(): void {
    this.#byOrder.clear();
  }

  #approve(payment: ProcardPayment): void {
    payment.outcome = { status: 'APPROVED', code: 1, text: ANSWER_TEXTS[1] ?? '' };
    this.#world.ledger.captures.push(this.#entry(payment));
  }

  #challenge(
    payment: ProcardPayment,
    card: SandboxCard,
    behaviour: Extract<SandboxCard['behaviour'], { kind: 'threeds' }>,
    returnUrl: string,
  ): ChargeResult {
    const { bank } = this.#world;
    if (behaviour.version === 2 && (!isWebAddress(returnUrl) || returnUrl.length > 256)) {
      this.decline(payment, 'Не передан AReqDetails.notificationUrl');
      return { kind: 'settled' };
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
    payment.outcome = { status: 'WAITING-AUTH', code: 0, text: '' };
    return { kind: 'challenge', bank: challenge, transactionKey };
  }

  #find(wanted: (payment: ProcardPayment) => boolean): ProcardPayment | undefined {
    return [...this.#byOrder.values()].find(wanted);
  }

  #upToDate(payment: ProcardPayment | undefined): ProcardPayment | undefined {
    const isOpen = payment?.outcome.status === 'NEW' || payment?.outcome.status === 'WAITING-AUTH';
    if (payment && isOpen && this.#world.now() > payment.createdAt + UNFINISHED_LIFE_MS) {
      payment.outcome = { status: 'EXPIRED', code: 0, text: '' };
    }
    return payment;
  }

  #entry(payment: ProcardPayment) {
    return {
      provider: 'procard' as const,
      reference: payment.orderId,
      amountMinor: payment.amountMinor,
      currency: payment.currency,
      at: new Date(this.#world.now()).toISOString(),
    };
  }
}
