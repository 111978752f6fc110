import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDue, isUnderway, nextCheck, patience } from '../../../server-stub/payments/schedule.js';
import { newRecord } from '../support/records.js';

test('a provider is asked after 2 s, 5 s, 15 s, 1 min, 5 min, 15 min, 1 h, 6 h and 24 h', () => {
  const instants: number[] = [];
  let now = 0;
  for (let checks = 0; ; checks += 1) {
    const next = nextCheck(checks, now, 0);
    if (next === undefined) break;
    instants.push(next / 1_000);
    now = next;
  }
  assert.deepEqual(instants, [2, 5, 15, 60, 300, 900, 3_600, 21_600, 86_400]);
});

test('jitter asks up to a tenth earlier, never later', () => {
  assert.equal(nextCheck(0, 0, 1), 1_800);
  assert.equal(nextCheck(0, 0, 0.5), 1_900);
});

test('a call is under way until its time is over or the first question was asked', () => {
  const record = newRecord({ status: 'processing', nextCheckAt: 10 });
  assert.equal(isUnderway(record, 9), true);
  assert.equal(isUnderway(record, 10), false);
  assert.equal(isUnderway({ ...record, checks: 1 }, 9), false);
  assert.equal(isUnderway({ ...record, status: 'requires_action' }, 9), false);
});

test('a question is due at its instant', () => {
  assert.equal(isDue(newRecord({ nextCheckAt: 10 }), 9), false);
  assert.equal(isDue(newRecord({ nextCheckAt: 10 }), 10), true);
  assert.equal(isDue(newRecord(), 10), false);
});

test('who waits for a payment has its provider asked ever more rarely', () => {
  const record = newRecord({ createdAt: 0 });
  const pauses = [0, 20, 60, 150, 3_600].map((seconds) => patience(record, seconds * 1_000) / 1_000);
  assert.deepEqual(pauses, [2, 2, 6, 15, 15]);
});
