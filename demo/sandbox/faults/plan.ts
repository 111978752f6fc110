import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { Fault, FAULTS, FaultyOperation, type FaultName } from './fault.js';

/** Kinds that need nothing said about them: what a provider decides is no matter of chance. */
const PLANNED = (Object.keys(FAULTS) as FaultName[]).filter((name) => FAULTS[name].family !== 'decision');

/** Sent to `POST /control/faults`, to let faults happen by chance, the same in every run with the same seed. */
export const Plan = z.strictObject({
  seed: z.union([z.int(), z.string()], 'must be a whole number or a text'),
  /** The share of calls that fail, from 0 to 1. */
  rate: z.number().check(z.minimum(0), z.maximum(1)),
  operations: z._default(z.array(FaultyOperation), [...FaultyOperation.options]),
  faults: z._default(z.array(z.enum(PLANNED as [FaultName, ...FaultName[]])), PLANNED),
});
export type Plan = z.infer<typeof Plan>;

/** Faults by chance. The nth call of an operation fares the same whatever other operations were called between. */
export class Chance {
  readonly plan: Plan;
  readonly #calls = new Map<FaultyOperation, number>();

  constructor(plan: Plan) {
    this.plan = plan;
  }

  /** What is to become of the next call of this operation. */
  draw(operation: FaultyOperation): Fault | undefined {
    const { seed, rate, operations, faults } = this.plan;
    const nth = (this.#calls.get(operation) ?? 0) + 1;
    this.#calls.set(operation, nth);
    const fitting = faults.filter((name) => fits(name, operation));
    if (!operations.includes(operation) || fitting.length === 0) return undefined;
    const digest = createHash('sha256')
      .update(JSON.stringify([seed, operation, nth]))
      .digest();
    const fails = fraction(digest.readUInt32BE(0)) < rate;
    const fault = fitting[Math.floor(fraction(digest.readUInt32BE(4)) * fitting.length)];
    return fails ? Fault.parse({ operation, fault }) : undefined;
  }
}

function fits(name: FaultName, operation: FaultyOperation): boolean {
  const operations: readonly FaultyOperation[] = FAULTS[name].operations;
  return operations.includes(operation);
}

function fraction(word: number): number {
  return word / 2 ** 32;
}
