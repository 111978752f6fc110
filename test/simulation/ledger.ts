/** One time that a provider took money. */
export interface Capture {
  reference: string;
  amountMinor: number;
  currency: string;
  at: number;
}

/** What the model providers saw and did: the oracle of every invariant. Nothing of the server's own tables is in it. */
export class Ledger {
  readonly captures: Capture[] = [];
  /** Requests that start a payment, by the merchant's reference: sent, whether they arrived or not. */
  readonly purchasesSent = new Map<string, number>();
  /** Requests that finish 3-D Secure, by transaction key. */
  readonly completionsSent = new Map<string, number>();
  /** Amounts as the providers were told them, in minor units. */
  readonly amountsTold = new Map<string, number>();

  capturesOf(reference: string): Capture[] {
    return this.captures.filter((capture) => capture.reference === reference);
  }
}

export function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}
