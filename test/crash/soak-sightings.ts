import type { PaymentView } from '../../src/contract/index.js';
import { TRANSITIONS, type PaymentStatus } from '../../src/contract/index.js';

interface Seen {
  /** The highest version that anybody was shown. */
  highest: number;
  /** What each version was seen to be. */
  statuses: Map<number, PaymentStatus>;
}

/** Everything that shoppers were shown, by whichever server. */
export class Sightings {
  readonly violations: string[] = [];
  /** When each payment was first called approved to anybody, merchant included: milliseconds of the run's clock. */
  readonly approvedAt = new Map<string, number>();
  readonly #payments = new Map<string, Seen>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get payments(): ReadonlySet<string> {
    return new Set(this.#payments.keys());
  }

  /** What an answer that is asked for now has to reach: nobody may be shown an older payment than was seen before. */
  highestOf(id: string): number {
    return this.#payments.get(id)?.highest ?? 0;
  }

  /** `atLeast`: `highestOf` when it was asked for. An answer that is kept for its key may be as old as the payment. */
  note(view: PaymentView, atLeast = 0): void {
    const { id, status, version } = view;
    if (version < atLeast)
      this.violations.push(`I4 ${id} was shown in version ${version} after version ${atLeast}`);
    if (status === 'approved') this.noteApproval(id);
    this.#noteStatus(id, version, status);
  }

  noteApproval(id: string): void {
    if (!this.approvedAt.has(id)) this.approvedAt.set(id, this.#now());
  }

  #noteStatus(id: string, version: number, status: PaymentStatus): void {
    const seen = this.#payments.get(id) ?? { highest: 0, statuses: new Map<number, PaymentStatus>() };
    this.#payments.set(id, seen);
    const known = seen.statuses.get(version);
    if (known !== undefined && known !== status)
      this.violations.push(`I4 version ${version} of ${id} was shown as ${known} and as ${status}`);
    seen.statuses.set(version, status);
    seen.highest = Math.max(seen.highest, version);
  }

  /** Steps that no chain of allowed transitions explains. For the end of a run, when all that was seen is known. */
  jumps(): string[] {
    return [...this.#payments].flatMap(([id, { statuses }]) => {
      const inOrder = [...statuses].sort(([a], [b]) => a - b);
      return inOrder.slice(1).flatMap(([version, to], index) => {
        const [, from] = inOrder[index] ?? [0, to];
        return isReachable(from, to) ? [] : [`I4 ${id} went from ${from} to ${to} by version ${version}`];
      });
    });
  }
}

/** Versions in between may not have been seen by anybody. */
export function isReachable(from: PaymentStatus, to: PaymentStatus): boolean {
  const reached = new Set([from]);
  for (const status of reached) for (const next of TRANSITIONS[status]) reached.add(next);
  return reached.has(to);
}
