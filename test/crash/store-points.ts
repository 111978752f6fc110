import { Worker } from 'node:worker_threads';
import Libsql from 'libsql';
import pg from 'pg';
import { SqlStore } from '../../server-stub/store/sql-store.js';
import type { PaymentChange, PaymentRecord } from '../../server-stub/store/payment-store.js';

/** Around the store's methods, the moments at which a process can be told to die. It dies at the first that fits. */

type Method = 'insert' | 'compareAndSet' | 'storeCallback' | 'claimEvents' | 'settleEvent';
interface Point {
  method: Method;
  /** `during`: while the statement that makes it durable runs, or is on its way to the database. */
  at: 'before' | 'during' | 'after';
  /** Of `compareAndSet` only. */
  change?: (record: PaymentRecord, change: PaymentChange) => boolean;
}

const answered = ({ status, action }: PaymentRecord) => status === 'processing' && action === null;
const completing = ({ status }: PaymentRecord, change: PaymentChange) =>
  status === 'requires_action' && change.status === 'processing';
const completed = ({ status, action }: PaymentRecord) => status === 'processing' && action !== null;
const asked = ({ status, action }: PaymentRecord) =>
  status === 'requires_action' && action?.type === 'redirect';

const write = (at: Point['at'], change: NonNullable<Point['change']>): Point => ({
  method: 'compareAndSet',
  at,
  change,
});

const POINTS: Readonly<Record<string, Point>> = {
  K1: { method: 'insert', at: 'before' },
  K2: { method: 'insert', at: 'after' },
  K7: write('before', answered),
  K8: write('during', answered),
  K9: write('after', answered),
  K10: { method: 'storeCallback', at: 'before' },
  K11: { method: 'storeCallback', at: 'after' },
  'K12 commit': write('before', asked),
  K13: { method: 'claimEvents', at: 'after' },
  'K13 told': { method: 'settleEvent', at: 'before' },
  'K14 K2': write('after', completing),
  'K14 K7': write('before', completed),
  'K14 K8': write('during', completed),
  'K14 K9': write('after', completed),
};

/** `K16 3`: at the third statement that changes the database's form. */
export function armPoint(name: string): void {
  const nth = /^K16 (\d+)$/.exec(name)?.[1];
  if (nth !== undefined) return dieInMigration(Number(nth));
  const point = POINTS[name];
  if (!point) throw new Error(`there is no point ${name}`);
  const { method, at, change } = point;
  const dieInCommit = at === 'during' ? commitKiller() : undefined;
  wrap(SqlStore.prototype, method, async (proceed, given) => {
    const isPoint = !change || change(given[0] as PaymentRecord, given[1] as PaymentChange);
    if (isPoint && at === 'before') die();
    if (isPoint) dieInCommit?.(given[2] === undefined ? 'update "payments"' : 'commit');
    const result = await proceed();
    if (isPoint && at === 'after' && !(Array.isArray(result) && result.length === 0)) die();
    return result;
  });
}

function dieInMigration(nth: number): void {
  let left = nth;
  const look = (proceed: () => unknown, [text]: unknown[]) => {
    if (/^\s*(create|alter|drop|update|insert)\b/i.test(String(text)) && --left === 0) die();
    return proceed();
  };
  wrap(Libsql.prototype, 'prepare', look);
  wrap(pg.Client.prototype, 'query', look);
}

/** PostgreSQL: dies as soon as the statement has left. Embedded: a second thread strikes while the first one writes. */
function commitKiller(): (statement: string) => void {
  const strike = executioner(Number(process.env['FAULT_DELAY_US'] ?? 0));
  return (statement) => {
    wrap(pg.Client.prototype, 'query', (proceed, [text]) => {
      const result = proceed();
      if (String(text).startsWith(statement)) die();
      return result;
    });
    wrap(Libsql.prototype, 'prepare', (proceed, [text]) => {
      if (String(text).startsWith(statement)) strike();
      return proceed();
    });
  };
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function wrap(
  prototype: object,
  name: string,
  around: (proceed: () => unknown, given: unknown[]) => unknown,
): void {
  const original = Reflect.get(prototype, name) as (...given: unknown[]) => unknown;
  Reflect.set(prototype, name, function (this: unknown, ...given: unknown[]) {
    return around(() => original.apply(this, given), given);
  });
}

/** A thread that waits for a sign, and then kills the process after so many microseconds. */
function executioner(delay: number): () => void {
  const sign = new Int32Array(new SharedArrayBuffer(4));
  const code = `
    const { sign, delay } = require('node:worker_threads').workerData;
    Atomics.wait(sign, 0, 0);
    const end = performance.now() + delay / 1000;
    while (performance.now() < end);
    process.kill(process.pid, 'SIGKILL');`;
  const worker = new Worker(code, { eval: true, workerData: { sign, delay } });
  worker.unref();
  return () => {
    Atomics.store(sign, 0, 1);
    Atomics.notify(sign, 0);
  };
}
