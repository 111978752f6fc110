import assert from 'node:assert/strict';
import type { JournalEntry } from '../../../../demo/sandbox/journal.js';
import type { LedgerEntry } from '../../../../demo/sandbox/ledger.js';
import { CREDENTIALS, type SandboxOptions } from '../../../../demo/sandbox/settings.js';
import {
  browse,
  COMPLETE,
  ORDER,
  PURCHASE,
  startMerchant,
  type Answer,
  type Fields,
  type Merchant,
} from '../merchant.js';

export const merchant_id = CREDENTIALS.procardMerchantId;
const RETURN_URL = 'https://shop.example/pay/3ds/t/return';

/** The same fields without some of them. */
export function without(fields: Fields, ...names: string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** A merchant and one order at a time. The sandbox's clock stands still, unless `pass` moves it. */
export class Buyer {
  readonly merchant: Merchant;
  order = '';
  readonly #clock: { now: number };
  #orders = 0;

  static async start(options: Partial<SandboxOptions> = {}): Promise<Buyer> {
    const clock = { now: Date.parse('2026-11-22T12:00:00Z') };
    return new Buyer(await startMerchant({ now: () => clock.now, ...options }), clock);
  }

  private constructor(merchant: Merchant, clock: { now: number }) {
    this.merchant = merchant;
    this.#clock = clock;
    this.nextOrder();
  }

  nextOrder(): void {
    this.order = `ORD-${++this.#orders}`;
  }

  /** ISO 8601, as the ledger has it. */
  get now(): string {
    return new Date(this.#clock.now).toISOString();
  }

  /** Lets time pass, and waits until the sandbox has noticed. */
  async pass(seconds: number): Promise<void> {
    this.#clock.now += seconds * 1000;
    await this.merchant.control('ledger');
  }

  /** A complete, unsigned GooglePayPurchase. */
  async fields(cardId: string, changes: Fields = {}): Promise<Fields> {
    return {
      operation: 'GooglePayPurchase',
      merchant_id,
      amount: '1250.50',
      order_id: this.order,
      currency_iso: 'UAH',
      description: 'Оплата замовлення № 123: їжа й ґаджети',
      callback_url: this.merchant.callbackUrl,
      gpApiVersionMinor: '0',
      gpApiVersion: '2',
      gpPMDescription: 'Visa •••• 1000',
      gpPMType: 'CARD',
      gpPMICardNetwork: 'VISA',
      gpPMICardDetails: '1000',
      gpTokenType: 'PAYMENT_GATEWAY',
      gpToken: await this.merchant.token(cardId),
      'add_params[AReqDetails.notificationUrl]': RETURN_URL,
      ...changes,
    };
  }

  /** A complete, unsigned Purchase on ProcardPay's page. */
  pageFields(changes: Fields = {}): Fields {
    return {
      operation: 'Purchase',
      merchant_id,
      order_id: this.order,
      amount: '49.90',
      currency_iso: 'UAH',
      description: 'Oʻquv qoʻllanma <b>',
      callback_url: this.merchant.callbackUrl,
      approve_url: 'https://shop.example/approved',
      decline_url: 'https://shop.example/declined',
      cancel_url: 'https://shop.example/cancelled',
      'add_params[attempt]': this.order,
      redirect: '0',
      language: 'en',
      ...changes,
    };
  }

  send(fields: Fields): Promise<Answer> {
    return this.merchant.procard('', fields, PURCHASE);
  }

  async purchase(cardId: string, changes: Fields = {}): Promise<Answer> {
    return this.send(await this.fields(cardId, changes));
  }

  /** The address of a fresh payment page. */
  async openPage(changes: Fields = {}): Promise<string> {
    const answer = await this.send(this.pageFields(changes));
    assert.equal(answer['result'], 0);
    return String(answer['url']);
  }

  check(): Promise<Answer> {
    return this.merchant.procard('check', { merchant_id, order_id: this.order }, ORDER);
  }

  async status(): Promise<unknown> {
    return (await this.check())['transactionStatus'];
  }

  reverse(): Promise<Answer> {
    return this.merchant.procard('reverse', { merchant_id, order_id: this.order }, ORDER);
  }

  complete(transaction_key: unknown, result: Fields = {}): Promise<Answer> {
    const fields = { operation: 'Complete3DS', merchant_id, transaction_key: String(transaction_key) };
    return this.merchant.procard('', { ...fields, d3ds_md: '', d3ds_pares: '', ...result }, COMPLETE);
  }

  /** Begins a purchase with 3-D Secure 2, and passes at the bank: what Complete3DS takes. */
  async challenge(code = '123456'): Promise<{ key: unknown; cres: string }> {
    const answer = await this.purchase('mastercard-3ds2');
    const page = await browse(String(answer['d3AcsUrl']), { creq: String(answer['d3Creq']) });
    const last = await browse(new URL(page.action, this.merchant.sandbox.url).href, {
      ...page.hidden,
      code,
      decision: 'confirm',
    });
    return { key: answer['transaction_key'], cres: last.hidden['cres'] ?? assert.fail() };
  }

  /** Orders a fault or a decision, which the sandbox has to accept. */
  async ordered(operation: string, fault: string, more: object = {}): Promise<void> {
    const response = await fetch(`${this.merchant.sandbox.url}/control/faults`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ operation, fault, ...more }),
    });
    assert.equal(response.status, 200, await response.text());
  }

  async callback(): Promise<Answer> {
    return (await this.merchant.nextCallback()).body;
  }

  async captures(): Promise<LedgerEntry[]> {
    return (await this.#ledger()).captures.filter(({ reference }) => reference === this.order);
  }

  async reversals(): Promise<LedgerEntry[]> {
    return (await this.#ledger()).reversals.filter(({ reference }) => reference === this.order);
  }

  /** The journal's messages about the current order, oldest first. */
  async journal(): Promise<JournalEntry[]> {
    const entries = (await this.merchant.control('journal')) as JournalEntry[];
    return entries.filter(({ about }) => about.includes(`procard:${this.order}`));
  }

  /** What was looked at in the latest request, whatever it was about: `what` and whether it passed. */
  async lastChecks(): Promise<Map<string, boolean>> {
    const entries = (await this.merchant.control('journal')) as JournalEntry[];
    const last = entries.findLast(({ from }) => from === 'server');
    return new Map(last?.checks?.map(({ what, passed }) => [what, passed]));
  }

  async #ledger(): Promise<{ captures: LedgerEntry[]; reversals: LedgerEntry[] }> {
    return (await this.merchant.control('ledger')) as { captures: LedgerEntry[]; reversals: LedgerEntry[] };
  }
}
