import type {
  BrowserInfo,
  CreatePayment,
  Currency,
  DeclineReason,
  MethodType,
  Money,
  OfferMethod,
  WindowSize,
} from '../../src/contract/index.js';
import type { Order } from '../orders/order-source.js';
import type { Secret } from '../secret.js';

/** What is remembered of a payment between two calls of a provider. */
export interface AttemptRef {
  /** Our name for this attempt at the provider (`order_id`, `externalId`): `[A-Za-z0-9_-]{1,64}`, never reused. */
  readonly reference: string;
  readonly method: MethodType;
  readonly money: Money;
  /** The provider's own id of this attempt, once it gave one (`transaction_key`, payment token). A secret. */
  readonly providerId: string | null;
  /** Milliseconds since the epoch, our clock. */
  readonly createdAt: number;
}

/** Facts of the browser: the page's, and those that only the request shows. Unknown ones are `undefined`. */
export interface BrowserFacts extends BrowserInfo {
  ip: string | undefined;
  userAgent: string | undefined;
  accept: string | undefined;
}

/** Everything a provider needs to start a payment. */
export interface Attempt extends AttemptRef {
  readonly order: Order;
  readonly payWith: CreatePayment['method'];
  /** Where the wallet's token was sealed for the merchant itself, and not for the provider. */
  readonly card?: DecryptedCard;
  readonly browser: BrowserFacts;
  readonly locale: CreatePayment['locale'];
  readonly urls: AttemptUrls;
}

/**
 * The JSON that Google sealed for the merchant: a card number in clear, its expiry, a cryptogram (Google Pay, payment
 * data cryptography). It goes to the provider and nowhere else, neither into the store nor into a log.
 */
export type DecryptedCard = Secret;

/** Built from PUBLIC_URL and the checked return address, never from a request. */
export interface AttemptUrls {
  /** Where this provider's callbacks arrive. */
  readonly callback: string;
  /** TermUrl and notification URL, at most 256 characters. */
  readonly threedsReturn: string;
  /** The shop's page with the payment's id, for the way back from a provider's page. */
  readonly shopReturn: string;
}

/** A 3-D Secure challenge as the provider described it. The address has passed `isSafeUrl`. */
export type Challenge =
  | { version: 1; acsUrl: string; PaReq: string; MD: string; windowSize: WindowSize }
  | { version: 2; acsUrl: string; creq: string; windowSize: WindowSize };

/** What the bank posted back: the decoded form, names in lower case. Untrusted. */
export type ChallengeReturn = { version: 1; PaRes: string; MD: string } | { version: 2; cres: string };

/**
 * What a provider made of a call. Outcomes are values: none of these is an exception, and an adapter throws only
 * for bugs. `why` is a fixed sentence for the log: no provider text, no secret.
 */
export type ProviderResult = { providerId?: string } & (
  | { kind: 'approved'; receiptUrl?: string; receiptPending?: boolean }
  | { kind: 'declined'; reason: DeclineReason; providerCode?: string; mayStillApprove?: boolean }
  | { kind: 'expired' }
  | { kind: 'challenge'; challenge: Challenge }
  | { kind: 'redirect'; url: string }
  /** A documented answer says that nothing was executed, and that asking again is pointless. */
  | { kind: 'refused'; why: string }
  /** The provider answered that this attempt is not decided yet. */
  | { kind: 'pending'; why: string }
  /** The provider answered that it does not know this attempt. */
  | { kind: 'not_found' }
  /** No answer, or one that cannot be believed: nobody knows, ask again. `sent: false`: no request byte left us. */
  | { kind: 'unknown'; why: string; sent: boolean; attention?: 'mismatch' | 'unresolved' }
);

/** What a callback amounts to. It is never more than a hint. */
export type CallbackReading =
  /** Well-formed and, where the provider signs, rightly signed. `reference`: the attempt it speaks of, by our name or by `providerId`. */
  | { kind: 'hint'; reference: string }
  /** Rightly formed but naming nothing, or unreadable where the provider documents no signature. Answered like a hint. */
  | { kind: 'ignored'; why: string }
  /** Wrong or missing signature, or unreadable where a signature is expected. */
  | { kind: 'refused'; why: string };

/**
 * One payment service provider. Everything that only this provider does stands behind this interface; nobody asks
 * which one it is. In its folder, adapter.ts says what is called when, wire.ts what is sent, and replies.ts (or
 * wire.ts, where there is little to it) what an answer means. psp-http.ts makes every call; registry.ts has the list.
 */
export interface Provider {
  /** Last path segment of the callback address, and what the store keeps with a payment. */
  readonly name: string;
  readonly currency: Currency;
  /** The provider's methods, in the order in which to offer them. */
  methods(): OfferMethod[];
  /**
   * Throws `UnrepresentableError` if the attempt holds something this provider cannot be sent. Called before
   * anything is stored or sent; does no I/O.
   */
  assertRepresentable(attempt: Attempt): void;
  /** Starts the payment. The service calls it at most once per attempt, after `processing` is durable. */
  begin(attempt: Attempt): Promise<ProviderResult>;
  /** Finishes 3-D Secure. The service calls it at most once per challenge, after `processing` is durable. */
  complete(attempt: AttemptRef, returned: ChallengeReturn): Promise<ProviderResult>;
  /** Asks where the payment stands. May be repeated; has no effect at the provider that could charge anyone. */
  query(attempt: AttemptRef): Promise<ProviderResult>;
  /** Reads a callback's raw body; does no I/O. */
  readCallback(rawBody: string): CallbackReading;
  /** Body texts of the callback's answer, as this provider expects them. */
  readonly callbackReply: { accepted: string; refused: string };
}

/** A field that the provider's format or signature cannot carry. `field` names it; the value is never repeated. */
export class UnrepresentableError extends Error {
  override readonly name = 'UnrepresentableError';
  readonly field: string;
  constructor(field: string, problem: string) {
    super(`${field} ${problem}`);
    this.field = field;
  }
}
