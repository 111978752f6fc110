import * as z from 'zod/mini';
import { Scalar } from '../json-object.js';
import { isSuccess, type PspClient, type PspReply } from '../psp-http.js';
import type { GlobalPaySettings } from './settings.js';

export type TokenOutcome = { kind: 'token'; token: string } | { kind: 'failed'; why: string };

/** Seconds, where the answer does not say how long a token lives. */
const ASSUMED_LIFE = 60;

interface Tokens {
  access: string;
  refresh: string | undefined;
  /** On the monotonic clock, milliseconds. */
  renewAt: number;
  refreshUntil: number;
}

/** Sent by GlobalPay in answer to auth and refresh (Checkout, workflow page). */
const TokenReply = z.object({
  access_token: z.string().check(z.regex(/^[\x21-\x7e]{1,8192}$/)), // What fits into a header.
  expires_in: Scalar,
  refresh_token: Scalar,
  refresh_expires_in: Scalar,
});

/**
 * GlobalPay's access token, in memory only. However many calls find it missing, old or refused, one request renews
 * it and all of them wait for that one, for its failure too.
 */
export class AccessToken {
  readonly #settings: GlobalPaySettings;
  readonly #http: PspClient;
  readonly #now: () => number;
  #tokens: Tokens | undefined;
  #renewal: Promise<TokenOutcome> | undefined;

  /** `now`: a clock that nobody sets, in milliseconds. */
  constructor(settings: GlobalPaySettings, http: PspClient, now: () => number) {
    this.#settings = settings;
    this.#http = http;
    this.#now = now;
  }

  async get(): Promise<TokenOutcome> {
    if (this.#tokens && this.#now() < this.#tokens.renewAt)
      return { kind: 'token', token: this.#tokens.access };
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  /** The token was refused: the next `get` renews, unless it has been renewed already. */
  drop(token: string): void {
    if (this.#tokens?.access === token) this.#tokens.renewAt = -Infinity;
  }

  async #renew(): Promise<TokenOutcome> {
    const { refresh, refreshUntil = -Infinity } = this.#tokens ?? {};
    if (refresh !== undefined && this.#now() < refreshUntil) {
      const refreshed = await this.#ask('/v1/merchant/auth/refresh', { refresh_token: refresh });
      if (refreshed.kind === 'token') return refreshed;
    }
    const { username, password } = this.#settings;
    return this.#ask('/v1/merchant/auth', { username, password: password.reveal() });
  }

  async #ask(path: string, body: Record<string, string>): Promise<TokenOutcome> {
    const sentAt = this.#now();
    const reply = await this.#http.post(`${this.#settings.apiUrl}${path}`, JSON.stringify(body));
    this.#tokens = readTokens(reply, sentAt);
    if (this.#tokens) return { kind: 'token', token: this.#tokens.access };
    return { kind: 'failed', why: whyNot(reply) };
  }
}

function readTokens(reply: PspReply, sentAt: number): Tokens | undefined {
  if (!isSuccess(reply)) return undefined;
  const parsed = TokenReply.safeParse(reply.json);
  if (!parsed.success) return undefined;
  const { access_token, expires_in, refresh_token, refresh_expires_in } = parsed.data;
  return {
    access: access_token,
    refresh: refresh_token,
    renewAt: sentAt + usableFor(seconds(expires_in)) * 1_000,
    refreshUntil: sentAt + usableFor(seconds(refresh_expires_in)) * 1_000,
  };
}

/** A life in seconds. Missing, zero, negative, fractional and absurd ones are not believed. */
function seconds(text: string | undefined): number {
  return text !== undefined && /^0*[1-9]\d{0,6}$/.test(text) ? Number(text) : ASSUMED_LIFE;
}

/** Renewed ahead of the end: by 30 s or a tenth of the life, whichever is longer; a short life at its half. */
function usableFor(life: number): number {
  return life > 60 ? life - Math.max(30, life / 10) : life / 2;
}

function whyNot(reply: PspReply): string {
  const isRefusal = reply.kind !== 'none' && reply.status >= 400 && reply.status < 500;
  return isRefusal
    ? "GlobalPay did not accept the merchant's credentials."
    : 'GlobalPay gave no access token.';
}
