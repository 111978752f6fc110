import { TRANSITIONS, type PaymentStatus } from '../../src/contract/index.js';
import type { PaymentRecord, PaymentStore } from '../../server-stub/store/payment-store.js';
import { StoreUnavailableError } from '../../server-stub/store-unavailable-error.js';
import type { Chance } from './chance.js';
import type { Time } from './time.js';

export interface Seen {
  status: PaymentStatus;
  version: number;
}

/** Sees every write that has become durable, and what is wrong with it. */
export class Watch {
  readonly payments = new Map<string, PaymentRecord>();
  /** Final statuses of each payment in the order in which it took them. */
  readonly endings = new Map<string, PaymentStatus[]>();
  readonly complaints: string[] = [];

  written(after: PaymentRecord): void {
    const before = this.payments.get(after.id);
    if (before) {
      if (after.version !== before.version + 1)
        this.complaints.push(`I4 version ${before.version} was followed by ${after.version}`);
      const isAllowed = after.status === before.status || TRANSITIONS[before.status].includes(after.status);
      if (!isAllowed) this.complaints.push(`I4 ${before.status} was followed by ${after.status}`);
    }
    this.payments.set(after.id, after);
    const isEnding = !['created', 'processing', 'requires_action'].includes(after.status);
    if (isEnding && after.status !== before?.status)
      this.endings.set(after.id, [...(this.endings.get(after.id) ?? []), after.status]);
  }

  byReference(reference: string): PaymentRecord | undefined {
    return [...this.payments.values()].find((record) => record.reference === reference);
  }

  byProviderId(providerId: string): PaymentRecord | undefined {
    return [...this.payments.values()].find((record) => record.providerId === providerId);
  }
}

/** The store as one server has it: `around` is what may befall a call, and every write that is done is seen. */
export function watchedStore(
  store: PaymentStore,
  watch: Watch,
  around: <T>(work: () => Promise<T>, method: string) => Promise<T>,
): PaymentStore {
  return new Proxy(store, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...parameters: unknown[]) =>
        around(async () => {
          const result: unknown = await Reflect.apply(method, target, parameters);
          if (name === 'insert' && result === true) watch.written(parameters[0] as PaymentRecord);
          if (name === 'compareAndSet' && result) watch.written(result as PaymentRecord);
          return result;
        }, String(name));
    },
  });
}

/**
 * Every call takes a moment, and with some probability the disk fails, before the write or after it, when the caller
 * cannot know that it was done.
 */
export function unreliable({ chance, time, trouble }: { chance: Chance; time: Time; trouble: () => number }) {
  return async <T>(work: () => Promise<T>): Promise<T> => {
    await time.sleep(chance.int(0, 4));
    if (chance.happens(trouble())) throw new StoreUnavailableError('the disk is full');
    const result = await work();
    if (chance.happens(trouble() / 2)) throw new StoreUnavailableError('the connection is gone');
    return result;
  };
}
