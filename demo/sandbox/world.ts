import type { Context } from 'hono';
import type { Bank } from './acs/bank.js';
import type { Agenda } from './agenda.js';
import type { Callbacks } from './callbacks.js';
import type { Clock } from './clock.js';
import { isTransportFault, type Decision, type FaultyOperation } from './faults/fault.js';
import type { Faults } from './faults/faults.js';
import { cutConnection, suffer, type NodeContext } from './faults/suffer.js';
import type { TokenDesk } from './google-pay/token.js';
import type { Journal, JournalEntry, Party } from './journal.js';
import type { Ledger } from './ledger.js';
import type { Credentials } from './settings.js';

/** What everybody in the sandbox shares. */
export interface World {
  /** `http://127.0.0.1:8090`: one origin for both providers, the bank and Google. */
  readonly origin: string;
  readonly credentials: Credentials;
  /** The address that the merchant and GlobalPay's operator have agreed on; no request carries it. */
  globalpayCallbackUrl: string;
  readonly clock: Clock;
  /** Milliseconds since the epoch, by that clock. */
  readonly now: () => number;
  readonly ledger: Ledger;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly agenda: Agenda;
  readonly callbacks: Callbacks;
  readonly bank: Bank;
  readonly tokenDesk: TokenDesk;
}

interface Exchange {
  provider: 'procard' | 'globalpay';
  /** Undefined where the request names no operation the provider has. */
  operation: FaultyOperation | undefined;
  /** Left out: the merchant's server. */
  from?: Party;
  sent: unknown;
  parts?: [string, string][];
  /** Asked once the request has been executed. */
  describe: () => Pick<JournalEntry, 'about' | 'checks'>;
}

/** Executes one request to a provider: with the fault that was ordered for it, if any, and written down. */
export async function exchange(
  world: World,
  c: NodeContext,
  { provider, operation, from = 'server', sent, parts, describe }: Exchange,
  execute: (decision: Decision | undefined) => Response | 'lost' | Promise<Response | 'lost'>,
): Promise<Response> {
  const fault = operation && world.faults.takeForCall(operation);
  const [transport, decision] = fault && isTransportFault(fault) ? [fault] : [undefined, fault];
  if (transport?.fault === 'clock_shift') {
    world.clock.shift(transport.seconds);
    world.agenda.catchUp();
  }
  const startedAt = world.now();
  let answer: unknown = null;
  let status: number | null = null;
  const run = async (): Promise<Response> => {
    const response = await execute(decision);
    if (response === 'lost') return cutConnection(c);
    status = response.status;
    answer = await answerOf(response.clone());
    return response;
  };
  const response = transport ? await suffer(c, transport, run) : await run();
  world.journal.add({
    startedAt,
    from,
    to: 'provider',
    provider,
    operation: operation ?? 'unknown',
    sent,
    ...(parts && { parts }),
    status,
    answer,
    ...describe(),
    ...(fault && { fault: fault.fault }),
  });
  return response;
}

async function answerOf(response: Response): Promise<unknown> {
  return response.headers.get('Content-Type')?.startsWith('application/json')
    ? response.json()
    : response.headers.get('Location');
}

/** Runs once the answer to this request has left, or its connection is gone. */
export function afterAnswer(c: NodeContext, task: () => void): void {
  c.env.outgoing.once('close', task);
}

/** An address that may stand in a form's `action` or a `Location`. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

/** The request's form, names as sent. */
export async function formOf(c: Context): Promise<URLSearchParams> {
  return new URLSearchParams(await c.req.text());
}
