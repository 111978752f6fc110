import { isFinal } from '../contract/final.js';
import type { PaymentView } from '../contract/payment.js';
import { insist, pause, type Waiting } from './insist.js';
import type { Answer, MerchantClient } from './merchant-client.js';

/** A server that does not hold its answer back is not asked more often than this. */
const SHORTEST_PAUSE_MS = 1_000;

/**
 * Every newer view of a payment, up to the final one. Nothing else ends it: a payment that was seen once is asked
 * about through every failure, and `onTrouble` is told of each. The view after that may be no newer: it ends the trouble.
 */
export async function* watchPayment(
  waiting: Waiting,
  client: MerchantClient,
  seen: PaymentView,
  onTrouble: () => void,
): AsyncGenerator<PaymentView, void> {
  while (!isFinal(seen.status)) {
    const woken = AbortSignal.any([waiting.signal, waiting.wake.signal]);
    const asked = performance.now();
    let after = seen.version;
    const answer = await insist(
      waiting,
      async (until) => unsettled(await client.payment(seen.id, until, after)),
      () => {
        after = seen.version - 1;
        onTrouble();
      },
    );
    if (answer?.kind !== 'ok') return;
    if (answer.value.version > after) yield (seen = answer.value);
    else await pause(asked + SHORTEST_PAUSE_MS - performance.now(), woken);
  }
}

function unsettled(answer: Answer<PaymentView>): Answer<PaymentView> {
  return answer.kind === 'refused' ? { ...answer, kind: 'unknown' } : answer;
}
