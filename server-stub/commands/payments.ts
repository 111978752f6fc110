import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { readConfig } from '../config.js';
import { isUnderway } from '../payments/schedule.js';
import { SettingError, type Environment } from '../setting-error.js';
import { openStore } from '../store/open-store.js';
import {
  STORED_STATUSES,
  type PaymentFilter,
  type PaymentStore,
  type StoredStatus,
} from '../store/payment-store.js';
import { asData, asDetails, asTable } from './presentation.js';

const PAGE = 500;

interface Terminal {
  env: Environment;
  now: () => number;
  print: (text: string) => void;
}

/**
 * `npm run payments -- <command>`: what the merchant's operator does beside a running server, on the store that the
 * same settings name. Nothing here shows a secret or calls a provider.
 */
export async function runPayments(parameters: readonly string[], terminal: Terminal): Promise<void> {
  const program = new Command('npm run payments --')
    .description('Looks at payments, and has the server ask about them.')
    .exitOverride()
    .configureOutput({ writeOut: terminal.print, writeErr: terminal.print });
  const json = new Option('--json', 'one JSON object a line instead of a table');
  const limit = new Option('--limit <n>', 'how many').default(20).argParser(Number);

  program
    .command('list')
    .description('the newest payments')
    .addOption(new Option('--status <status>', 'only these').choices(STORED_STATUSES))
    .option('--order <id>', 'only those of an order')
    .addOption(limit)
    .addOption(json)
    .action(async (options: { status?: StoredStatus; order?: string; limit: number; json?: true }) => {
      const { status, order: orderId } = options;
      await list({ ...(status && { status }), ...(orderId !== undefined && { orderId }) }, options, terminal);
    });
  program
    .command('attention')
    .description('payments that a person should look at')
    .addOption(limit)
    .addOption(json)
    .action((options: { limit: number; json?: true }) => list({ needsAttention: true }, options, terminal));
  program
    .command('show <id>')
    .description('everything about one payment')
    .addOption(json)
    .action((id: string, options: { json?: true }) => show(id, options, terminal));
  program
    .command('recheck <id>')
    .description('have the server ask the provider about a payment now')
    .action((id: string) => recheck(id, terminal));
  program
    .command('export')
    .description('every payment, newest first, one JSON object a line')
    .action(() => exportAll(terminal));
  await program.parseAsync(parameters, { from: 'user' });
}

async function list(
  filter: PaymentFilter,
  options: { limit: number; json?: true },
  { env, print }: Terminal,
): Promise<void> {
  await withStore(env, async (store) => {
    const records = await store.list(filter, options.limit);
    if (options.json) for (const record of records) print(`${JSON.stringify(asData(record))}\n`);
    else print(`${asTable(records)}\n`);
  });
}

async function show(id: string, options: { json?: true }, { env, print }: Terminal): Promise<void> {
  await withStore(env, async (store) => {
    const record = await store.find(id);
    if (!record) throw new OperatorError(`There is no payment ${id}.`);
    print(`${options.json ? JSON.stringify(asData(record)) : asDetails(record)}\n`);
  });
}

async function recheck(id: string, { env, now, print }: Terminal): Promise<void> {
  await withStore(env, async (store) => {
    const record = await store.find(id);
    if (!record) throw new OperatorError(`There is no payment ${id}.`);
    if (isUnderway(record, now()))
      throw new OperatorError(
        `The provider is being called about ${id} at this moment. Try again in a minute.`,
      );
    if (!(await store.compareAndSet(record, { nextCheckAt: now() })))
      throw new OperatorError(`${id} has changed meanwhile. Look at it first.`);
    print(`The server asks about ${id} within a second or two. See: npm run payments -- show ${id}\n`);
  });
}

async function exportAll({ env, print }: Terminal): Promise<void> {
  await withStore(env, async (store) => {
    for (
      let page = await store.list({}, PAGE);
      page.length > 0;
      page = await store.list({}, PAGE, page.at(-1))
    )
      for (const record of page) print(`${JSON.stringify(asData(record))}\n`);
  });
}

async function withStore(env: Environment, work: (store: PaymentStore) => Promise<void>): Promise<void> {
  const store = await openStore(readConfig(env));
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

/** Something that the operator has asked for and that cannot be done; its message says why. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

async function main(): Promise<void> {
  const print = (text: string) => void process.stdout.write(text);
  try {
    await runPayments(process.argv.slice(2), { env: process.env, now: Date.now, print });
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof OperatorError || error instanceof SettingError) console.error(error.message);
    // What the parser of the command line had to say, it has said.
    else if (!(error instanceof Error && 'exitCode' in error)) throw error;
    else process.exitCode = Number(error.exitCode);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
