import { isFinal } from '../../src/contract/index.js';
import type { LedgerEntry } from '../../demo/sandbox/ledger.js';
import type { PaymentRecord } from '../../server-stub/store/payment-store.js';
import { counted, type WholeJournal } from './soak-journal.js';
import type { Orders } from './soak-orders.js';
import type { Receiver } from './soak-receiver.js';
import { isReachable, type Sightings } from './soak-sightings.js';

export interface Outcome {
  /** Every payment as the database has it. */
  payments: readonly PaymentRecord[];
  /** The providers' own word on what was charged: what everything else is held against. */
  captures: readonly LedgerEntry[];
  journal: WholeJournal;
  orders: Orders;
  receiver: Receiver;
  sightings: Sightings;
  /** Of servers that ended by themselves, or badly. */
  deaths: readonly string[];
}

/** What does not hold once everything is quiet: sentences that begin with the invariant's number. */
export function violations(outcome: Outcome): string[] {
  const { payments, captures, sightings, receiver, deaths } = outcome;
  const stored = new Set(payments.map(({ id }) => id));
  const references = new Set(payments.map(({ reference }) => reference));
  return [
    ...captures.flatMap(({ reference }) =>
      references.has(reference) ? [] : [`I2 ${reference} was captured, and there is no such payment`],
    ),
    ...[...sightings.payments].flatMap((id) =>
      stored.has(id) ? [] : [`I2 ${id} was shown, and there is no such payment`],
    ),
    ...payments.flatMap((payment) => ofPayment(payment, outcome)),
    ...ofOrders(outcome),
    ...ofCalls(outcome),
    ...sightings.violations,
    ...sightings.jumps(),
    ...receiver.violations,
    ...payments.flatMap((payment) => ofNotices(payment, outcome)),
    ...deaths.map((death) => `a server ended: ${death}`),
  ];
}

function ofPayment(payment: PaymentRecord, outcome: Outcome): string[] {
  const { id, reference, provider, status, money, orderId } = payment;
  const captures = outcome.captures.filter((capture) => capture.reference === reference);
  const price = outcome.orders.priceOf(orderId);
  const wrong: string[] = [];
  if (captures.length > 1) wrong.push(`I1 ${id} was captured ${captures.length} times`);
  if (captures.length > 0 && status !== 'approved') wrong.push(`I2 ${id} was captured and is ${status}`);
  if (captures.length === 0 && status === 'approved') wrong.push(`I3 ${id} is approved and was not captured`);
  for (const capture of captures)
    if (
      capture.provider !== provider ||
      capture.amountMinor !== money.minor ||
      capture.currency !== money.currency
    )
      wrong.push(`I3 ${id} was captured as ${JSON.stringify(capture)}`);
  if (money.minor !== price?.minor || money.currency !== price.currency)
    wrong.push(`I6 ${id} has ${JSON.stringify(money)} where its order costs ${JSON.stringify(price)}`);
  const approvedAt = outcome.sightings.approvedAt.get(id);
  const capturedAt = captures.map(({ at }) => Date.parse(at));
  if (approvedAt !== undefined && !capturedAt.some((at) => at <= approvedAt))
    wrong.push(`I11 ${id} was called approved before it was captured`);
  if (!isFinal(status)) wrong.push(`I13 ${id} is still ${status}`);
  return wrong;
}

/** A second capture of an order is possible only where somebody gave up and the bank approved after all; a person is told. */
function ofOrders({ payments }: Outcome): string[] {
  const inTime = payments.filter(({ status, late }) => status === 'approved' && !late);
  const untold = payments.filter(({ late, attention }) => late && attention !== 'late_approval');
  return [
    ...[...counted(inTime.map(({ orderId }) => orderId))].flatMap(([orderId, times]) =>
      times > 1 ? [`I1 the order ${orderId} was paid ${times} times`] : [],
    ),
    ...untold.map(({ id }) => `I2 ${id} was approved late, and nobody is told to look`),
  ];
}

/** What moves money is sent once, whatever became of the answer. */
function ofCalls({ payments, journal }: Outcome): string[] {
  const once = ['GooglePayPurchase', 'Purchase', 'Complete3DS'];
  const sent = journal.entries.filter(({ from, operation }) => from === 'server' && once.includes(operation));
  const times = counted(sent.flatMap(({ operation, about }) => about.map((name) => `${operation} ${name}`)));
  return payments.flatMap(({ id, provider, reference }) =>
    once.flatMap((operation) => {
      const count = times.get(`${operation} ${provider}:${reference}`) ?? 0;
      const invariant = operation === 'Complete3DS' ? 'I8' : 'I1';
      return count > 1 ? [`${invariant} ${operation} of ${id} was sent ${count} times`] : [];
    }),
  );
}

/** After deduplication the merchant has learnt every ending, in its order, the last one last. */
function ofNotices({ id, status, attention }: PaymentRecord, { receiver }: Outcome): string[] {
  const notices = receiver.noticesOf(id).map(({ type, data }) => ({ type, ...data.payment }));
  const endings = notices.filter(({ type }) => type !== 'payment.attention').map((notice) => notice.status);
  const wrong: string[] = [];
  if (isFinal(status) && endings.at(-1) !== status)
    wrong.push(`I9 ${id} is ${status}, and the merchant was told: ${endings.join(', ') || 'nothing'}`);
  for (const [index, to] of endings.entries()) {
    const from = endings[index - 1];
    if (from !== undefined && (from === to || !isReachable(from, to)))
      wrong.push(`I9 the merchant was told that ${id} is ${from} and then ${to}`);
  }
  if (attention !== null && !notices.some((notice) => notice.attention === attention))
    wrong.push(`I9 ${id} needs attention (${attention}), and the merchant was not told`);
  return wrong;
}
