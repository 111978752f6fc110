import { Kysely, type Dialect } from 'kysely';
import { Sealing } from '../sealing.js';
import type { PaymentRow } from './payment-row.js';

/** The tables as the migrations leave them. Instants are milliseconds since the epoch. */
export interface Tables {
  /** `claimed_until`: until then one server has the payment to itself, to ask its provider. */
  payments: PaymentRow & { claimed_until: number | null };
  /** `next_attempt_at`: `null` once the event is delivered, or given up. */
  events: {
    id: string;
    payment_id: string;
    version: number;
    body: string;
    attempts: number;
    next_attempt_at: number | null;
    delivered_at: number | null;
  };
  callbacks: { provider: string; digest: string; reference: string; received_at: number };
  sealing: { id: number; mark: string };
  wallet_messages: { digest: string; idempotency_key: string };
}

/** A database with these tables, and what seals some of their columns. */
export class Database extends Kysely<Tables> {
  readonly sealing: Sealing;

  /** `key`: 32 random bytes, the same for every server that shares the database. */
  constructor(dialect: Dialect, key: Buffer) {
    super({ dialect });
    this.sealing = new Sealing(key);
  }
}
