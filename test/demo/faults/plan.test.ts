import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startBench } from './bench.js';
import type { Way } from './buyer.js';

const WAYS: readonly Way[] = ['Google Pay', '3-D Secure', 'ProcardPay’s page', 'GlobalPay’s page'];

/** What needs no outside time. */
const QUICK = [
  ...['down', 'answer_lost', 'reset', 'html', 'http_500', 'truncated_json', 'wrong_types', 'duplicate_keys'],
  ...['callback_lost', 'callback_late', 'callback_early', 'callback_repeated', 'callback_forged'],
];

describe('where half of all calls and callbacks go wrong', { concurrency: true }, () => {
  for (const seed of [1, 2, 3]) {
    it(`each payment ends, and is approved exactly if it was charged, once (seed ${seed})`, async () => {
      const bench = await startBench();
      try {
        await bench.fault({ seed, rate: 0.5, faults: QUICK });
        let charged = 0;
        for (const way of [...WAYS, ...WAYS]) {
          const { status } = await bench.pay(way);
          if (status === 'approved') charged += 1;
          assert.equal(await bench.captures(), charged, `captures once ${way} was ${status}`);
        }
      } finally {
        await bench.close();
      }
    });
  }
});
