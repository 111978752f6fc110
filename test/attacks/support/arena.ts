import { after, afterEach, mock } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../../../demo/sandbox/sandbox.js';
import { CREDENTIALS } from '../../../demo/sandbox/settings.js';
import type { Order } from '../../../server-stub/orders/order-source.js';
import { startServer, type RunningServer } from '../../../server-stub/server.js';
import { readConfig } from '../../../server-stub/config.js';
import { createLog } from '../../../server-stub/log.js';
import { openStore } from '../../../server-stub/store/open-store.js';
import type { PaymentStore } from '../../../server-stub/store/payment-store.js';
import { isFinal, type PaymentView } from '../../../src/contract/index.js';
import { ManualPorts, settled } from '../../server-stub/support/manual-ports.js';
import { holdPatience, PATIENCE_MS } from '../../server-stub/support/patience.js';
import { temporaryDirectory } from '../../server-stub/support/temporary.js';
import { isUnderWay } from '../../support/under-way.js';
import { Marks } from './marks.js';
import { reckon } from './reckoning.js';
import { Relay } from './relay.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Longer than anybody waits for a shopper. */
const LONGEST_MS = 40 * MINUTE;

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
}

/** A real server and the sandbox, bare TCP between them, and one time for both, which passes only when a test says so. */
export interface Arena {
  readonly url: string;
  readonly sandbox: Sandbox;
  readonly relay: Relay;
  readonly ports: ManualPorts;
  /** The shop's: a price may change at any moment. */
  readonly orders: Map<string, Order>;
  /** What was kept: read beside the server, never written. */
  readonly store: PaymentStore;
  readonly marks: Marks;
  /** What the merchant was told, as JSON. */
  readonly notices: string[];
  readonly log: readonly string[];
  readonly dataDir: string;
  /** Everything that the server has answered, heads and bodies. */
  readonly answers: string[];
  /** Asks the server, and keeps what it answers. */
  send(path: string, init?: RequestInit): Promise<Reply>;
  look(id: string): Promise<PaymentView>;
  /** Lets time pass, except while a provider is asked, until the payment has this status; without one, until it is final. */
  until(id: string, status?: PaymentView['status']): Promise<PaymentView>;
  /** Lets time pass, a second after the other, until this is done. */
  meanwhile<T>(task: Promise<T>): Promise<T>;
  /** Waits, without time passing, until what is under way has led to this. */
  sees(condition: () => boolean): Promise<void>;
  /** Has the server wait no longer for a provider: it does so as long as nobody says this. */
  readonly tire: () => void;
  /** Orders something to go wrong at the sandbox. */
  fault(order: object): Promise<void>;
  /** One more server beside the first, on the same database. */
  another(): Promise<RunningServer>;
}

/**
 * Starts everything, once for a file of tests. After each of them the ledger and the payments have to agree, what was
 * ordered to go wrong has to have happened, and no secret may stand where it must not.
 */
export async function startArena(settings: Record<string, string> = {}): Promise<Arena> {
  const [ports, relay, marks, orders] = [
    new ManualPorts(),
    new Relay(),
    new Marks(),
    new Map<string, Order>(),
  ];
  const [notices, answers]: [string[], string[]] = [[], []];
  const dataDir = temporaryDirectory();
  const log: string[] = [];
  const logged = createLog('info', { write: (line) => void log.push(line) });
  const provider = await relay.listen();
  const start = (env: Record<string, string>) =>
    startServer({
      env: { ...environment(provider), DATA_DIR: dataDir, ...settings, ...env },
      orders: { find: async (id) => orders.get(id) },
      onEvent: (event) => void notices.push(JSON.stringify(event)),
      ports,
      limits: { total: PATIENCE_MS },
      log: logged,
    });
  const server = await start({});
  const { url } = server;
  const globalpayCallbackUrl = `${url}/pay/callbacks/globalpay`;
  const sandbox = await startSandbox({ port: 0, globalpayCallbackUrl, now: () => ports.now() });
  relay.leadTo(sandbox.url);
  marks.secret('ProcardPay’s key', CREDENTIALS.procardSecret);
  marks.secret('GlobalPay’s password', CREDENTIALS.globalpayPassword);
  const store = await openStore(readConfig({ DATA_DIR: dataDir }));

  const send: Arena['send'] = async (path, init) => {
    const response = await fetch(new URL(path, url), { redirect: 'manual', ...init });
    const { status, headers } = response;
    const text = await response.text();
    answers.push(`${JSON.stringify([...headers])}\n${text}`);
    return { status, headers, text };
  };
  const look: Arena['look'] = async (id) =>
    JSON.parse((await send(`/pay/payments/${id}`)).text) as PaymentView;

  const tire = holdPatience(mock);
  const arena: Arena = {
    ...{ url, sandbox, relay, ports, orders, store, marks, notices, log, dataDir, answers, send, look, tire },
    async until(id, status) {
      const start = ports.now();
      for (;;) {
        const view = await look(id);
        if (status ? view.status === status : isFinal(view.status)) return view;
        if (isUnderWay(provider)) {
          await pause(5);
          continue;
        }
        const waited = ports.now() - start;
        if (waited > LONGEST_MS) throw new Error(`still ${view.status}`);
        await ports.leap(Math.min(MINUTE, Math.max(SECOND, Math.round(waited / 2))));
      }
    },
    async meanwhile(task) {
      let isDone = false;
      const end = () => void (isDone = true);
      task.then(end, end);
      while (!isDone) {
        await ports.leap(SECOND);
        await pause(5);
      }
      return task;
    },
    async sees(condition) {
      for (let look = 0; !condition(); look += 1) {
        if (look === 1_000) throw new Error('it never came');
        await pause(5);
      }
    },
    async fault(order) {
      const headers = { 'Content-Type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify(order) };
      const response = await fetch(`${sandbox.url}/control/faults`, init);
      if (!response.ok) throw new Error(await response.text());
    },
    another: () => start({ PUBLIC_URL: url }),
  };
  afterEach(() => reckon(arena));
  after(async () => {
    await settled();
    await store.close();
    await server.close();
    await sandbox.close();
    relay.refuse();
  });
  return arena;
}

function environment(provider: string): Record<string, string> {
  return {
    PORT: '0',
    PROCARD_API_URL: `${provider}/procard/api/`,
    PROCARD_MERCHANT_ID: CREDENTIALS.procardMerchantId,
    PROCARD_SECRET_KEY: CREDENTIALS.procardSecret,
    GOOGLE_PAY_GATEWAY_MERCHANT_ID: CREDENTIALS.gatewayMerchantId,
    GLOBALPAY_API_URL: `${provider}/globalpay/checkout`,
    GLOBALPAY_USERNAME: CREDENTIALS.globalpayUsername,
    GLOBALPAY_PASSWORD: CREDENTIALS.globalpayPassword,
    GLOBALPAY_SERVICE_ID: CREDENTIALS.globalpayServiceId,
  };
}
