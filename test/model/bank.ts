import type { Attempt, AttemptRef, ProviderResult } from '../../server-stub/providers/provider.js';
import { CHALLENGE_2 } from '../server-stub/support/records.js';
import { count } from '../simulation/ledger.js';
import type { Time } from '../simulation/time.js';
import type { Model } from './model.js';

const MINUTE = 60_000;
/** As long as a provider's client waits. */
const CLIENT_TIMEOUT_MS = 30_000;
/** After so long nobody can pay any more. */
const LIFE_MS = 30 * MINUTE;

/** What the provider makes of requests from now on. */
export interface Mood {
  /** What comes of a purchase by wallet; one by page waits for its shopper. */
  purchase: 'approved' | 'declined' | 'challenge' | 'pending' | 'refused';
  /** What comes of a 3-D Secure authentication that was brought back. */
  completion: 'approved' | 'declined' | 'pending';
  /** What befalls a request. `late`: it arrives when its sender has given up. */
  wire: 'well' | 'answer lost' | 'answer garbled' | 'not connected' | 'late';
  /** How long a new payment is unknown to the status query. */
  hiddenMs: number;
}

export const CALM: Mood = { purchase: 'challenge', completion: 'approved', wire: 'well', hiddenMs: 0 };

type State = 'open' | 'challenge' | 'approved' | 'declined' | 'declined for now' | 'expired';

interface Account {
  readonly attempt: Attempt;
  readonly openedAt: number;
  readonly shownAt: number;
  state: State;
}

export interface BankDeps {
  model: Model;
  time: Time;
  /** Lets others go first. */
  gate: (what: string) => Promise<void>;
}

/** The far side of `Provider`, at its most unkind: everything that the interface allows, and nothing else. */
export class Bank {
  mood = CALM;
  /** Addresses of pages that some shopper was given: only there can anybody pay. */
  readonly shownPages = new Set<string>();
  readonly #accounts = new Map<string, Account>();
  readonly #deps: BankDeps;

  constructor(deps: BankDeps) {
    this.#deps = deps;
  }

  purchase(attempt: Attempt): Promise<ProviderResult> {
    this.#sent(attempt);
    count(this.#deps.model.ledger.purchasesSent, attempt.reference);
    return this.#call('purchase', () => this.#open(attempt));
  }

  complete(attempt: AttemptRef): Promise<ProviderResult> {
    this.#sent(attempt);
    count(this.#deps.model.ledger.completionsSent, attempt.providerId ?? '');
    return this.#call('completion', () => {
      const account = this.#accounts.get(attempt.reference);
      if (account?.state === 'challenge') this.#move(account, this.mood.completion);
      return this.#status(attempt);
    });
  }

  status(attempt: AttemptRef): Promise<ProviderResult> {
    return this.#call('question', () => this.#status(attempt));
  }

  /** Something happens to the payment at the provider, if it still can: its shopper pays at the page, a risk desk decides. */
  decides(reference: string, outcome: 'approved' | 'declined' | 'declined for now'): void {
    const account = this.#accounts.get(reference);
    if (!account || this.#isOver(account)) return;
    const { method } = account.attempt;
    if (method === 'hosted-page' && !this.shownPages.has(pageOf(reference))) return;
    if (account.state === 'open' || account.state === 'declined for now') this.#move(account, outcome);
  }

  #open(attempt: Attempt): ProviderResult {
    const { model, time } = this.#deps;
    const { purchase, hiddenMs } = this.mood;
    const { reference, method, money } = attempt;
    if (purchase === 'refused') return { kind: 'refused', why: 'the provider takes no such payment' };
    const openedAt = time.now();
    const account: Account = { attempt, openedAt, shownAt: openedAt + hiddenMs, state: 'open' };
    this.#accounts.set(reference, account);
    model.ledger.amountsTold.set(reference, money.minor);
    const providerId = keyOf(reference);
    if (method === 'hosted-page') return { kind: 'redirect', url: pageOf(reference), providerId };
    if (purchase === 'challenge') {
      account.state = 'challenge';
      return { kind: 'challenge', challenge: CHALLENGE_2, providerId };
    }
    this.#move(account, purchase);
    return { ...inWords(account.state), providerId };
  }

  #status({ reference }: AttemptRef): ProviderResult {
    const account = this.#accounts.get(reference);
    if (!account || this.#deps.time.now() < account.shownAt) return { kind: 'not_found' };
    if (this.#isOver(account) && account.state !== 'approved')
      account.state = account.state === 'declined for now' ? 'declined' : 'expired';
    return inWords(account.state);
  }

  #move(account: Account, to: State | 'pending'): void {
    account.state = to === 'pending' ? 'open' : to;
    if (to !== 'approved') return;
    const { reference, money } = account.attempt;
    const at = this.#deps.time.now();
    this.#deps.model.ledger.captures.push({
      reference,
      amountMinor: money.minor,
      currency: money.currency,
      at,
    });
  }

  #isOver({ state, openedAt }: Account): boolean {
    return ['approved', 'declined', 'expired'].includes(state) || this.#deps.time.now() > openedAt + LIFE_MS;
  }

  #sent({ reference }: AttemptRef): void {
    const status = this.#deps.model.watch.byReference(reference)?.status ?? 'not there';
    if (status !== 'processing')
      this.#deps.model.watch.complaints.push(`I5 sent while the payment is ${status}`);
  }

  async #call(what: string, execute: () => ProviderResult): Promise<ProviderResult> {
    const { time, gate } = this.#deps;
    const { wire } = this.mood;
    if (wire === 'not connected') return { kind: 'unknown', why: 'no connection', sent: false };
    const timedOut = time.sleep(CLIENT_TIMEOUT_MS).then(() => nobodyKnows('no answer'));
    const answered = async (): Promise<ProviderResult> => {
      if (wire === 'late') await time.sleep(2 * CLIENT_TIMEOUT_MS);
      await gate(`${what} arrives`);
      const result = execute();
      await gate(`${what} is answered`);
      if (wire === 'answer garbled') return nobodyKnows('an odd answer');
      return wire === 'answer lost' ? timedOut : result;
    };
    return Promise.race([answered(), timedOut]);
  }
}

export function pageOf(reference: string): string {
  return `https://page.example/${reference}`;
}

function keyOf(reference: string): string {
  return `key-${reference}`;
}

function inWords(state: State): ProviderResult {
  switch (state) {
    case 'approved':
      return { kind: 'approved' };
    case 'declined':
    case 'declined for now':
      return { kind: 'declined', reason: 'other', mayStillApprove: state === 'declined for now' };
    case 'expired':
      return { kind: 'expired' };
    default:
      return { kind: 'pending', why: 'not decided' };
  }
}

function nobodyKnows(why: string): ProviderResult {
  return { kind: 'unknown', why, sent: true };
}
