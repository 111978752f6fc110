import type { PaymentRecord } from '../../server-stub/store/payment-store.js';
import type { Ledger } from './ledger.js';
import type { Merchant } from './merchant.js';
import type { Watch } from './watched-store.js';

export interface Outcome {
  ledger: Ledger;
  watch: Watch;
  merchant: Merchant;
  /** Money of each order in minor units. */
  prices: ReadonlyMap<string, number>;
  /** Everything that left the servers and is not addressed to a provider: log lines, events. */
  outputs: readonly string[];
}

/** What does not hold once everything is quiet, each sentence beginning with the invariant's number. */
export function violations(outcome: Outcome): string[] {
  const payments = [...outcome.watch.payments.values()];
  return [
    ...breaches(outcome),
    ...payments.flatMap((payment) => ofQuietPayment(payment, outcome)),
    ...ofMerchant(outcome),
    ...outcome.outputs.flatMap((text) => (text.includes('canary') ? [`I12 a secret left: ${text}`] : [])),
  ];
}

/** What does not hold now, and could at no moment be mended. */
export function breaches(outcome: Outcome): string[] {
  const { ledger, watch } = outcome;
  const payments = [...watch.payments.values()];
  return [
    ...watch.complaints,
    ...[...ledger.purchasesSent].flatMap(([reference, times]) =>
      times > 1 ? [`I1 the purchase ${reference} was sent ${times} times`] : [],
    ),
    ...[...ledger.completionsSent.values()].flatMap((times) =>
      times > 1 ? [`I8 one Complete3DS was sent ${times} times`] : [],
    ),
    ...ledger.captures.flatMap(({ reference }) =>
      watch.byReference(reference) ? [] : [`I1 something unknown was captured: ${reference}`],
    ),
    ...payments.flatMap((payment) => ofPayment(payment, outcome)),
    ...ofOrders(payments, outcome),
  ];
}

function ofPayment(payment: PaymentRecord, { ledger, prices }: Outcome): string[] {
  const { id, reference, status, money, orderId } = payment;
  const captures = ledger.capturesOf(reference);
  const price = prices.get(orderId);
  const told = ledger.amountsTold.get(reference);
  const wrong: string[] = [];
  if (captures.length > 1) wrong.push(`I1 ${id} was captured ${captures.length} times`);
  if (captures.length === 0 && status === 'approved') wrong.push(`I3 ${id} is approved and was not captured`);
  if (captures.some(({ amountMinor, currency }) => amountMinor !== price || currency !== money.currency))
    wrong.push(`I3 ${id} was captured with another amount`);
  if (money.minor !== price) wrong.push(`I6 ${id} is kept with another amount than its order`);
  if (told !== undefined && told !== price)
    wrong.push(`I6 the provider was told ${told} instead of ${price ?? '?'}`);
  return wrong;
}

function ofQuietPayment(payment: PaymentRecord, { ledger }: Outcome): string[] {
  const { id, reference, status, attention, nextCheckAt } = payment;
  const isCaptured = ledger.capturesOf(reference).length > 0;
  const wrong: string[] = [];
  if (isCaptured && status !== 'approved') wrong.push(`I2 ${id} was captured and is ${status}`);
  const isOpen = ['created', 'processing', 'requires_action'].includes(status);
  if (isOpen && attention !== 'unresolved') wrong.push(`I13 ${id} is still ${status}`);
  if (isOpen && nextCheckAt === null && attention === null) wrong.push(`I13 nobody asks about ${id}`);
  return wrong;
}

/** A second capture of an order is possible only where somebody gave up, and the bank approved after all. */
function ofOrders(payments: readonly PaymentRecord[], { prices }: Outcome): string[] {
  return [...prices.keys()].flatMap((orderId) => {
    const paid = payments.filter((payment) => payment.orderId === orderId && payment.status === 'approved');
    const inTime = paid.filter(({ late }) => !late);
    return inTime.length > 1 ? [`I1 the order ${orderId} was paid ${inTime.length} times`] : [];
  });
}

function ofMerchant({ watch, merchant }: Outcome): string[] {
  return [...watch.payments.keys()].flatMap((id) => {
    const endings = watch.endings.get(id) ?? [];
    const told = merchant.endingsOf(id);
    return endings.join() === told.join()
      ? []
      : [
          `I9 ${id} ended as ${endings.join(', ') || 'nothing'}, and the merchant was told ${told.join(', ')}`,
        ];
  });
}
