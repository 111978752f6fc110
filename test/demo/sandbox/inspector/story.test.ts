import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FAULTS } from '../../../../demo/sandbox/faults/fault.js';
import { storyOf, verdictsOf } from '../../../../demo/sandbox/inspector/story.js';
import type { JournalEntry } from '../../../../demo/sandbox/journal.js';
import { message } from './messages.js';

const story = (...messages: JournalEntry[]) => storyOf({ key: 1, messages }, FAULTS);
const told = (...messages: JournalEntry[]) =>
  story(...messages).lines.map(({ kind, title, reply }) => [kind, title, reply].filter(Boolean).join(' | '));

const browser = { from: 'widget', to: 'server' } as const;
const start = message(3, ['a'], {
  ...browser,
  after: 0,
  tookMs: 40,
  operation: 'POST /payments',
  status: 201,
  answer: { status: 'requires_action', 'action.type': 'threeds' },
});
const purchase = message(2, ['a'], {
  after: 10,
  tookMs: 20,
  operation: 'GooglePayPurchase',
  answer: { status: '3ds' },
});

describe('the lines of a payment', () => {
  it('are questions and answers in the order of time, joined where nothing lies between', () => {
    assert.deepEqual(told(start, purchase), [
      'asks | Start the payment',
      'both | Charge the card in this token | not yet: the bank has to ask the cardholder',
      'answers | not yet: the bank has to ask the cardholder',
    ]);
  });

  it('run from the speaker to the listener, also for an answer', () => {
    const ways = story(start, purchase).lines.map(({ from, to, offsetMs }) => [from, to, offsetMs]);
    assert.deepEqual(ways, [
      ['widget', 'server', 0],
      ['server', 'provider', 10],
      ['server', 'widget', 40],
    ]);
  });

  it('name the parties that speak or are spoken to, in the same order always', () => {
    assert.deepEqual(story(purchase, start).parties, ['widget', 'server', 'provider']);
  });

  it('within one millisecond put what ended first before what began then', () => {
    const first = message(1, ['a'], { after: 0, tookMs: 5, operation: 'check', answer: { status: 'NEW' } });
    const second = message(2, ['a'], { after: 5, operation: 'Complete3DS', answer: { status: 'APPROVED' } });
    assert.deepEqual(
      told(first, second).map((line) => line.split(' | ')[0]),
      ['both', 'both'],
    );
  });

  it('within one millisecond put the browser before the provider', () => {
    const code = message(2, ['a'], { after: 0, from: 'page', operation: 'SMS code', status: 303 });
    const callback = message(1, ['a'], { after: 0, from: 'provider', to: 'server', operation: 'callback' });
    assert.deepEqual(told(callback, code), [
      'event | The code from the text message',
      'both | The provider calls back | OK',
    ]);
  });

  it('leave out the answer of a page that sends the browser on, and show that of any other', () => {
    const visit = { from: 'page', operation: 'payment page', answer: null } as const;
    const shown = message(1, ['a'], visit);
    const wrong = message(2, ['a'], { ...visit, status: 422 });
    assert.deepEqual(told(shown, wrong), [
      'both | Show the payment page | a page',
      'both | Show the payment page | the page again: refused',
    ]);
  });

  it('show what the pay button does for itself as a note', () => {
    const sent = { previous: 'ready', phase: 'sheet' };
    const phase = {
      from: 'widget',
      to: 'widget',
      operation: 'pay-phase',
      status: null,
      answer: null,
    } as const;
    assert.deepEqual(told(message(1, ['a'], { ...phase, sent })), ['note | ready → sheet']);
  });

  it('keep the name of a message that has no explanation', () => {
    assert.deepEqual(told(message(1, ['a'], { operation: 'unknown' })), ['both | unknown | OK']);
  });
});

