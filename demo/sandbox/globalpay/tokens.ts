import { randomInt, randomUUID } from 'node:crypto';
import { challengeName, type Version2 } from '../acs/bank.js';
import type { Decision } from '../faults/fault.js';
import type { Ending, SandboxCard } from '../scenarios.js';
import type { World } from '../world.js';

/** What create was asked for. */
export interface TokenRequest {
  /** Goes back in the answer, with the effective life in seconds. */
  echo: {
    name: string;
    description: string;
    externalId: string;
    account: string;
    tokenLifespan: number;
    externalServiceId: string | number;
    items: unknown[];
    requestFields: { name: string; value: string }[];
    successRedirectUrl?: string | undefined;
    failRedirectUrl?: string | undefined;
  };
  amountMinor: number;
  currency: string;
}

/** Where a payment stands. Both ends are final: a token is paid once, or not at all. */
export type Step =
  | { kind: 'card' }
  | { kind: 'sms'; card: SandboxCard; triesLeft: number }
  | { kind: 'bank'; card: SandboxCard; challenge: Version2 }
  | { kind: 'approved'; receipt: Receipt | undefined }
  | { kind: 'failed'; error: string };

export interface Receipt {
  id: string;
  receiptId: number;
  terminalId: string;
  fiscalSign: string;
  /** When the money was taken: milliseconds, the sandbox's clock. */
  at: number;
  /** From when on the status shows it. */
  shownFrom: number;
}

export interface PaymentToken extends TokenRequest {
  readonly id: string;
  /** Milliseconds, the sandbox's clock. */
  expiresAt: number;
  step: Step;
  /** Where the shopper pays. */
  readonly userRedirectUrl: string;
  /** What the journal calls this payment. */
  readonly names: string[];
  /** Ordered for this payment, in place of what its card says. */
  readonly decision: Decision | undefined;
  /** The status shown until then, though the payment has ended. */
  delay?: { status: string; until: number };
}

/** How often an SMS code may be typed wrong (assumed). */
const CODE_TRIES = 3;

/** How long after the money a late receipt comes (assumed). */
const RECEIPT_DELAY_MS = 3_000;

/** What GlobalPay knows: payment tokens, and what became of them. */
export class GlobalpayTokens {
  readonly #world: World;
  readonly #tokens = new Map<string, PaymentToken>();
  readonly #names = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  hasName(name: string): boolean {
    return this.#names.has(name);
  }

  create(request: TokenRequest, decision: Decision | undefined): PaymentToken {
    const id = randomUUID();
    const userRedirectUrl = `${this.#world.origin}/globalpay/pay/${id}`;
    const token: PaymentToken = {
      ...request,
      id,
      expiresAt: this.#world.now() + request.echo.tokenLifespan * 1000,
      step: { kind: 'card' },
      userRedirectUrl,
      names: [`globalpay:${id}`, `page:${userRedirectUrl}`],
      decision,
    };
    this.#tokens.set(id, token);
    this.#names.add(request.echo.name);
    return token;
  }

  /** Expiry is decided here, when somebody looks: life over, and no card data had come. */
  find(id: string): PaymentToken | undefined {
    const token = this.#tokens.get(id);
    if (token?.step.kind === 'card' && this.#world.now() > token.expiresAt) {
      token.step = { kind: 'failed', error: 'PAYMENT_EXPIRED' };
    }
    return token;
  }

  findByReceipt(receiptId: string): { token: PaymentToken; receipt: Receipt } | undefined {
    for (const token of this.#tokens.values()) {
      const { step } = token;
      if (step.kind === 'approved' && step.receipt?.id === receiptId) return { token, receipt: step.receipt };
    }
    return undefined;
  }

  askCode(token: PaymentToken, card: SandboxCard): void {
    token.step = { kind: 'sms', card, triesLeft: CODE_TRIES };
  }

  askBank(token: PaymentToken, card: SandboxCard, challenge: Version2): void {
    token.names.push(challengeName(challenge));
    token.step = { kind: 'bank', card, challenge };
  }

  /** The shopper has done everything: the card's ending comes, or the one that was ordered. */
  settle(token: PaymentToken, ending: Ending): void {
    const { decision } = token;
    if (decision?.fault === 'decline') return this.fail(token, String(decision.reason));
    if (decision?.fault === 'pending') {
      token.delay = { status: decision.status, until: this.#world.now() + decision.seconds * 1000 };
    }
    if (ending.kind === 'decline') return this.fail(token, ending.reason);
    this.#approve(token, ending.receipt);
  }

  fail(token: PaymentToken, error: string): void {
    token.step = { kind: 'failed', error };
  }

  clear(): void {
    this.#tokens.clear();
    this.#names.clear();
  }

  #approve(token: PaymentToken, receipt: 'late' | 'none' | undefined): void {
    const at = this.#world.now();
    const { captures } = this.#world.ledger;
    captures.push({
      provider: 'globalpay',
      reference: token.echo.externalId,
      amountMinor: token.amountMinor,
      currency: token.currency,
      at: new Date(at).toISOString(),
    });
    token.step = {
      kind: 'approved',
      receipt:
        receipt === 'none'
          ? undefined
          : {
              id: randomUUID(),
              receiptId: captures.length,
              terminalId: 'UZ000000000000',
              fiscalSign: String(randomInt(10 ** 11, 10 ** 12)),
              at,
              shownFrom: receipt === 'late' ? at + RECEIPT_DELAY_MS : at,
            },
    };
  }
}
