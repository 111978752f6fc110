import type { JournalEntry } from '../../demo/sandbox/journal.js';
import { counted } from './soak-journal.js';
import type { SoakReport } from './soak-run.js';

/** The run in a table, and what did not hold with its story. */
export function tableOf(report: SoakReport): string {
  const { seed, seconds, payments, captures, journal, receiver, violations } = report;
  const attention = payments.flatMap((payment) => payment.attention ?? []);
  const rows: [string, string][] = [
    ['seed', String(seed)],
    ['time under faults', `${seconds} s`],
    ['payments', `${payments.length} for ${new Set(payments.map(({ orderId }) => orderId)).size} orders`],
    ['statuses', listed(counted(payments.map(({ status }) => status)))],
    ['late, needing attention', listed(counted(attention)) || 'none'],
    ['captures', listed(counted(captures.map(({ provider }) => provider)))],
    ['kills and cuts', listed(report.disasters)],
    ['faults', listed(journal.faults())],
    ['callbacks', listed(counted(journal.callbacks().map(({ provider }) => provider ?? '')))],
    ['notices', `${receiver.received} received, ${receiver.notices.size} after deduplication`],
    ['violations', String(violations.length)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const table = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  return [
    ...table,
    ...violations.flatMap((violation) => ['', violation, ...storyOf(violation, report)]),
  ].join('\n');
}

function listed(counts: Map<string, number>): string {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

/** What the sandbox saw, and the merchant was told, of the payments that a sentence names. */
function storyOf(violation: string, { payments, journal, receiver }: SoakReport): string[] {
  return payments
    .filter(({ id, orderId }) => violation.includes(id) || violation.includes(orderId))
    .flatMap((payment) => [
      `  ${JSON.stringify({ ...payment, answer: undefined, action: payment.action?.type })}`,
      ...journal.storyOf(payment).map(line),
      ...receiver.noticesOf(payment.id).map(({ type, timestamp }) => `  ${timestamp} notice ${type}`),
    ]);
}

function line({ at, tookMs, from, to, operation, status, answer, fault }: JournalEntry): string {
  const answered = JSON.stringify(answer)?.slice(0, 160);
  return `  ${at} ${from} → ${to} ${operation}: ${status} ${answered} in ${tookMs} ms${fault ? `, ${fault}` : ''}`;
}
