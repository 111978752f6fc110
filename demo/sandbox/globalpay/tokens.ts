import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { challengeName, type BankChallenge } from '../acs/bank.js';
import type { SandboxCard } from '../scenarios.js';
import type { World } from '../world.js';

/** What create was asked for, with the effective life; it is echoed. */
export interface TokenRequest {
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
}

export type Step =
  | { kind: 'card' }
  | { kind: 'sms'; card: SandboxCard; triesLeft: number }
  | { kind: 'bank'; challenge: BankChallenge }
  | { kind: 'approved'; receipt: Receipt }
  | { kind: 'failed'; error: string };

export interface Receipt {
  id: string;
  receiptId: number;
  terminalId: string;
  fiscalSign: string;
  at: number;
}

export interface PaymentToken {
  readonly id: string;
  readonly request: TokenRequest;
  readonly amountMinor: number;
  readonly currency: string;
  /** Milliseconds, the sandbox's clock. */
  expiresAt: number;
  step: Step;
}

/** `expiresAt` of both in milliseconds, the sandbox's clock. */
interface Session {
  accessToken: string;
  accessExpiresAt: number;
  refreshToken: string;
  refreshExpiresAt: number;
}

const REFRESH_SECONDS = 1800;

/** What GlobalPay knows: sessions of merchants, and payment tokens with what became of them. */
export class GlobalpayTokens {
  readonly #world: World;
  readonly #accessSeconds: number;
  readonly #tokens = new Map<string, PaymentToken>();
  readonly #names = new Set<string>();
  #sessions: Session[] = [];

  constructor(world: World, accessSeconds: number) {
    this.#world = world;
    this.#accessSeconds = accessSeconds;
  }

  /** A new session, in the words of the auth answer. */
  logIn() {
    const now = this.#world.now();
    const session: Session = {
      accessToken: `sandbox-access-${randomBytes(18).toString('base64url')}`,
      accessExpiresAt: now + this.#accessSeconds * 1000,
      refreshToken: `sandbox-refresh-${randomBytes(18).toString('base64url')}`,
      refreshExpiresAt: now + REFRESH_SECONDS * 1000,
    };
    this.#sessions.push(session);
    return {
      access_token: session.accessToken,
      expires_in: this.#accessSeconds,
      refresh_token: session.refreshToken,
      refresh_expires_in: REFRESH_SECONDS,
      token_type: 'Bearer',
    };
  }

  /** A refresh token works once, and ends its session: the old access token is refused from then on. */
  refresh(refreshToken: string) {
    const now = this.#world.now();
    const old = this.#sessions.find((one) => one.refreshToken === refreshToken && now < one.refreshExpiresAt);
    if (!old) return undefined;
    this.#sessions = this.#sessions.filter((one) => one !== old);
    return this.logIn();
  }

  accepts(accessToken: string): boolean {
    const now = this.#world.now();
    return this.#sessions.some((one) => one.accessToken === accessToken && now < one.accessExpiresAt);
  }

  hasName(name: string): boolean {
    return this.#names.has(name);
  }

  create(request: TokenRequest, money: { amountMinor: number; currency: string }): PaymentToken {
    const token: PaymentToken = {
      id: randomUUID(),
      request,
      ...money,
      expiresAt: this.#world.now() + request.tokenLifespan * 1000,
      step: { kind: 'card' },
    };
    this.#tokens.set(token.id, token);
    this.#names.add(request.name);
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
      if (step.kind === 'approved' && step.receipt.id === receiptId) return { token, receipt: step.receipt };
    }
    return undefined;
  }

  approve(token: PaymentToken): void {
    const at = this.#world.now();
    token.step = {
      kind: 'approved',
      receipt: {
        id: randomUUID(),
        receiptId: this.#world.ledger.captures.length + 1,
        terminalId: 'UZ000000000000',
        fiscalSign: String(randomInt(10 ** 11, 10 ** 12)),
        at,
      },
    };
    this.#world.ledger.captures.push({
      provider: 'globalpay',
      reference: token.request.externalId,
      amountMinor: token.amountMinor,
      currency: token.currency,
      at: new Date(at).toISOString(),
    });
  }

  clear(): void {
    this.#tokens.clear();
    this.#names.clear();
    this.#sessions = [];
  }
}

/** Where the shopper pays. */
export function pageAddress(token: PaymentToken, origin: string): string {
  return `${origin}/globalpay/pay/${token.id}`;
}

/** What the journal calls a payment. */
export function namesOf(token: PaymentToken, origin: string): string[] {
  const { step } = token;
  return [
    `globalpay:${token.id}`,
    `page:${pageAddress(token, origin)}`,
    ...(step.kind === 'bank' ? [challengeName(step.challenge)] : []),
  ];
}

/** Answer of the status query, and body of the callback: the same structure (GlobalPay Checkout, workflow page). */
export function statusBody(token: PaymentToken, origin: string) {
  const { step } = token;
  return {
    id: token.id,
    externalId: token.request.externalId,
    account: token.request.account,
    amount: token.amountMinor,
    currency: token.currency,
    status: step.kind === 'approved' ? 'APPROVED' : step.kind === 'failed' ? 'FAILED' : 'INIT',
    error: step.kind === 'failed' ? step.error : null,
    gnkDetail:
      step.kind === 'approved'
        ? {
            receiptId: step.receipt.receiptId,
            terminalId: step.receipt.terminalId,
            fiscalSign: step.receipt.fiscalSign,
            success: true,
            message: '',
            qrCodeUrl: `${origin}/globalpay/receipt/${step.receipt.id}`,
          }
        : null,
  };
}
