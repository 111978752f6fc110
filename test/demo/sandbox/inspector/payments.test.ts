import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { paymentsOf, paymentWith } from '../../../../demo/sandbox/inspector/payments.js';
import { message } from './messages.js';

const keysOf = (...messages: Parameters<typeof paymentsOf>[0]) =>
  paymentsOf(messages).map((payment) => payment.messages.map(({ id }) => id));

describe('messages belong to one payment', () => {
  it('if they share a name', () => {
    assert.deepEqual(keysOf(message(1, ['a']), message(2, ['b']), message(3, ['a'])), [[2], [1, 3]]);
  });

  it('if a third shares a name with each, whenever it comes', () => {
    assert.deepEqual(keysOf(message(1, ['a']), message(2, ['b']), message(3, ['b', 'a'])), [[1, 2, 3]]);
    assert.deepEqual(keysOf(message(1, ['a', 'b']), message(2, ['b', 'c']), message(3, ['c'])), [[1, 2, 3]]);
  });

  it('in the order in which they were sent, not in which they ended', () => {
    assert.deepEqual(keysOf(message(1, ['a'], { after: 50 }), message(2, ['a'], { after: 10 })), [[2, 1]]);
  });

  it('with the newest payment first', () => {
    assert.deepEqual(keysOf(message(1, ['a']), message(2, ['b']), message(3, ['c'])), [[3], [2], [1]]);
  });
});

describe('a message about nobody', () => {
  const login = (id: number, after: number, provider: 'globalpay' | 'procard' = 'globalpay') =>
    message(id, [], { after, provider, operation: 'auth' });
  const create = message(2, ['a'], { after: 5_000, provider: 'globalpay' });
  const status = message(3, ['a'], { after: 9_000, provider: 'globalpay' });

  it('is shown with the payment of its provider in whose time it falls, or which it comes just before', () => {
    assert.deepEqual(keysOf(login(1, 4_000), create, status), [[1, 2, 3]]);
    assert.deepEqual(keysOf(create, status, login(4, 8_000)), [[2, 4, 3]]);
  });

  it('is shown apart, and last, if there is no such payment', () => {
    assert.deepEqual(keysOf(login(1, 1_000), create, status), [[2, 3], [1]]);
    assert.deepEqual(keysOf(create, status, login(4, 9_500)), [[2, 3], [4]]);
    assert.deepEqual(keysOf(login(1, 4_000, 'procard'), create, status), [[2, 3], [1]]);
  });

  it('is shown with each payment of that time', () => {
    const other = message(5, ['b'], { after: 4_500, provider: 'globalpay' });
    assert.deepEqual(keysOf(login(1, 4_000), create, status, other), [
      [1, 5],
      [1, 2, 3],
    ]);
  });
});

describe('a payment is found', () => {
  it('by its first message, also after it has become part of an older one', () => {
    const [apart, joined] = [
      [message(1, ['a']), message(2, ['b'])],
      [message(1, ['a']), message(2, ['b']), message(3, ['a', 'b'])],
    ].map(paymentsOf);
    assert.equal(paymentWith(apart!, 2)?.key, 2);
    assert.equal(paymentWith(joined!, 2)?.key, 1);
    assert.equal(paymentWith(joined!, 7), undefined);
  });
});
