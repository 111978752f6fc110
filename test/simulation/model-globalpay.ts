import type { Chance } from './chance.js';
import type { Ledger } from './ledger.js';
import type { Time } from './time.js';

export const GLOBALPAY_USER = 'simulated';
export const GLOBALPAY_PASSWORD = 'canary-globalpay-password';
const SECOND = 1_000;

interface Token {
  id: string;
  externalId: string;
  amount: number;
  expiresAt: number;
  status: 'INIT' | 'APPROVED' | 'FAILED';
  error?: string;
  receiptAt: number;
}

export interface Reply {
  status: number;
  body: Record<string, unknown>;
}

/** GlobalPay Checkout as its page describes it, with a mood. Written apart from the adapter: it shares no code with it. */
export class GlobalPayModel {
  readonly #tokens = new Map<string, Token>();
  readonly #names = new Set<string>();
  /** Access tokens with the end of their lives, refresh tokens likewise. */
  readonly #access = new Map<string, number>();
  readonly #refresh = new Map<string, number>();
  readonly #deps: { chance: Chance; time: Time; ledger: Ledger; callBack: (body: string) => void };

  constructor(deps: { chance: Chance; time: Time; ledger: Ledger; callBack: (body: string) => void }) {
    this.#deps = deps;
  }

  execute(method: 'GET' | 'POST', path: string, authorization: string | undefined, text: string): Reply {
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
    if (path === '/v1/merchant/auth') {
      const right = body['username'] === GLOBALPAY_USER && body['password'] === GLOBALPAY_PASSWORD;
      return right ? this.#session() : problem(401);
    }
    if (path === '/v1/merchant/auth/refresh') {
      const given = String(body['refresh_token']);
      const isAlive = (this.#refresh.get(given) ?? 0) > this.#deps.time.now();
      this.#refresh.delete(given);
      return isAlive ? this.#session() : problem(401);
    }
    const access = authorization?.replace('Bearer ', '') ?? '';
    if ((this.#access.get(access) ?? 0) <= this.#deps.time.now()) return problem(401);
    if (method === 'POST' && path === '/v1/user-service-tokens') return this.#create(body);
    const token = this.#tokens.get(path.replace('/v1/payment/servicetoken/', ''));
    return token ? { status: 200, body: this.#status(token) } : problem(404);
  }

  /** The shopper on GlobalPay's page. A refused card may be followed by another. */
  payAtPage(url: string): void {
    const { chance, time } = this.#deps;
    const token = this.#tokens.get(url.split('/').at(-1) ?? '');
    if (!token || time.now() > token.expiresAt || token.status === 'APPROVED') return;
    if (chance.happens(0.3)) {
      this.#end(token, 'FAILED');
      if (chance.happens(0.5)) time.after(chance.int(5, 60) * SECOND, () => this.#end(token, 'APPROVED'));
      return;
    }
    // Begun before the end of the life, finished whenever the bank is ready.
    time.after(chance.int(1, 120) * SECOND, () => this.#end(token, 'APPROVED'));
  }

  #session(): Reply {
    const { chance, time } = this.#deps;
    const life = chance.pick([40, 90, 300]);
    const [access, refresh] = [`canary-access-${chance.text(12)}`, `canary-refresh-${chance.text(12)}`];
    this.#access.set(access, time.now() + life * SECOND);
    this.#refresh.set(refresh, time.now() + 4 * life * SECOND);
    return {
      status: 200,
      body: {
        access_token: access,
        expires_in: life,
        refresh_token: refresh,
        refresh_expires_in: 4 * life,
      },
    };
  }

  #create(body: Record<string, unknown>): Reply {
    const { chance, time, ledger } = this.#deps;
    const { name, externalId, tokenLifespan, requestFields } = body;
    if (this.#names.has(String(name))) return problem(400);
    this.#names.add(String(name));
    const fields = requestFields as { name: string; value: string }[];
    const amount = Number(fields.find((field) => field.name === 'amount')?.value);
    const token: Token = {
      id: chance.text(22),
      externalId: String(externalId),
      amount,
      expiresAt: time.now() + Number(tokenLifespan) * SECOND,
      status: 'INIT',
      receiptAt: Infinity,
    };
    this.#tokens.set(token.id, token);
    ledger.amountsTold.set(token.externalId, amount);
    return {
      status: 200,
      body: { ...body, id: token.id, userRedirectUrl: `https://checkout.globalpay.example/pay/${token.id}` },
    };
  }

  #status(token: Token): Record<string, unknown> {
    const { time } = this.#deps;
    if (token.status === 'INIT' && time.now() > token.expiresAt + 130 * SECOND) {
      token.status = 'FAILED';
      token.error = 'PAYMENT_EXPIRED';
    }
    const { id, externalId, amount, status, error, receiptAt } = token;
    const gnkDetail = time.now() >= receiptAt ? { qrCodeUrl: `https://ofd.example/check/${id}` } : null;
    return { id, externalId, amount, currency: 'UZS', status, error: error ?? null, gnkDetail };
  }

  #end(token: Token, status: 'APPROVED' | 'FAILED'): void {
    const { chance, time, ledger, callBack } = this.#deps;
    if (token.status === 'APPROVED' || token.error === 'PAYMENT_EXPIRED') return;
    token.status = status;
    if (status === 'FAILED') token.error = 'INSUFFICIENT_FUNDS';
    else {
      delete token.error;
      token.receiptAt = time.now() + chance.pick([0, 20 * SECOND, 600 * SECOND]);
      const { externalId: reference, amount: amountMinor } = token;
      ledger.captures.push({ reference, amountMinor, currency: 'UZS', at: time.now() });
    }
    const times = chance.pick([0, 1, 1, 2, 3]);
    for (let number = 0; number < times; number++) callBack(JSON.stringify(this.#status(token)));
  }
}

function problem(status: number): Reply {
  return { status, body: { code: status, detail: 'no' } };
}
