import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { answerOf, problemOfError } from '../../../../demo/sandbox/google-pay/callbacks.js';

const INTENT = 'PAYMENT_AUTHORIZATION';
const SUCCESS = { transactionState: 'SUCCESS' };

/** Lines written to the console meanwhile. */
function listen(t: TestContext): unknown[] {
  const lines: unknown[] = [];
  t.mock.method(console, 'error', (line: unknown) => lines.push(line));
  return lines;
}

describe('the answer of a callback', () => {
  it('is a value or a promise', async (t) => {
    const lines = listen(t);
    assert.deepEqual(await answerOf((data: unknown) => data, SUCCESS, INTENT), SUCCESS);
    assert.deepEqual(await answerOf(() => Promise.resolve(SUCCESS), {}, INTENT), SUCCESS);
    assert.deepEqual(lines, []);
  });

  it('is REQUEST_TIMEOUT after thirty seconds, and not before', async (t) => {
    const lines = listen(t);
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let settled = false;
    const answer = answerOf(() => new Promise(() => undefined), {}, INTENT).finally(() => (settled = true));
    t.mock.timers.tick(29_999);
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    assert.equal(settled, false);
    t.mock.timers.tick(1);
    assert.deepEqual(await answer, {
      error: { reason: 'OTHER_ERROR', intent: INTENT, message: 'REQUEST_TIMEOUT' },
    });
    assert.match(String(lines[0]), /^DEVELOPER_ERROR in loadPaymentData: An error occurred in call back/);
  });

  it('is an error with its own message where the handler rejects', async (t) => {
    const lines = listen(t);
    const rejects = (reason: Error) => answerOf(() => Promise.reject(reason), {}, INTENT);
    assert.deepEqual(await rejects(new Error('no stock')), {
      error: { reason: 'OTHER_ERROR', intent: INTENT, message: 'no stock' },
    });
    const own = { reason: 'OFFER_INVALID', intent: 'OFFER' };
    assert.deepEqual(await rejects(Object.assign(new Error('over'), own)), {
      error: { ...own, message: 'over' },
    });
    assert.equal(lines.length, 2);
  });

  it('is not looked for where the handler throws before it returns', async (t) => {
    const lines = listen(t);
    const broken = () => {
      throw new Error('typo');
    };
    await assert.rejects(answerOf(broken, {}, INTENT), /typo/);
    assert.deepEqual(lines, []);
  });
});

describe('an error in the answer', () => {
  const error = { reason: 'PAYMENT_DATA_INVALID', intent: INTENT, message: 'Try another card.' };
  it('is right with a known reason, an intent of the request and a message', () => {
    assert.equal(problemOfError(error, [INTENT]), undefined);
  });
  for (const [what, changes, names] of [
    ['an unknown reason', { reason: 'BAD_DAY' }, /^error\.reason/],
    ['an intent that the request lacks', { intent: 'OFFER' }, /^error\.intent/],
    ['no message', { message: '' }, /^error\.message/],
  ] as const) {
    it(`is wrong with ${what}`, () => {
      assert.match(problemOfError({ ...error, ...changes }, [INTENT]) ?? '', names);
    });
  }
});
