import type { OfferMethod } from '../../../src/contract/index.js';
import type { Environment } from '../../setting-error.js';
import { pageHost } from '../page-host.js';
import type {
  Attempt,
  AttemptRef,
  CallbackReading,
  ChallengeReturn,
  Provider,
  ProviderResult,
} from '../provider.js';
import { isSuccess, undecided, type PspClient, type PspReply } from '../psp-http.js';
import { readCallback } from './callback.js';
import { readCheck, readCompletion, readHostedPurchase, readPurchase } from './replies.js';
import { readProcardSettings, type ProcardSettings } from './settings.js';
import { check, complete3ds, encode, googlePayPurchase, hostedPurchase, type Fields } from './wire.js';

/** ProcardPay where the environment sets it up. */
export function createProcard(env: Environment, http: PspClient): Procard | undefined {
  const settings = readProcardSettings(env);
  return settings && new Procard(settings, http);
}

/** ProcardPay (Ukraine): Google Pay direct, with 3-D Secure 1 and 2, and its own payment page. */
export class Procard implements Provider {
  readonly name = 'procard';
  readonly currency = 'UAH';
  readonly callbackReply = { accepted: 'OK', refused: 'ERROR' };
  readonly #settings: ProcardSettings;
  readonly #http: PspClient;

  constructor(settings: ProcardSettings, http: PspClient) {
    this.#settings = settings;
    this.#http = http;
  }

  methods(): OfferMethod[] {
    const { googlePay } = this.#settings;
    if (!googlePay) return [{ type: 'hosted-page' }];
    const { merchantId, ...rest } = googlePay;
    return [
      {
        type: 'google-pay',
        ...rest,
        ...(merchantId !== undefined && { merchantId }),
        gateway: 'procard',
        networks: ['MASTERCARD', 'VISA'],
        authMethods: ['PAN_ONLY', 'CRYPTOGRAM_3DS'],
      },
      { type: 'hosted-page' },
    ];
  }

  assertRepresentable(attempt: Attempt): void {
    this.#purchase(attempt);
  }

  async begin(attempt: Attempt): Promise<ProviderResult> {
    const { apiUrl, merchantId } = this.#settings;
    const reply = await this.#post('', this.#purchase(attempt));
    if (!isSuccess(reply)) return undecided(reply);
    return attempt.payWith.type === 'google-pay'
      ? readPurchase(reply.json, attempt, merchantId)
      : readHostedPurchase(reply.json, [pageHost(apiUrl)]);
  }

  /** Complete3DS, and then the status query whatever was answered. The query decides, and a disagreement nothing. */
  async complete(attempt: AttemptRef, returned: ChallengeReturn): Promise<ProviderResult> {
    if (attempt.providerId === null) throw new TypeError('a challenge without a transaction key');
    const fields = complete3ds(attempt.providerId, returned, this.#settings);
    if (!fields) return this.query(attempt);
    const reply = await this.#post('', fields);
    const said = isSuccess(reply) ? readCompletion(reply.json) : undecided(reply);
    return weighed(said, await this.query(attempt));
  }

  async query(attempt: AttemptRef): Promise<ProviderResult> {
    const reply = await this.#post('check', check(attempt, this.#settings));
    return isSuccess(reply) ? readCheck(reply.json, attempt, this.#settings.merchantId) : undecided(reply);
  }

  readCallback(rawBody: string): CallbackReading {
    return readCallback(rawBody, this.#settings);
  }

  #purchase(attempt: Attempt): Fields {
    return attempt.payWith.type === 'google-pay'
      ? googlePayPurchase(attempt, this.#settings)
      : hostedPurchase(attempt, this.#settings);
  }

  #post(path: '' | 'check', fields: Fields): Promise<PspReply> {
    return this.#http.post(`${this.#settings.apiUrl}${path}`, encode(fields, this.#settings.encoding));
  }
}

const DECIDED: ReadonlySet<ProviderResult['kind']> = new Set(['approved', 'declined', 'expired']);

/** What the answer to Complete3DS and the status query amount to together: a contradiction is asked about again. */
function weighed(said: ProviderResult, checked: ProviderResult): ProviderResult {
  const disagree = DECIDED.has(said.kind) && said.kind !== checked.kind;
  if (disagree && (DECIDED.has(checked.kind) || checked.kind === 'not_found'))
    return { kind: 'pending', why: 'The answer to Complete3DS and the status query disagree.' };
  if (said.kind === 'refused' && checked.kind === 'pending') return { kind: 'pending', why: said.why };
  // Complete3DS may name the bank's code where the query has none.
  if (said.kind === 'declined' && checked.kind === 'declined' && checked.providerCode === undefined)
    return said;
  return checked;
}
