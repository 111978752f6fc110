import * as z from 'zod/mini';
import { Currency, DeclineReason, MethodType, PaymentView, WindowSize } from '../../../src/contract/index.js';
import { STORED_STATUSES, type PaymentChange, type PaymentRecord } from '../payment-store.js';
import type { SealedColumn, Sealing } from '../sealing.js';

/** A row of `payments`, as both databases return it. */
export const PaymentRow = z.object({
  id: z.string(),
  order_id: z.string(),
  idempotency_key: z.string(),
  request_hash: z.string(),
  answer: z.nullable(z.string()),
  provider: z.string(),
  reference: z.string(),
  method: MethodType,
  amount_minor: z.int(),
  currency: Currency,
  return_url: z.string(),
  created_at: z.int(),
  status: z.enum(STORED_STATUSES),
  version: z.int(),
  provider_id: z.nullable(z.string()),
  action: z.nullable(z.string()),
  /** Outlives `action`: a bank may send the shopper back when everything is over. */
  challenge_token: z.nullable(z.string()),
  decline: z.nullable(z.string()),
  receipt_url: z.nullable(z.string()),
  late: z.int(),
  attention: z.nullable(z.enum(['late_approval', 'unresolved', 'mismatch'])),
  next_check_at: z.nullable(z.int()),
  checks: z.int(),
});
export type PaymentRow = z.infer<typeof PaymentRow>;

const StoredAction = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('threeds'),
    token: z.string(),
    challenge: z.discriminatedUnion('version', [
      z.object({
        version: z.literal(1),
        acsUrl: z.string(),
        PaReq: z.string(),
        MD: z.string(),
        windowSize: WindowSize,
      }),
      z.object({ version: z.literal(2), acsUrl: z.string(), creq: z.string(), windowSize: WindowSize }),
    ]),
    returned: z.boolean(),
  }),
  z.object({ type: z.literal('redirect'), id: z.string(), url: z.string() }),
]);

const StoredDecline = z.object({ reason: DeclineReason, providerCode: z.optional(z.string()) });

export function toRow(record: PaymentRecord, sealing: Sealing): PaymentRow {
  return {
    id: record.id,
    order_id: record.orderId,
    idempotency_key: record.key,
    request_hash: record.requestHash,
    answer: sealed(sealing, 'answer', json(record.answer)),
    provider: record.provider,
    reference: record.reference,
    method: record.method,
    amount_minor: record.money.minor,
    currency: record.money.currency,
    return_url: record.returnUrl,
    created_at: record.createdAt,
    status: record.status,
    version: record.version,
    provider_id: sealed(sealing, 'provider_id', record.providerId),
    action: sealed(sealing, 'action', json(record.action)),
    challenge_token: record.action?.type === 'threeds' ? record.action.token : null,
    decline: json(record.decline),
    receipt_url: record.receiptUrl,
    late: record.late ? 1 : 0,
    attention: record.attention,
    next_check_at: record.nextCheckAt,
    checks: record.checks,
  };
}

export function fromRow(found: unknown, sealing: Sealing): PaymentRecord {
  const row = PaymentRow.parse(found);
  const open = (column: Exclude<SealedColumn, 'mark'>) => {
    const text = row[column];
    return text === null ? null : sealing.open(column, text);
  };
  const answer = open('answer');
  const action = open('action');
  return {
    id: row.id,
    orderId: row.order_id,
    key: row.idempotency_key,
    requestHash: row.request_hash,
    answer: answer === null ? null : PaymentView.parse(JSON.parse(answer)),
    provider: row.provider,
    reference: row.reference,
    method: row.method,
    money: { minor: row.amount_minor, currency: row.currency },
    returnUrl: row.return_url,
    createdAt: row.created_at,
    status: row.status,
    version: row.version,
    providerId: open('provider_id'),
    action: action === null ? null : StoredAction.parse(JSON.parse(action)),
    decline: row.decline === null ? null : readDecline(row.decline),
    receiptUrl: row.receipt_url,
    late: row.late === 1,
    attention: row.attention,
    nextCheckAt: row.next_check_at,
    checks: row.checks,
  };
}

/** The columns that a change writes; those it does not name stay as they are. */
export function toColumns(change: PaymentChange, sealing: Sealing): Partial<PaymentRow> {
  return {
    ...(change.status !== undefined && { status: change.status }),
    ...(change.answer !== undefined && { answer: sealed(sealing, 'answer', json(change.answer)) }),
    ...(change.providerId !== undefined && {
      provider_id: sealed(sealing, 'provider_id', change.providerId),
    }),
    ...(change.action !== undefined && { action: sealed(sealing, 'action', json(change.action)) }),
    ...(change.action?.type === 'threeds' && { challenge_token: change.action.token }),
    ...(change.decline !== undefined && { decline: json(change.decline) }),
    ...(change.receiptUrl !== undefined && { receipt_url: change.receiptUrl }),
    ...(change.late !== undefined && { late: change.late ? 1 : 0 }),
    ...(change.attention !== undefined && { attention: change.attention }),
    ...(change.nextCheckAt !== undefined && { next_check_at: change.nextCheckAt }),
    ...(change.checks !== undefined && { checks: change.checks }),
  };
}

function readDecline(text: string): NonNullable<PaymentRecord['decline']> {
  const { reason, providerCode } = StoredDecline.parse(JSON.parse(text));
  return providerCode === undefined ? { reason } : { reason, providerCode };
}

function sealed(sealing: Sealing, column: SealedColumn, text: string | null): string | null {
  return text === null ? null : sealing.seal(column, text);
}

function json(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
