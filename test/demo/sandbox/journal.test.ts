import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Journal, type JournalChange, type NewEntry } from '../../../demo/sandbox/journal.js';

const NOON = Date.UTC(2026, 10, 20, 12);

function message(given: Partial<NewEntry> = {}): NewEntry {
  return {
    startedAt: NOON,
    from: 'server',
    to: 'provider',
    operation: 'check',
    sent: {},
    status: 200,
    answer: {},
    about: [],
    ...given,
  };
}

describe('the journal', () => {
  it('numbers messages and measures them by the sandbox’s clock', () => {
    let now = NOON;
    const journal = new Journal(() => now);
    now += 40;
    journal.add(message());
    journal.add(message({ tookMs: 7 }));
    assert.deepEqual(
      journal.entries.map(({ id, at, tookMs }) => ({ id, at, tookMs })),
      [
        { id: 1, at: '2026-11-20T12:00:00.000Z', tookMs: 40 },
        { id: 2, at: '2026-11-20T12:00:00.000Z', tookMs: 7 },
      ],
    );
  });

  it('keeps the latest 500', () => {
    const journal = new Journal(() => NOON);
    for (let n = 0; n < 501; n += 1) journal.add(message());
    assert.equal(journal.entries.length, 500);
    assert.equal(journal.entries[0]?.id, 2);
  });

  it('tells listeners each message and each clearing, until they go', () => {
    const journal = new Journal(() => NOON);
    const heard: JournalChange[] = [];
    const unsubscribe = journal.subscribe((change) => heard.push(change));
    journal.add(message());
    journal.clear();
    unsubscribe();
    journal.add(message());
    assert.deepEqual(
      heard.map(({ kind }) => kind),
      ['added', 'cleared'],
    );
  });

  it('does not number a message like a forgotten one', () => {
    const journal = new Journal(() => NOON);
    journal.add(message());
    journal.clear();
    journal.add(message());
    assert.equal(journal.entries[0]?.id, 2);
  });

  for (const name of ['gpToken', 'token', 'creq', 'cres', 'PaRes', 'MD', 'number', 'cvv', 'access_token']) {
    it(`replaces ${name} by its length, wherever it stands`, () => {
      const journal = new Journal(() => NOON);
      const heard: JournalChange[] = [];
      journal.subscribe((change) => heard.push(change));
      const secret = `secret-${name}`;
      const nested = { list: [{ [name]: secret }] };
      journal.add(message({ sent: { [name]: secret }, answer: nested, parts: [[name, secret]] }));
      assert.doesNotMatch(JSON.stringify([journal.entries, heard]), /secret-/);
      assert.deepEqual(journal.entries[0]?.sent, { [name]: `[${secret.length} characters]` });
    });
  }

  it('shows of a card’s number its ends, in whatever text it stands', () => {
    const journal = new Journal(() => NOON);
    journal.add(
      message({
        sent: { note: 'card 4000 0000 0000 1000' },
        answer: '8600000000000007',
        parts: [['x', '5200-0000-0000-2003']],
      }),
    );
    const [entry] = journal.entries;
    assert.deepEqual(entry?.sent, { note: 'card 4000 •••• •••• 1000' });
    assert.equal(entry?.answer, '8600 •••• •••• 0007');
    assert.deepEqual(entry?.parts, [['x', '5200 •••• •••• 2003']]);
  });

  it('leaves signatures, amounts and references readable', () => {
    const journal = new Journal(() => NOON);
    const sent = { signature: 'ab12', amount: '125.00', order_id: 'A-1', code: '06912001001000000' };
    journal.add(message({ sent }));
    assert.deepEqual(journal.entries[0]?.sent, sent);
  });
});
