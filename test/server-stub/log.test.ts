import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import pino from 'pino';
import { createLog, describeError, type Log, type LogFields } from '../../server-stub/log.js';
import { temporaryDirectory } from './support/temporary.js';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';

test('an error is described by its kind and place, never by its message', () => {
  const error = new RangeError('canary', {
    cause: Object.assign(new TypeError('canary'), { code: 'E_CODE' }),
  });
  assert.match(describeError(error), /^RangeError at log\.test\.ts:\d+:\d+, because of TypeError E_CODE$/);
});

test('a message of several lines with the look of a stack does not come through', () => {
  const error = new Error('one\n    at canary (/canary.ts:1:1)');
  assert.doesNotMatch(describeError(error), /canary/);
});

test('what is no error is not shown at all', () => {
  assert.doesNotMatch(describeError('canary'), /canary/);
  assert.doesNotMatch(describeError({ canary: 1 }), /canary/);
});

/** What a log writes into a file of its own. */
function written(use: (log: Log) => void): string {
  const path = join(temporaryDirectory(), 'log');
  const file = pino.destination({ dest: path, sync: true });
  use(createLog('info', file));
  file.flushSync();
  return readFileSync(path, 'utf8');
}

const SECRET = 'canary';
const NAMES = ['token', 'creq', 'password', 'trace', 'orderId', 'why', 'path', 'status', 'msg', 'level'];

/** The secret in any place of a value: members, arrays, errors and their causes, addresses with queries. */
const { hiding } = fc.letrec<{ hiding: unknown }>((tie) => ({
  hiding: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant({ [SECRET]: SECRET }),
    fc.constant(new URL(`https://pay.example/return?cres=${SECRET}`)),
    fc.constant(() => SECRET),
    fc.constant(Buffer.from(SECRET)),
    fc.dictionary(fc.constantFrom(...NAMES), tie('hiding'), { minKeys: 1 }),
    fc.array(tie('hiding'), { minLength: 1 }).map((items) => ({ items })),
    fc.array(tie('hiding'), { minLength: 1 }),
    tie('hiding').map((cause) => Object.assign(new Error(SECRET, { cause }), { details: cause })),
    tie('hiding').map((value) => ({ toJSON: () => value })),
  ),
}));

describe('a log line', () => {
  test('holds what the type names, and no other member, however deep it is', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...NAMES), hiding),
        fc.constantFrom('gpToken', 'transaction_key', 'authorization', '__proto__', 'err'),
        (fields, further) => {
          const line = written((log) =>
            log.info('request', { ...fields, [further]: SECRET, paymentId: 'p-1' }),
          );
          assert.doesNotMatch(line, /canary|Y2FuYXJ5|99,97,110/i);
          assert.equal((JSON.parse(line) as LogFields).paymentId, 'p-1');
        },
      ),
      { numRuns: 200 },
    );
  });

  test('has an error described, whatever is in it', () => {
    fc.assert(
      fc.property(hiding, fc.string(), (inside, text) => {
        const error = Object.assign(new Error(`${text}\n    at ${SECRET} (/${SECRET}.ts:1:1)`), { inside });
        const nested = new TypeError(`?cres=${SECRET}`, { cause: error });
        for (const thrown of [error, nested, inside])
          assert.doesNotMatch(describeError(thrown), new RegExp(SECRET));
      }),
    );
  });

  test('takes no other field and no other event: this compiles only where both are refused', () => {
    const use = (log: Log): void => {
      // @ts-expect-error A field that is not in the list.
      log.info('request', { gpToken: '1' });
      // @ts-expect-error An event that is not in the list.
      log.info('request with token', {});
      // @ts-expect-error A label of a metric is one of a few words.
      log.info('callback', { result: 'something else' });
    };
    assert.equal(written(use).includes('gpToken'), false);
  });
});
