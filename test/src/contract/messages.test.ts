import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameMessage } from '../../../src/contract/next-action.js';
import { Problem } from '../../../src/contract/problem.js';

const messages = {
  'a problem': {
    schema: Problem,
    sample: {
      type: 'about:blank',
      title: 'Not found',
      status: 404,
      code: 'not_found',
      detail: 'id',
      trace: 't',
    },
  },
  'a message from the bank’s frame': {
    schema: FrameMessage,
    sample: { type: 'pay-elements:threeds', event: 'returned', id: 't' },
  },
};

for (const [name, { schema, sample }] of Object.entries(messages)) {
  test(`${name} has members of one kind each`, () => {
    assert.deepEqual(schema.parse(sample), sample);
    for (const member of Object.keys(sample)) {
      for (const other of [null, {}, 1.5]) {
        assert.ok(
          !schema.safeParse({ ...sample, [member]: other }).success,
          `${member}: ${JSON.stringify(other)}`,
        );
      }
    }
  });
}

test('a problem may say no more than its title', () => {
  assert.ok(Problem.safeParse({ ...messages['a problem'].sample, detail: undefined }).success);
});
