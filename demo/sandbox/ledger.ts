export interface LedgerEntry {
  provider: 'procard' | 'globalpay';
  /** The merchant's own name for the attempt: `order_id`, `externalId`. */
  reference: string;
  amountMinor: number;
  currency: string;
  /** ISO 8601, the sandbox's clock. */
  at: string;
}

/** What was really charged and given back: the oracle of every test that asks whether money moved. */
export class Ledger {
  captures: LedgerEntry[] = [];
  reversals: LedgerEntry[] = [];

  clear(): void {
    this.captures = [];
    this.reversals = [];
  }
}
