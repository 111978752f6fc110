import type { CallbackFault, Decision, Fault, FaultyOperation, TransportFault } from './fault.js';

/** Faults that were ordered and have not happened yet, per operation in the order of ordering. */
export class Faults {
  #ordered: Fault[] = [];

  order(fault: Fault): void {
    this.#ordered.push({ ...fault });
  }

  /** What is to become of this request to a provider. */
  takeForCall(operation: FaultyOperation): TransportFault | Decision | undefined {
    const fault = this.#take(operation);
    return fault && isCallbackFault(fault) ? undefined : fault;
  }

  /** What is to become of this callback. */
  takeForCallback(operation: 'procard_callback' | 'globalpay_callback'): CallbackFault | undefined {
    const fault = this.#take(operation);
    return fault && isCallbackFault(fault) ? fault : undefined;
  }

  clear(): void {
    this.#ordered = [];
  }

  #take(operation: FaultyOperation): Fault | undefined {
    const fault = this.#ordered.find((candidate) => candidate.operation === operation);
    if (fault && --fault.times === 0) this.#ordered.splice(this.#ordered.indexOf(fault), 1);
    return fault;
  }
}

function isCallbackFault(fault: Fault): fault is CallbackFault {
  return fault.fault.startsWith('callback_');
}
