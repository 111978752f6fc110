import { randomUUID } from 'node:crypto';
import type { OfferMethod } from '../../../src/contract/index.js';
import type { Environment } from '../../setting-error.js';
import type { Attempt, AttemptRef, CallbackReading, Provider, ProviderResult } from '../provider.js';
import { isSuccess, undecided, type PspClient, type PspReply } from '../psp-http.js';
import { AccessToken } from './access-token.js';
import { readGlobalPaySettings, type GlobalPaySettings } from './settings.js';
import { assertPayable, createToken, readCallback, readStatus, readToken } from './wire.js';

/** GlobalPay where the environment sets it up. `now`: the clock of `AttemptRef.createdAt`. */
export function createGlobalPay(env: Environment, http: PspClient, now: () => number): GlobalPay | undefined {
  const settings = readGlobalPaySettings(env);
  return settings && new GlobalPay(settings, http, { ...CLOCKS, wall: now });
}

/** Milliseconds. `monotonic` measures durations; `wall` is the clock of `AttemptRef.createdAt`. */
export interface Clocks {
  monotonic(): number;
  wall(): number;
}

const CLOCKS: Clocks = { monotonic: () => performance.now(), wall: () => Date.now() };

/**
 * After so long nothing is created any more. A creation may take the whole 30 s of a call (psp-http.ts), and 45 s after
 * the payment was written (schedule.ts) somebody may ask, hear of no token, and declare it failed.
 */
const LATEST_CREATION_MS = 12_000;

/** GlobalPay Checkout (Uzbekistan): a payment token and GlobalPay's own page for Uzcard, Humo, Visa and Mastercard. */
export class GlobalPay implements Provider {
  readonly name = 'globalpay';
  readonly currency = 'UZS';
  readonly callbackReply = { accepted: 'OK', refused: 'ERROR' };
  readonly #settings: GlobalPaySettings;
  readonly #http: PspClient;
  readonly #clocks: Clocks;
  readonly #token: AccessToken;

  constructor(settings: GlobalPaySettings, http: PspClient, clocks = CLOCKS) {
    this.#settings = settings;
    this.#http = http;
    this.#clocks = clocks;
    this.#token = new AccessToken(settings, http, () => clocks.monotonic());
  }

  methods(): OfferMethod[] {
    return [{ type: 'hosted-page' }];
  }

  assertRepresentable(attempt: Attempt): void {
    assertPayable(attempt);
  }

  /**
   * Creates a payment token. A creation that was not answered is tried once more, under a new name: nobody has the
   * address of the lost token's page, so it ends unpaid.
   */
  async begin(attempt: Attempt): Promise<ProviderResult> {
    const latest = this.#clocks.monotonic() + LATEST_CREATION_MS;
    const first = await this.#create(attempt, latest);
    if (first.kind !== 'none' || !first.sent) return this.#readCreation(first, attempt);
    const second = this.#readCreation(await this.#create(attempt, latest), attempt);
    return second.kind === 'unknown' ? { ...second, sent: true } : second;
  }

  async complete(): Promise<ProviderResult> {
    throw new TypeError('GlobalPay does 3-D Secure on its own page');
  }

  /** `GET /v1/payment/servicetoken/{id}`: the only word that counts (GlobalPay Checkout, workflow page). */
  async query(attempt: AttemptRef): Promise<ProviderResult> {
    if (attempt.providerId === null)
      return { kind: 'refused', why: 'No payment token was received, so nobody could pay.' };
    const path = `/v1/payment/servicetoken/${encodeURIComponent(attempt.providerId)}`;
    const reply = await this.#authorised((headers) =>
      this.#http.get(`${this.#settings.apiUrl}${path}`, headers),
    );
    const end = attempt.createdAt + this.#settings.tokenLifespan * 1_000;
    const life = this.#clocks.wall() < end ? 'running' : 'over';
    if (isSuccess(reply)) return readStatus(reply.json, attempt, life);
    if (statusOf(reply) !== 404) return undecided(reply);
    if (life === 'running')
      return { kind: 'pending', why: 'GlobalPay knows of no payment with this token yet.' };
    return {
      kind: 'unknown',
      why: 'GlobalPay knows of no payment with this token, whose life is over.',
      sent: true,
      attention: 'unresolved',
    };
  }

  readCallback(rawBody: string): CallbackReading {
    return readCallback(rawBody);
  }

  async #create(attempt: Attempt, latest: number): Promise<PspReply> {
    const body = createToken(attempt, this.#settings, `${attempt.reference}-${randomUUID()}`);
    return this.#authorised(async (headers) =>
      this.#clocks.monotonic() > latest
        ? {
            kind: 'none',
            sent: false,
            why: 'GlobalPay took too long before a payment token could be created.',
          }
        : this.#http.post(`${this.#settings.apiUrl}/v1/user-service-tokens`, body, headers),
    );
  }

  #readCreation(reply: PspReply, attempt: Attempt): ProviderResult {
    if (isSuccess(reply)) return readToken(reply.json, attempt, this.#settings.redirectHosts);
    if (statusOf(reply) === 400)
      return { kind: 'refused', why: 'GlobalPay found the request for a payment token wrong.' };
    return undecided(reply);
  }

  /** Makes a call with the access token. A 401 proves that nothing was executed: one renewal, one repeat. */
  async #authorised(call: (headers: Record<string, string>) => Promise<PspReply>): Promise<PspReply> {
    const outcome = await this.#token.get();
    if (outcome.kind === 'failed') return { kind: 'none', sent: false, why: outcome.why };
    const reply = await call({ authorization: `Bearer ${outcome.token}` });
    if (statusOf(reply) !== 401) return reply;
    this.#token.drop(outcome.token);
    const renewed = await this.#token.get();
    if (renewed.kind === 'failed') return { kind: 'none', sent: false, why: renewed.why };
    return call({ authorization: `Bearer ${renewed.token}` });
  }
}

function statusOf(reply: PspReply): number | undefined {
  return reply.kind === 'none' ? undefined : reply.status;
}
