import { createHmac } from 'node:crypto';
import type { Chance } from './chance.js';
import type { Ledger } from './ledger.js';
import type { Time } from './time.js';

export const PROCARD_MERCHANT = 'BO_simulated';
export const PROCARD_SECRET = 'canary-procard-secret';
const MINUTE = 60_000;

type Status = 'NEW' | 'ON-PAYMENT' | 'WAITING-AUTH' | 'APPROVED' | 'DECLINED' | 'EXPIRED';

interface Payment {
  orderId: string;
  amount: string;
  status: Status;
  openedAt: number;
  /** Before this instant the status query does not know the payment. */
  shownAt: number;
  transactionKey?: string;
  creq?: string;
}

type Answer = Record<string, unknown>;

/** ProcardPay as its documents describe it, with a mood. Written apart from the adapter: it shares no code with it. */
export class ProcardModel {
  readonly #payments = new Map<string, Payment>();
  readonly #deps: { chance: Chance; time: Time; ledger: Ledger; callBack: (body: string) => void };

  constructor(deps: { chance: Chance; time: Time; ledger: Ledger; callBack: (body: string) => void }) {
    this.#deps = deps;
  }

  execute(path: string, form: FormData): Answer {
    const field = (name: string) => textOf(form, name);
    const signedNames = path === 'check' ? ['merchant_id', 'order_id'] : SIGNED[field('operation')];
    if (!signedNames) return { code: -11, message: 'operation' };
    if (field('signature') !== sign(signedNames.map(field))) return { code: -4, message: 'signature' };
    if (path === 'check') return this.#check(field('order_id'));
    switch (field('operation')) {
      case 'GooglePayPurchase':
        return this.#purchase(field('order_id'), field('amount'));
      case 'Purchase':
        return this.#page(field('order_id'), field('amount'));
      default:
        return this.#complete(field('transaction_key'), field('d3ds_cres'));
    }
  }

  /** The shopper on ProcardPay's own page. */
  payAtPage(url: string): void {
    const payment = this.#payments.get(new URL(url).searchParams.get('payment') ?? '');
    if (payment?.status === 'NEW') this.#decide(payment, this.#deps.chance.happens(0.7));
  }

  #purchase(orderId: string, amount: string): Answer {
    const { chance, time } = this.#deps;
    if (this.#payments.has(orderId)) return { code: -9, message: 'order_id' };
    const kind = chance.int(0, 9);
    if (kind === 0) return { code: chance.pick([-5, -18]), message: 'refused' };
    const payment = this.#open(orderId, amount);
    if (kind <= 3) {
      payment.status = 'WAITING-AUTH';
      payment.transactionKey = `canary-key-${chance.text(40)}`;
      payment.creq = creqOf(chance);
      return {
        code: 2002,
        status: chance.pick(['3ds', '3DS']),
        transaction_key: payment.transactionKey,
        d3AcsUrl: 'https://acs.bank.example/challenge',
        d3Creq: payment.creq,
        d3Md: '',
        d3Pareq: '',
      };
    }
    if (kind === 4) {
      // Not decided yet; the end comes by itself, with or without a callback.
      payment.status = 'ON-PAYMENT';
      time.after(chance.int(1_000, 20 * MINUTE), () => this.#decide(payment, chance.happens(0.6)));
      return { reasonCode: 0, reason: 'OK', transactionStatus: 'ON-PAYMENT' };
    }
    this.#decide(payment, kind <= 7);
    return payment.status === 'APPROVED'
      ? { reasonCode: 0, reason: 'OK', transactionStatus: 'APPROVED' }
      : { reasonCode: 12, reason: chance.pick<string | number>([76, 'no']), transactionStatus: 'DECLINED' };
  }

  #page(orderId: string, amount: string): Answer {
    if (this.#payments.has(orderId)) return { result: 1, code: -9, message: 'order_id' };
    this.#open(orderId, amount);
    return { result: 0, url: `https://pay.procard.example/pay?payment=${orderId}` };
  }

  #complete(transactionKey: string, cres: string): Answer {
    const payment = [...this.#payments.values()].find((one) => one.transactionKey === transactionKey);
    if (!payment) return { code: -10, message: 'unknown' };
    if (payment.status === 'WAITING-AUTH') this.#decide(payment, transStatusOf(cres) === 'Y');
    return {
      order_id: payment.orderId,
      status: payment.status,
      code: payment.status === 'APPROVED' ? 1 : 12,
    };
  }

  #check(orderId: string): Answer {
    const { chance, time } = this.#deps;
    const payment = this.#payments.get(orderId);
    if (!payment || time.now() < payment.shownAt) return { code: -10, message: 'unknown' };
    if (OPEN.includes(payment.status) && time.now() > payment.openedAt + 30 * MINUTE)
      payment.status = 'EXPIRED';
    return {
      code: 0,
      merchantAccount: PROCARD_MERCHANT,
      orderReference: orderId,
      amount: payment.amount,
      currency: 'UAH',
      transactionStatus: payment.status,
      reason: chance.pick(['OK', '']),
      reasonCode: payment.status === 'APPROVED' ? 1 : 76,
    };
  }

