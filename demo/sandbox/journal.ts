import { masked, maskedText } from './mask.js';

/** Who speaks: the shop's page, the pay button in it, Google Pay, the merchant's server, a provider, the bank. */
export type Party = 'page' | 'widget' | 'google' | 'server' | 'provider' | 'bank';

/** Something the receiver verified, in words: `signature over merchant_id;order_id`. */
export interface Check {
  what: string;
  passed: boolean;
}

/** One message and its answer, with secrets masked. */
export interface JournalEntry {
  /** Grows by one with every message. */
  id: number;
  /** When it came, ISO 8601, the sandbox's clock. */
  at: string;
  /** Milliseconds until it was answered. */
  tookMs: number;
  from: Party;
  to: Party;
  provider?: 'procard' | 'globalpay';
  operation: string;
  /** What was sent: parsed fields, or a callback's body. */
  sent: unknown;
  /** Multipart and urlencoded requests: names and values in the order received. */
  parts?: [string, string][];
  /** HTTP status of the answer; null where there was none. */
  status: number | null;
  answer: unknown;
  /**
   * Names that this message shares with others of the same payment, such as `procard:<order_id>`, `acs:<acsTransID>`,
   * `page:<address of a payment page>`. Messages that share a name, directly or through others, belong together.
   */
  about: readonly string[];
  checks?: readonly Check[];
  fault?: string;
}

/** A request as it arrived, unmasked. Only for tests in the same process; it is never served. */
export interface ReceivedRequest {
  method: string;
  path: string;
  headers: Headers;
  body: Buffer;
}

export type NewEntry = Omit<JournalEntry, 'id' | 'at' | 'tookMs'> & { startedAt: number; tookMs?: number };

/** What a listener hears: one more message, or that all were forgotten. */
export type JournalChange = { kind: 'added'; entry: JournalEntry } | { kind: 'cleared' };

const KEPT = 500;

/** The latest messages, oldest first. */
export class Journal {
  #entries: JournalEntry[] = [];
  #lastId = 0;
  readonly #listeners = new Set<(change: JournalChange) => void>();
  readonly received: ReceivedRequest[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /**
   * `startedAt`: when the message came, milliseconds of the sandbox's clock. `tookMs`, where it is left out: the time
   * that has passed since.
   */
  add({ startedAt, tookMs = this.#now() - startedAt, ...message }: NewEntry): void {
    const parts = message.parts?.map(([name, value]): [string, string] => [name, maskedText(name, value)]);
    const entry: JournalEntry = {
      ...message,
      id: ++this.#lastId,
      at: new Date(startedAt).toISOString(),
      tookMs,
      sent: masked(message.sent),
      answer: masked(message.answer),
      ...(parts && { parts }),
    };
    this.#entries.push(entry);
    this.#entries.splice(0, this.#entries.length - KEPT);
    this.#tell({ kind: 'added', entry });
  }

  /** Returns what ends it. Listeners are called at once, with masked messages only. */
  subscribe(listener: (change: JournalChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  keep(request: ReceivedRequest): void {
    this.received.push(request);
    this.received.splice(0, this.received.length - KEPT);
  }

  clear(): void {
    this.#entries = [];
    this.received.length = 0;
    this.#tell({ kind: 'cleared' });
  }

  #tell(change: JournalChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
