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

const KEPT = 500;

/** The latest messages, oldest first. */
export class Journal {
  #entries: JournalEntry[] = [];
  #lastId = 0;
  readonly received: ReceivedRequest[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** `startedAt`: when the message came, milliseconds of the sandbox's clock. */
  add({ startedAt, ...entry }: Omit<JournalEntry, 'id' | 'at' | 'tookMs'> & { startedAt: number }): void {
    const parts = entry.parts?.map(([name, value]): [string, string] => [name, maskText(name, value)]);
    this.#entries.push({
      ...entry,
      id: ++this.#lastId,
      at: new Date(startedAt).toISOString(),
      tookMs: this.#now() - startedAt,
      sent: masked(entry.sent),
      answer: masked(entry.answer),
      ...(parts && { parts }),
    });
    this.#entries.splice(0, this.#entries.length - KEPT);
  }

  keep(request: ReceivedRequest): void {
    this.received.push(request);
    this.received.splice(0, this.received.length - KEPT);
  }

  clear(): void {
    this.#entries = [];
    this.received.length = 0;
  }
}

/** Signatures stay readable: comparing them is what a developer opens the journal for. */
const SECRET_NAMES = new Set([
  'gpToken',
  'gpTokenDecrypted',
  'transaction_key',
  'd3ds_md',
  'd3ds_pares',
  'd3ds_cres',
  'd3Md',
  'd3Pareq',
  'd3Creq',
  'password',
  'access_token',
  'refresh_token',
]);

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      typeof inner === 'string' ? maskText(name, inner) : masked(inner),
    ]),
  );
}

function maskText(name: string, value: string): string {
  return SECRET_NAMES.has(name) && value !== '' ? `[${value.length} characters]` : value;
}
