import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readOrder } from '../../../../demo/sandbox/faults/order.js';

describe('readOrder', () => {
  for (const fault of [
    { operation: 'GooglePayPurchase', fault: 'reject', code: -999 },
    { operation: 'auth', fault: 'reject', code: 400 },
    { operation: 'status', fault: 'reject', code: 599 },
    { operation: 'Purchase', fault: 'decline', reason: 76 },
    { operation: 'Complete3DS', fault: 'decline', reason: 'Do not honour' },
    { operation: 'create', fault: 'decline', reason: 'INSUFFICIENT_FUNDS' },
    { operation: 'GooglePayPurchase', fault: 'pending', status: 'NEEDS-CLARIFICATION' },
    { operation: 'create', fault: 'pending', status: 'VALIDATE' },
    { operation: 'check', fault: 'reset', bytes: 0 },
    { operation: 'globalpay_callback', fault: 'callback_forged' },
    { operation: 'procard_callback', fault: 'callback_trimmed', times: 1000 },
  ]) {
    it(`takes ${JSON.stringify(fault)}`, () => {
      const reading = readOrder(fault);
      assert(reading.kind === 'fault');
      assert.equal(reading.fault.fault, fault.fault);
    });
  }

  it('adds what was left out', () => {
    const read = (body: object) => readOrder({ operation: 'check', ...body });
    const fault = { operation: 'check', times: 1 };
    assert.deepEqual(read({ fault: 'slow' }), {
      kind: 'fault',
      fault: { ...fault, fault: 'slow', seconds: 3 },
    });
    assert.deepEqual(read({ fault: 'reset' }), {
      kind: 'fault',
      fault: { ...fault, fault: 'reset', bytes: 20 },
    });
    assert.deepEqual(read({ fault: 'clock_shift' }), {
      kind: 'fault',
      fault: { ...fault, fault: 'clock_shift', seconds: 86_400 },
    });
    assert.deepEqual(read({ fault: 'down' }), { kind: 'fault', fault: { ...fault, fault: 'down' } });
  });

  for (const [fault, why] of [
    [undefined, /^body: /],
    [{ operation: 'check' }, /^fault: .*'down'/],
    [{ operation: 'check', fault: 'fire' }, /^fault: .*'down'/],
    [{ operation: 'pay', fault: 'down' }, /^operation: .*"check"/],
    [{ operation: 'check', fault: 'down', seconds: 3 }, /^body: .*"seconds"/],
    [{ operation: 'check', fault: 'down', times: 0 }, /^times: .*1/],
    [{ operation: 'check', fault: 'slow', seconds: -1 }, /^seconds: .*0/],
    [{ operation: 'check', fault: 'reset', bytes: 0.5 }, /^bytes: /],
    [
      { operation: 'check', fault: 'callback_lost' },
      /^operation: callback_lost happens to procard_callback, globalpay_callback, not to check$/,
    ],
    [{ operation: 'procard_callback', fault: 'down' }, /^operation: down happens to .*check/],
    [
      { operation: 'globalpay_callback', fault: 'callback_unsigned' },
      /^operation: callback_unsigned happens to procard_callback, not to globalpay_callback$/,
    ],
    [{ operation: 'globalpay_callback', fault: 'callback_trimmed' }, /^operation: /],
    [{ operation: 'auth', fault: 'pending', status: 'INIT' }, /^operation: pending happens to .*create/],
    [{ operation: 'status', fault: 'decline', reason: 'INSUFFICIENT_FUNDS' }, /^operation: /],
    [{ operation: 'create', fault: 'pending', status: 'NEW' }, /^status: must be one of INIT, VALIDATE$/],
    [{ operation: 'Purchase', fault: 'pending', status: 'APPROVED' }, /^status: must be one of NEW, /],
    [{ operation: 'check', fault: 'reject', code: -13 }, /^code: must be one of -1, /],
    [{ operation: 'check', fault: 'reject', code: 500 }, /^code: must be one of -1, /],
    [{ operation: 'create', fault: 'reject', code: -4 }, /^code: must be an HTTP status/],
    [{ operation: 'create', fault: 'reject', code: 399 }, /^code: must be an HTTP status/],
    [{ operation: 'create', fault: 'reject', code: 600 }, /^code: must be an HTTP status/],
    [{ operation: 'Purchase', fault: 'decline', reason: 1 }, /^reason: must be an answer code above 1/],
    [{ operation: 'Purchase', fault: 'decline', reason: '' }, /^reason: must be an answer code above 1/],
    [{ operation: 'Purchase', fault: 'decline', reason: {} }, /^reason: must be a number or a text$/],
    [{ operation: 'create', fault: 'decline', reason: 76 }, /^reason: must be a word such as/],
    [{ operation: 'create', fault: 'decline', reason: 'no money' }, /^reason: must be a word such as/],
  ] as const) {
    it(`refuses ${JSON.stringify(fault) ?? 'nothing at all'}, and says why`, () => {
      const reading = readOrder(fault);
      assert(reading.kind === 'wrong');
      assert.match(reading.why.join('\n'), why);
    });
  }
});
