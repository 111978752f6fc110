import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { readWatched } from '../../../../demo/sandbox/inspector/watched.js';
import { NOON } from './messages.js';

// No time passes between a report and its arrival. The sandbox's clock is another one.
mock.timers.enable({ apis: ['Date'], now: NOON + 5_000 });

const report = (changes: object = {}) => ({
  from: 'widget',
  to: 'server',
  operation: 'GET /payments/{id}',
  startedAt: Date.now() - 30,
  tookMs: 20,
  sent: { path: '/pay/payments/p' },
  status: 200,
  answer: { status: 'approved', version: 2, late: true, note: null },
  about: ['payment:p', 'attempt:1'],
  ...changes,
});
const read = (changes?: object) => readWatched(JSON.stringify(report(changes)), () => NOON);

describe('a report of a shop’s page', () => {
  it('becomes a message', () => {
    assert.deepEqual(read(), { ...report(), startedAt: NOON - 30 });
  });

  it('is taken to end when it arrives, if the browser has another clock', () => {
    for (const off of [-60_000, 60_000])
      assert.equal(read({ startedAt: Date.now() + off })?.startedAt, NOON - 20);
  });

  it('stays where it is, however long this machine stands still between looks at two clocks', () => {
    const stalls = [700, 30];
    const stalling = () => {
      mock.timers.tick(stalls.pop() ?? 0);
      return Date.now() - 5_000;
    };
    const sent = report();
    assert.equal(readWatched(JSON.stringify(sent), stalling)?.startedAt, sent.startedAt - 5_000);
  });

  const wrong: [name: string, changes: object][] = [
    ['somebody else’s voice', { from: 'provider' }],
    ['an address that no shop’s page has', { to: 'bank' }],
    ['markup for a name', { operation: '<b>' }],
    ['a status that HTTP has not', { status: 1 }],
    ['a time that never was', { tookMs: -1 }],
    ['members within members', { sent: { inner: { token: 'x' } } }],
    ['long values', { answer: { text: 'x'.repeat(501) } }],
    ['many values', { sent: Object.fromEntries(Array.from({ length: 41 }, (_, n) => [n, n])) }],
    ['a name of a provider’s payment', { about: ['procard:o-1'] }],
    ['many names', { about: Array.from({ length: 9 }, (_, n) => `payment:${n}`) }],
    ['further members', { fault: 'down' }],
  ];
  for (const [name, changes] of wrong) {
    it(`is refused with ${name}`, () => assert.equal(read(changes), undefined));
  }

  it('is refused if it is no JSON', () =>
    assert.equal(
      readWatched('{', () => NOON),
      undefined,
    ));
});
