import type { Challenge } from '../providers/provider.js';
import type {
  DeclineReason,
  MethodType,
  Money,
  PaymentStatus,
  PaymentView,
} from '../../src/contract/index.js';

/** Why a person should look at a payment; never on the wire. */
export type Attention = 'late_approval' | 'unresolved' | 'mismatch';

/** `created` is never written: a payment that is kept may have been sent. */
export const STORED_STATUSES = [
  'processing',
  'requires_action',
  'approved',
  'declined',
  'cancelled',
  'expired',
  'failed',
] as const satisfies readonly PaymentStatus[];
export type StoredStatus = (typeof STORED_STATUSES)[number];

/** One payment as it is kept. Instants are milliseconds since the epoch, our clock. */
export interface PaymentRecord {
  readonly id: string;
  readonly orderId: string;
  /** The Idempotency-Key of the request that created it, unique for ever. */
  readonly key: string;
  /** SHA-256 of that request, in hex. */
  readonly requestHash: string;
  /** What that request was answered, for when it comes again. `null`: not yet, or erased with its challenge. */
  readonly answer: PaymentView | null;
  readonly provider: string;
  /** Our name for this attempt at the provider, unique for ever. */
  readonly reference: string;
  readonly method: MethodType;
  readonly money: Money;
  readonly returnUrl: string;
  readonly createdAt: number;
  readonly status: StoredStatus;
  /** Grows by one with every write; writes are compare-and-set on it. */
  readonly version: number;
  /** The provider's own id of the attempt, see AttemptRef. */
  readonly providerId: string | null;
  /** What the shopper has to do. The challenge's token finds the payment on the 3DS routes. */
  readonly action:
    | { type: 'threeds'; token: string; challenge: Challenge; returned: boolean }
    | { type: 'redirect'; id: string; url: string }
    | null;
  readonly decline: { reason: DeclineReason; providerCode?: string } | null;
  readonly receiptUrl: string | null;
  readonly late: boolean;
  readonly attention: Attention | null;
  /** When the provider is to be asked next; `null`: there is nothing to ask. */
  readonly nextCheckAt: number | null;
  /** How often it was asked on the schedule since the last change. */
  readonly checks: number;
}

/** The parts of a record that may change. */
export type PaymentChange = Partial<
  Pick<
    PaymentRecord,
    | 'status'
    | 'answer'
    | 'providerId'
    | 'action'
    | 'decline'
    | 'receiptUrl'
    | 'late'
    | 'attention'
    | 'nextCheckAt'
    | 'checks'
  >
>;

/** A provider's callback as it arrived, kept before it is acknowledged. */
export interface StoredCallback {
  provider: string;
  reference: string;
  /** SHA-256 of the raw body, in hex: the same callback is kept once. */
  digest: string;
  receivedAt: number;
}

/** A wallet's sealed message, which pays once. */
export interface WalletMessage {
  /** SHA-256 of the message's own id, in hex. */
  digest: string;
  /** The Idempotency-Key of the request that came with it: the same request may come again. */
  key: string;
}

/** Something to tell the merchant, as it is kept until it has been delivered. */
export interface StoredEvent {
  readonly id: string;
  readonly paymentId: string;
  /** The version of the payment that it is about: the order among the events of a payment. */
  readonly version: number;
  /** The event's JSON, delivered as it is. */
  readonly body: string;
}

export interface ClaimedEvent extends StoredEvent {
  /** How often its delivery has begun, this time included. */
  readonly attempts: number;
}

export interface PaymentFilter {
  readonly status?: StoredStatus;
  readonly orderId?: string;
  /** Only payments that a person should look at. */
  readonly needsAttention?: boolean;
}

/** What is left to do. */
export interface Backlog {
  /** How many payments their provider is to be asked about. */
  readonly payments: readonly { status: PaymentStatus; count: number }[];
  /** When the first of these questions was, or will be, due. */
  readonly oldestCheckAt: number | null;
  /** How many events have not arrived, and have not been given up. */
  readonly events: number;
}

/**
 * The only durable state of the server. embedded.ts and postgres.ts open a database, migrate.ts brings it up to date,
 * sql-store.ts keeps the promises below by the statements in sql/, and sealing.ts hides what could open a payment.
 *
 * Every method is one transaction: when it resolves, its writes survive the
 * loss of the process and of power. Where the database itself fails, it rejects with StoreUnavailableError.
 */
export interface PaymentStore {
  /**
   * Inserts the payment. Resolves to false, with nothing written, if its key is used, or if its order has another
   * payment that is open or paid.
   */
  insert(record: PaymentRecord): Promise<boolean>;

  find(id: string): Promise<PaymentRecord | undefined>;
  /** Finds the payment also after its challenge was erased. */
  findByChallenge(token: string): Promise<PaymentRecord | undefined>;
  /** `reference`: our name for the attempt, or the provider's own id of it. */
  findByReference(provider: string, reference: string): Promise<PaymentRecord | undefined>;
  findByKey(key: string): Promise<PaymentRecord | undefined>;
  /** Every payment of an order, oldest first. */
  findByOrder(orderId: string): Promise<PaymentRecord[]>;
  /** The newest payments that fit, newest first; `before` is the last one of the page that came earlier. */
  list(filter: PaymentFilter, limit: number, before?: PaymentRecord): Promise<PaymentRecord[]>;
  /** Payments whose `nextCheckAt` has come, the longest overdue first. */
  due(at: number, limit: number): Promise<PaymentRecord[]>;
  /**
   * Takes payments that are due, the longest overdue first, so that no other server is given them: until then, or
   * until the payment's next write.
   */
  claim(at: number, until: number, limit: number): Promise<PaymentRecord[]>;

  /**
   * Writes the change and raises the version, only if the version is still the one given. Resolves to the new
   * record, or to `undefined` if somebody else was first. The event is kept if, and only if, the change is; it is due
   * at once. Refuses, with an exception, a status that TRANSITIONS does not allow: that is a bug.
   */
  compareAndSet(
    record: PaymentRecord,
    change: PaymentChange,
    event?: StoredEvent,
  ): Promise<PaymentRecord | undefined>;

  /**
   * Takes events whose time has come, of every payment only the oldest that is not delivered. What is not settled
   * until then is given out again.
   */
  claimEvents(at: number, until: number, limit: number): Promise<ClaimedEvent[]>;
  /** Ends an attempt: `nextAttemptAt: null` without `deliveredAt` gives the event up. */
  settleEvent(id: string, end: { deliveredAt: number | null; nextAttemptAt: number | null }): Promise<void>;

  /** Keeps a callback; resolves to false if this very body was kept before. */
  storeCallback(callback: StoredCallback): Promise<boolean>;

  /** Keeps a message for its request; resolves to false if another request came with it before. */
  keepMessage(message: WalletMessage): Promise<boolean>;

  backlog(): Promise<Backlog>;
  /** Throws if the store cannot be read. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
