import * as z from 'zod/mini';
import { toMinor } from '../../../src/contract/index.js';
import { Scalar, type JsonObject } from '../json-object.js';
import type { AttemptRef } from '../provider.js';

/**
 * Whether everything by which a reply names a payment is ours: merchant, order, amount in minor units, currency.
 * What is absent says nothing. Names differ between operations (`orderReference`, `order_id`).
 */
export function isAbout(json: JsonObject, attempt: AttemptRef, merchantId: string): boolean {
  const named = Identity.parse(json);
  const { amount } = named;
  return (
    [named.merchantAccount, named.merchant_id].every((one) => one === undefined || one === merchantId) &&
    [named.orderReference, named.order_id].every((one) => one === undefined || one === attempt.reference) &&
    [named.currency, named.currency_iso].every(
      (one) => one === undefined || one === attempt.money.currency,
    ) &&
    (amount === undefined || toMinor(amount) === attempt.money.minor)
  );
}

const Identity = z.object({
  merchantAccount: Scalar,
  merchant_id: Scalar,
  orderReference: Scalar,
  order_id: Scalar,
  amount: Scalar,
  currency: Scalar,
  currency_iso: Scalar,
});
