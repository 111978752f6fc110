import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isFinal, type PaymentView } from '../../../src/contract/index.js';
import type { FaultyOperation } from '../../../demo/sandbox/faults/fault.js';
import type { JournalEntry } from '../../../demo/sandbox/journal.js';
import { startDemo, type DemoOptions } from '../../../demo/start.js';
import { ManualPorts } from '../../server-stub/support/manual-ports.js';
import { isUnderWay } from '../../support/under-way.js';
import { buy, json, post, type Way } from './buyer.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** More than the quarter of an hour that ProcardPay waits for a shopper. */
const LONGEST = 30 * MINUTE;

/** Server and sandbox, time that passes only while somebody waits, and a shopper without a browser. */
export interface Bench {
  fault(order: object): Promise<void>;
  /** Pays for a new order, and resolves to the payment as it ends. */
  pay(way: Way): Promise<PaymentView>;
  captures(): Promise<number>;
  /** How many requests for this operation have reached the provider. */
  sent(operation: FaultyOperation): Promise<number>;
  /** The faults that were ordered and have not happened. */
  leftOver(): Promise<unknown[]>;
  close(): Promise<void>;
}

export async function startBench(options: Pick<DemoOptions, 'limits'> = {}): Promise<Bench> {
  const time = new ManualPorts();
  const dataDir = await mkdtemp(join(tmpdir(), 'pay-elements-'));
  const demo = await startDemo({ shopPort: 0, sandboxPort: 0, dataDir, ports: time, ...options });
  return {
    async fault(order) {
      const { status, body } = await post(`${demo.sandbox}/control/faults`, order);
      assert.equal(status, 200, JSON.stringify(body));
    },
    async pay(way) {
      const { id } = await buy(demo, way);
      return ending(`${demo.shop}/pay/payments/${id}`, demo.sandbox, time);
    },
    async captures() {
      const { captures } = (await json(`${demo.sandbox}/control/ledger`)) as { captures: unknown[] };
      return captures.length;
    },
    async sent(operation) {
      const journal = (await json(`${demo.sandbox}/control/journal`)) as JournalEntry[];
      return journal.filter((entry) => entry.from === 'server' && entry.operation === operation).length;
    },
    async leftOver() {
      const { ordered } = (await json(`${demo.sandbox}/control/faults`)) as { ordered: unknown[] };
      return ordered;
    },
    async close() {
      await demo.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Looks every second of the bench's time, and less often after a minute. It stands still while a provider is asked. */
async function ending(payment: string, provider: string, time: ManualPorts): Promise<PaymentView> {
  const start = time.now();
  for (;;) {
    const view = (await json(payment)) as PaymentView;
    if (isFinal(view.status)) return view;
    if (isUnderWay(provider)) {
      await pause(20);
      continue;
    }
    const waited = time.now() - start;
    assert.ok(waited < LONGEST, `still ${view.status}`);
    await time.advance(waited < MINUTE ? SECOND : MINUTE / 2);
  }
}