describe('a question asked again', () => {
  const ask = (id: number, status: string) =>
    message(id, ['a'], { ...browser, operation: 'GET /payments/{id}', answer: { status } });
  const timesOf = (...messages: JournalEntry[]) => story(...messages).lines.map(({ times }) => times);

  it('is counted while the answer stays the same', () => {
    assert.deepEqual(timesOf(ask(1, 'processing'), ask(2, 'processing'), ask(3, 'approved')), [2, 1]);
  });

  it('is shown again when the answer is lost', () => {
    const lost = { ...ask(2, ''), status: null, answer: null };
    assert.deepEqual(timesOf(ask(1, 'processing'), lost, lost), [1, 1, 1]);
  });

  it('is not counted with another party’s', () => {
    const check = message(2, ['a'], { operation: 'check', answer: { transactionStatus: 'NEW' } });
    assert.deepEqual(timesOf(ask(1, 'new'), check), [1, 1]);
  });
});

describe('a lost answer', () => {
  const check = message(4, ['a'], { after: 50, answer: { transactionStatus: 'APPROVED' } });

  it('is drawn as one, and opens the chapter in which the server asks', () => {
    const lost = { ...purchase, status: null, answer: null };
    const { lines } = story(lost, check);
    assert.deepEqual(
      lines.map(({ reply, lost: isLost, chapter }) => [reply, isLost, chapter?.title]),
      [
        ['no answer arrives', true, 'The merchant’s server turns to the provider'],
        ['paid', false, 'In doubt: an answer was lost'],
      ],
    );
  });

  for (const fault of ['down', 'no_answer', 'answer_lost', 'reset'] as const) {
    it(`is what ${fault} means, whatever the provider had to say`, () => {
      const [line] = story({ ...purchase, fault }).lines;
      assert.equal(line?.reply, 'no answer arrives');
      assert.equal(line.problem, FAULTS[fault].what.replaceAll('`', ''));
    });
  }

  for (const fault of ['html', 'http_500', 'truncated_json', 'wrong_types']) {
    it(`is not what ${fault} means: something came, and says nothing`, () => {
      const { lines } = story({ ...purchase, fault }, check);
      assert.equal(lines[0]?.reply, 'an answer that cannot be read');
      assert.equal(lines[0].lost, false);
      assert.equal(lines[1]?.chapter?.title, 'In doubt: an answer was lost');
    });
  }
});

describe('chapters', () => {
  const bank = { from: 'page', to: 'bank', answer: { shows: 'a page that asks the shopper' } } as const;
  const chapters = (...messages: JournalEntry[]) =>
    story(...messages).lines.flatMap(({ chapter }) => chapter?.title ?? []);

  it('begin once each, in the order in which they happen', () => {
    const creq = message(4, ['a'], { ...bank, after: 50, operation: 'CReq' });
    const code = message(5, ['a'], { ...bank, after: 60, operation: 'decision' });
    const check = { ...message(6, ['a'], { after: 70 }), answer: { transactionStatus: 'APPROVED' } };
    assert.deepEqual(chapters(start, purchase, creq, code, check), [
      'The merchant’s server turns to the provider',
      '3-D Secure: the bank asks the cardholder',
      'The server learns how it ended',
    ]);
  });

  it('do not tell the end while the provider says that it is not', () => {
    const early = message(1, ['a'], { operation: 'status', answer: { status: 'INIT' } });
    assert.deepEqual(chapters(early), []);
  });
});

describe('the receiver’s checks', () => {
  it('are counted where they are right, and named where they are wrong', () => {
    const checks = [
      { what: 'signature', passed: false },
      { what: 'amount is like 1.00', passed: true },
      { what: 'order_id is new', passed: true },
    ];
    assert.deepEqual(verdictsOf(message(1, [], { checks })), [
      { passed: true, text: '✓ 2 checks passed' },
      { passed: false, text: '✗ signature' },
    ]);
    assert.deepEqual(verdictsOf(message(1, [])), []);
  });
});
