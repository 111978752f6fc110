import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeError } from '../../server-stub/log.js';

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
