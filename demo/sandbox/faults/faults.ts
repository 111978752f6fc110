import {
  isCallbackFault,
  type CallbackFault,
  type CALLBACKS,
  type Decision,
  type Fault,
  type FaultyOperation,
  type TransportFault,
} from './fault.js';
import { Chance, type Plan } from './plan.js';

/** Faults that were ordered and have not happened yet, and those left to chance. What was ordered comes first. */
export class Faults {
  #ordered: Fault[] = [];
  #chance: Chance | undefined;

  order(fault: Fault): void {
    this.#ordered.push({ ...fault });
  }

  /** Counts calls from here on, and takes the place of an earlier plan. */
  follow(plan: Plan): void {
    this.#chance = new Chance(plan);
  }

  get ordered(): readonly Fault[] {
    return this.#ordered;
  }

  get plan(): Plan | undefined {
    return this.#chance?.plan;
  }

  /** What is to become of this request to a provider. */
  takeForCall(operation: FaultyOperation): TransportFault | Decision | undefined {
    const fault = this.#take(operation);
    return fault && !isCallbackFault(fault) ? fault : undefined;
  }

  /** What is to become of this callback. */
  takeForCallback(operation: (typeof CALLBACKS)[number]): CallbackFault | undefined {
    const fault = this.#take(operation);
    return fault && isCallbackFault(fault) ? fault : undefined;
  }

  clear(): void {
    this.#ordered = [];
    this.#chance = undefined;
  }

  #take(operation: FaultyOperation): Fault | undefined {
    const drawn = this.#chance?.draw(operation);
    const fault = this.#ordered.find((candidate) => candidate.operation === operation);
    if (fault && --fault.times === 0) this.#ordered.splice(this.#ordered.indexOf(fault), 1);
    return fault ?? drawn;
  }
}
