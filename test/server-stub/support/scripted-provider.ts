import type { OfferMethod } from '../../../src/contract/index.js';
import type {
  Attempt,
  AttemptRef,
  CallbackReading,
  ChallengeReturn,
  Provider,
  ProviderResult,
} from '../../../server-stub/providers/provider.js';

type Call = 'begin' | 'complete' | 'query';

/** A provider that says what the test has written for it, and keeps what it was asked. */
export class ScriptedProvider implements Provider {
  readonly name: string = 'scripted';
  readonly currency = 'UAH';
  readonly callbackReply = { accepted: 'OK', refused: 'ERROR' };
  readonly begun: Attempt[] = [];
  readonly completed: { attempt: AttemptRef; returned: ChallengeReturn }[] = [];
  readonly queried: AttemptRef[] = [];
  readonly #script: Record<Call, (ProviderResult | Promise<ProviderResult>)[]> = {
    begin: [],
    complete: [],
    query: [],
  };
  /** What it answers when nothing (more) is written for a call. */
  readonly usual: Record<Call, ProviderResult> = {
    begin: { kind: 'approved' },
    complete: { kind: 'approved' },
    query: { kind: 'pending', why: 'not decided' },
  };

  /** The next calls are answered so, in this order. */
  answers(call: Call, ...results: (ProviderResult | Promise<ProviderResult>)[]): void {
    this.#script[call].push(...results);
  }

  /** The next call is answered when the returned function is called. */
  holds(call: Call): (result: ProviderResult) => void {
    let release: (result: ProviderResult) => void = () => undefined;
    this.answers(call, new Promise<ProviderResult>((resolve) => (release = resolve)));
    return (result) => release(result);
  }

  methods(): OfferMethod[] {
    return [
      {
        type: 'google-pay',
        environment: 'TEST',
        gateway: 'scripted',
        gatewayMerchantId: 'merchant-1',
        merchantName: 'Shop',
        networks: ['VISA'],
        authMethods: ['PAN_ONLY'],
      },
    ];
  }

  assertRepresentable(_attempt: Attempt): void {}

  async begin(attempt: Attempt): Promise<ProviderResult> {
    this.begun.push(attempt);
    return this.#next('begin');
  }

  async complete(attempt: AttemptRef, returned: ChallengeReturn): Promise<ProviderResult> {
    this.completed.push({ attempt, returned });
    return this.#next('complete');
  }

  async query(attempt: AttemptRef): Promise<ProviderResult> {
    this.queried.push(attempt);
    return this.#next('query');
  }

  /** `hint <reference>`, `ignored`, and anything else is badly signed. */
  readCallback(rawBody: string): CallbackReading {
    const reference = /^hint (\S+)/.exec(rawBody)?.[1];
    if (reference !== undefined) return { kind: 'hint', reference };
    return { kind: rawBody === 'ignored' ? 'ignored' : 'refused', why: 'scripted' };
  }

  async #next(call: Call): Promise<ProviderResult> {
    return this.#script[call].shift() ?? this.usual[call];
  }
}
