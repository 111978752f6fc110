import type { PaymentStore } from '../../../server-stub/store/payment-store.js';

/** The store, with something done around one of its methods. `call` does what the method would have done. */
export function intercepting(
  store: PaymentStore,
  method: keyof PaymentStore,
  around: (call: () => Promise<unknown>) => Promise<unknown>,
): PaymentStore {
  return new Proxy(store, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name, target);
      if (typeof own !== 'function') return own;
      const call = (...parameters: unknown[]) => Reflect.apply(own, target, parameters) as Promise<unknown>;
      return name === method ? (...parameters: unknown[]) => around(() => call(...parameters)) : call;
    },
  });
}
