import Table from 'cli-table3';
import { toDecimal } from '../../src/contract/index.js';
import type { PaymentRecord } from '../store/payment-store.js';

/**
 * What an operator may see of a payment. The provider's own id, the bank's messages and the key of the shopper's
 * request are secrets, and stay in the store.
 */
export function asData(record: PaymentRecord) {
  const { id, orderId, provider, reference, method, money, status, version } = record;
  const { decline, receiptUrl, late, attention, checks } = record;
  return {
    ...{ id, orderId, provider, reference, method, money, status, version },
    ...{ decline, receiptUrl, late, attention },
    createdAt: instant(record.createdAt),
    nextCheckAt: record.nextCheckAt === null ? null : instant(record.nextCheckAt),
    checks,
  };
}

export function asTable(records: readonly PaymentRecord[]): string {
  if (records.length === 0) return 'No payments.';
  const table = plainTable(['created', 'payment', 'order', 'amount', 'status', 'attention']);
  for (const record of records)
    table.push([
      instant(record.createdAt),
      record.id,
      record.orderId,
      amount(record),
      record.late ? `${record.status} (late)` : record.status,
      record.attention ?? '',
    ]);
  return table.toString();
}

export function asDetails(record: PaymentRecord): string {
  const { decline, attention, nextCheckAt } = record;
  const table = plainTable([]);
  const rows: [string, string][] = [
    ['payment', record.id],
    ['order', record.orderId],
    ['amount', amount(record)],
    ['status', record.late ? `${record.status} (late)` : record.status],
    ['declined because', decline ? [decline.reason, decline.providerCode].filter(Boolean).join(', ') : ''],
    ['attention', attention === null ? '' : `${attention}: ${WHAT_TO_DO[attention]}`],
    ['provider', record.provider],
    ['its order', record.reference],
    ['method', record.method],
    ['receipt', record.receiptUrl ?? ''],
    ['created', instant(record.createdAt)],
    ['asked next', nextCheckAt === null ? 'not any more' : instant(nextCheckAt)],
    ['version', String(record.version)],
  ];
  table.push(...rows.filter(([, value]) => value !== ''));
  return table.toString();
}

const WHAT_TO_DO = {
  late_approval:
    'the provider approved it after the shopper was told otherwise; deliver, or refund at the provider',
  unresolved: 'the provider never said how it ended; ask the provider',
  mismatch: 'what the provider says does not fit this payment; compare it in the provider’s cabinet',
};

function amount({ money }: PaymentRecord): string {
  return `${toDecimal(money)} ${money.currency}`;
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

/** Columns of text without lines or colours, good for a terminal and for `grep`. */
function plainTable(head: string[]) {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' };
  const sides = { 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '' };
  return new Table({
    ...(head.length > 0 && { head }),
    chars: { ...none, ...sides, right: '', 'right-mid': '', middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
}
