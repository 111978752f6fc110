import type { PaymentView } from '../contract/payment.js';
import { insist } from './insist.js';
import { paymentInUrl } from './return-address.js';
import type { Run } from './run.js';

/**
 * The payment that is under way for the order: the one asked for, else that of this tab's last attempt, else the one
 * whose return address this is. An attempt comes before the address, which may be that of an earlier try.
 */
export async function findPayment(
  run: Run,
  asked: string | undefined,
  onUnknown: () => void,
): Promise<PaymentView | undefined> {
  const { client, memory, settings, signal } = run;
  const byId = (id: string) => insist(run, () => client.payment(id, signal), onUnknown);
  const ours = (answer: Awaited<ReturnType<typeof byId>>): PaymentView | undefined =>
    answer?.kind === 'ok' && answer.value.orderId === settings.orderId ? answer.value : undefined;
  if (asked) return ours(await byId(asked));

  const attempt = memory.read();
  if (attempt) {
    const { key, payment } = attempt;
    const found = ours(
      await (payment ? byId(payment) : insist(run, () => client.paymentByKey(key, signal), onUnknown)),
    );
    if (found || signal.aborted) return found;
    memory.forget();
  }
  const inUrl = paymentInUrl();
  return inUrl ? ours(await byId(inUrl)) : undefined;
}
