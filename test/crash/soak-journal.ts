import type { JournalEntry } from '../../demo/sandbox/journal.js';
import type { PaymentRecord } from '../../server-stub/store/payment-store.js';
import { json } from '../demo/faults/buyer.js';

const EVERY_MS = 500;

/** The sandbox's whole journal, of which it keeps only the latest messages itself. */
export class WholeJournal {
  readonly entries: JournalEntry[] = [];
  readonly #url: string;

  constructor(sandbox: string) {
    this.#url = `${sandbox}/control/journal`;
  }

  /** Copies what is new until the signal aborts, and then once more. */
  async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#read();
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
    await this.#read();
  }

  async #read(): Promise<void> {
    const latest = (await json(this.#url)) as JournalEntry[];
    const known = this.entries.at(-1)?.id ?? 0;
    const [first] = latest;
    if (first && first.id > known + 1) throw new Error('the journal was not read often enough');
    this.entries.push(...latest.filter(({ id }) => id > known));
  }

  /** How often each fault has happened. */
  faults(): Map<string, number> {
    return counted(this.entries.flatMap(({ fault }) => fault ?? []));
  }

  callbacks(): JournalEntry[] {
    return this.entries.filter(({ operation, status }) => operation === 'callback' && status !== null);
  }

  /** The messages of one payment: ProcardPay's go by the merchant's name for it, GlobalPay's by its own. */
  storyOf({ reference, providerId }: PaymentRecord): JournalEntry[] {
    const known = [`procard:${reference}`, `globalpay:${providerId}`];
    const own = this.entries.filter(({ about }) => about.some((name) => known.includes(name)));
    const names = new Set(own.flatMap(({ about }) => about));
    return this.entries.filter(({ about }) => about.some((name) => names.has(name)));
  }
}

export function counted(names: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
