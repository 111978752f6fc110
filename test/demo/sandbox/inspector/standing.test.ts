import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { summaryOf } from '../../../../demo/sandbox/inspector/standing.js';
import type { JournalEntry } from '../../../../demo/sandbox/journal.js';
import { message } from './messages.js';

const summary = (...messages: JournalEntry[]) => summaryOf({ key: 1, messages });
const word = (...messages: JournalEntry[]) => summary(...messages).standing.word;

const answered = (status: string) =>
  message(1, ['a'], { from: 'widget', to: 'server', operation: 'GET /payments/{id}', answer: { status } });
const checked = (transactionStatus: string) => message(2, ['a'], { answer: { transactionStatus } });

describe('how a payment stands', () => {
  const words = {
    approved: 'Paid',
    declined: 'Declined',
    cancelled: 'Cancelled',
    expired: 'Expired',
    failed: 'Failed',
    processing: 'Being checked',
    requires_action: 'Waits for the shopper',
  };
  for (const [status, expected] of Object.entries(words)) {
    it(`is "${expected}" when the merchant's server says ${status}`, () => {
      assert.equal(word(answered(status)), expected);
    });
  }

  it('is what the latest message that knows says', () => {
    assert.equal(word(checked('WAITING-AUTH'), checked('APPROVED')), 'Paid');
    assert.equal(word(checked('APPROVED'), checked('REFUNDED')), 'Given back');
    assert.equal(word(checked('APPROVED'), message(3, ['a'], { operation: 'unknown' })), 'Paid');
  });

  it('is why it came to nothing in the merchant’s words, even if the provider’s come later', () => {
    const failed = message(3, ['a'], { operation: 'status', answer: { status: 'FAILED' } });
    assert.equal(word(answered('requires_action'), failed), 'Failed');
    assert.equal(word(answered('cancelled'), failed), 'Cancelled');
    assert.equal(word(answered('cancelled'), failed, checked('APPROVED')), 'Paid');
  });

  it('is in doubt after an answer that was lost or cannot be read', () => {
    assert.equal(word({ ...checked('APPROVED'), status: null, answer: null }), 'In doubt');
    assert.equal(word({ ...checked('APPROVED'), fault: 'answer_lost' }), 'In doubt');
    assert.equal(word({ ...checked('APPROVED'), fault: 'html' }), 'In doubt');
  });

  it('is not believed of a callback, which may be forged', () => {
    const callback = message(3, ['a'], {
      from: 'provider',
      to: 'server',
      operation: 'callback',
      sent: { transactionStatus: 'Approved' },
    });
    assert.equal(word(checked('DECLINED'), callback), 'Declined');
  });

  it('is not begun before anybody asked for money', () => {
    const event = { from: 'widget', to: 'page', status: null, answer: null } as const;
    assert.equal(word(message(1, ['a'], { ...event, operation: 'pay-ready' })), 'Not begun');
    assert.equal(word(message(2, ['a'], { ...event, operation: 'pay-begin' })), 'Begun');
    assert.equal(word(message(3, ['a'], { ...event, operation: 'pay-dismissed' })), 'Closed by the shopper');
  });
});

describe('what a payment is about', () => {
  it('is read off ProcardPay’s fields', () => {
    const sent = { order_id: 'r-1', amount: '125.00', currency_iso: 'UAH' };
    const { provider, amount, reference } = summary(message(1, ['a'], { provider: 'procard', sent }));
    assert.deepEqual(
      { provider, amount, reference },
      { provider: 'ProcardPay', amount: '125.00 UAH', reference: 'r-1' },
    );
  });

  it('is read off GlobalPay’s fields, which count in tiyin', () => {
    const requestFields = [
      { name: 'amount', value: '15000050' },
      { name: 'currency', value: 'UZS' },
    ];
    const sent = { externalId: 'r-2', requestFields };
    const { provider, amount, reference } = summary(message(1, ['a'], { provider: 'globalpay', sent }));
    assert.deepEqual(
      { provider, amount, reference },
      { provider: 'GlobalPay', amount: '150000.50 UZS', reference: 'r-2' },
    );
  });

  it('is the shop’s order where its page reports', () => {
    const sent = { orderId: 'A-1', 'money.minor': 12_500, 'money.currency': 'UAH' };
    const { provider, amount, reference } = summary(message(1, ['a'], { sent }));
    assert.deepEqual(
      { provider, amount, reference },
      { provider: '', amount: '125.00 UAH', reference: 'A-1' },
    );
  });

  it('is read off an answer where nothing that was sent says it', () => {
    const answer = { orderId: 'A-1', 'money.minor': 5, 'money.currency': 'UZS' };
    const { amount, reference } = summary(message(1, ['a'], { answer }));
    assert.deepEqual({ amount, reference }, { amount: '0.05 UZS', reference: 'A-1' });
  });

  it('names the faults that were ordered for it', () => {
    assert.deepEqual(summary(checked('NEW'), { ...checked('NEW'), fault: 'slow' }).faults, ['slow']);
  });
});