  #open(orderId: string, amount: string): Payment {
    const { chance, time, ledger } = this.#deps;
    const now = time.now();
    const shownAt = chance.happens(0.2) ? now + chance.int(1_000, 5 * MINUTE) : now;
    const payment: Payment = { orderId, amount, status: 'NEW', openedAt: now, shownAt };
    this.#payments.set(orderId, payment);
    ledger.amountsTold.set(orderId, Math.round(Number(amount) * 100));
    return payment;
  }

  #decide(payment: Payment, approve: boolean): void {
    const { chance, time, ledger, callBack } = this.#deps;
    if (!OPEN.includes(payment.status)) return;
    payment.status = approve ? 'APPROVED' : 'DECLINED';
    if (approve) {
      const amountMinor = Math.round(Number(payment.amount) * 100);
      ledger.captures.push({ reference: payment.orderId, amountMinor, currency: 'UAH', at: time.now() });
    }
    const times = chance.pick([0, 1, 1, 2, 3]);
    for (let number = 0; number < times; number++) callBack(callback(payment, chance));
  }
}

/** A field of a form; one that is missing counts as empty. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

const OPEN: readonly Status[] = ['NEW', 'ON-PAYMENT', 'WAITING-AUTH'];

const FIVE = ['merchant_id', 'order_id', 'amount', 'currency_iso', 'description'];
const SIGNED: Record<string, string[]> = {
  GooglePayPurchase: FIVE,
  Purchase: FIVE,
  Complete3DS: ['merchant_id', 'transaction_key', 'd3ds_md', 'd3ds_pares'],
};

function sign(values: readonly string[]): string {
  return createHmac('sha512', PROCARD_SECRET).update(values.join(';')).digest('hex');
}

/** The signature leaves the status out, so some callbacks say the opposite of the truth and are rightly signed. */
function callback({ orderId, amount, status }: Payment, chance: Chance): string {
  const isApproved = status === 'APPROVED';
  const word = chance.happens(0.15) !== isApproved ? 'Approved' : 'Declined';
  const merchantSignature = chance.happens(0.1)
    ? 'f'.repeat(128)
    : sign([PROCARD_MERCHANT, orderId, amount, 'UAH']);
  return JSON.stringify({
    merchantAccount: PROCARD_MERCHANT,
    orderReference: orderId,
    amount,
    currency: 'UAH',
    transactionStatus: word,
    reasonCode: 1,
    merchantSignature,
    at: chance.int(0, 3),
  });
}

function encode(message: object): string {
  return Buffer.from(JSON.stringify(message)).toString('base64url');
}

function creqOf(chance: Chance): string {
  const ids = { threeDSServerTransID: chance.uuid(), acsTransID: chance.uuid() };
  return encode({
    ...ids,
    messageType: 'CReq',
    messageVersion: '2.1.0',
    canary: `canary-creq-${chance.text(6)}`,
  });
}

/** What the bank posts back to the merchant once it has asked the cardholder. */
export function cresTo(creq: string, transStatus: 'Y' | 'N'): string {
  const { threeDSServerTransID, acsTransID, messageVersion } = JSON.parse(
    Buffer.from(creq, 'base64url').toString(),
  ) as Record<string, string>;
  const canary = 'canary-cres';
  return encode({
    threeDSServerTransID,
    acsTransID,
    messageType: 'CRes',
    messageVersion,
    transStatus,
    canary,
  });
}

function transStatusOf(cres: string): unknown {
  return (JSON.parse(Buffer.from(cres, 'base64url').toString()) as { transStatus?: unknown }).transStatus;
}
