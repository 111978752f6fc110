import type { OfferMethod } from '../../src/contract/index.js';
import type {
  Attempt,
  AttemptRef,
  CallbackReading,
  Provider,
  ProviderResult,
} from '../../server-stub/providers/provider.js';
import type { Bank } from './bank.js';

export const PROVIDER = 'model';

/** The near side of the model bank. */
export class ModelProvider implements Provider {
  readonly name = PROVIDER;
  readonly currency = 'UAH';
  readonly callbackReply = { accepted: 'OK', refused: 'ERROR' };
  readonly #bank: Pick<Bank, 'purchase' | 'complete' | 'status'>;

  constructor(bank: Pick<Bank, 'purchase' | 'complete' | 'status'>) {
    this.#bank = bank;
  }

  methods(): OfferMethod[] {
    const names = { gateway: 'model', gatewayMerchantId: 'merchant-1', merchantName: 'Shop' };
    return [
      {
        ...{ type: 'google-pay', environment: 'TEST', ...names },
        ...{ networks: ['VISA'], authMethods: ['PAN_ONLY'] },
      },
      { type: 'hosted-page' },
    ];
  }

  assertRepresentable(): void {}

  begin(attempt: Attempt): Promise<ProviderResult> {
    return this.#bank.purchase(attempt);
  }

  complete(attempt: AttemptRef): Promise<ProviderResult> {
    return this.#bank.complete(attempt);
  }

  query(attempt: AttemptRef): Promise<ProviderResult> {
    return this.#bank.status(attempt);
  }

  /** A body is the name of a payment, the empty one names none, and the rest is badly signed. */
  readCallback(rawBody: string): CallbackReading {
    if (rawBody === '') return { kind: 'ignored', why: 'it names no payment' };
    return /^[\w-]+$/.test(rawBody)
      ? { kind: 'hint', reference: rawBody }
      : { kind: 'refused', why: 'its signature is wrong' };
  }
}
