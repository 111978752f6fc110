import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { JournalEntry } from '../../../../demo/sandbox/journal.js';
import { CREDENTIALS } from '../../../../demo/sandbox/settings.js';
import { ORDER, startMerchant, type Answer, type Merchant } from '../merchant.js';
import { eventsUntil } from './events.js';

let merchant: Merchant;
let inspector: string;
before(async () => {
  merchant = await startMerchant();
  inspector = `${merchant.sandbox.url}/inspector`;
});
after(() => merchant.close());
beforeEach(async () => {
  await merchant.control('reset', { method: 'POST' });
});

const merchant_id = CREDENTIALS.procardMerchantId;
const check = (order_id: string) => merchant.procard('check', { merchant_id, order_id }, ORDER);
const journal = async () => (await merchant.control('journal')) as JournalEntry[];

const REPORT = {
  from: 'widget',
  to: 'page',
  operation: 'pay-ready',
  startedAt: 0,
  tookMs: 0,
  sent: { orderId: 'A-1' },
  status: null,
  answer: null,
  about: ['attempt:1'],
};
const report = (body: unknown) =>
  fetch(`${inspector}/watched`, { method: 'POST', body: JSON.stringify(body) });

describe('the inspector’s page', () => {
  it('loads only files that exist, under a policy that allows no script but these', async () => {
    const response = await fetch(inspector);
    const policy = response.headers.get('Content-Security-Policy') ?? '';
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/);
    assert.doesNotMatch(policy, /unsafe|https?:/);
    const page = await response.text();
    assert.doesNotMatch(page, /<script>|<style| style=| on[a-z]+=/);
    const files = [...page.matchAll(/(?:src|href)="(\/inspector\/[^"]+)"/g)].map((match) => match[1] ?? '');
    assert.ok(files.length >= 3);
    for (const file of files) await loads(file);
  });

  /** The file, and what it imports. */
  async function loads(path: string): Promise<void> {
    const response = await fetch(merchant.sandbox.url + path);
    assert.equal(response.status, 200, path);
    assert.match(response.headers.get('Content-Type') ?? '', /^text\/(css|javascript)/);
    const imports = (await response.text()).matchAll(/^(?:import|\} from) .*?'\.\/([^']+)';$/gm);
    for (const [, name = ''] of imports) await loads(`/inspector/${name}`);
  }

  it('serves no source but that of the page', async () => {
    for (const name of ['inspector.ts', 'watched.ts', '../sandbox.ts', 'picture.js']) {
      assert.equal((await fetch(`${inspector}/${name}`)).status, 404, name);
    }
  });
});

describe('the stream of messages', () => {
  it('begins with the history, and goes on with each message as it happens', async () => {
    await check('before');
    const enough = (events: unknown[]) => events.length === 2;
    const [history, message] = await eventsUntil(merchant.sandbox.url, enough, () => check('after'));
    const [first, second] = await journal();
    assert.deepEqual(history, { event: 'history', data: [first] });
    assert.deepEqual(message, { event: 'message', data: second });
  });

  it('begins anew when everything is forgotten', async () => {
    await check('before');
    const reset = () => merchant.control('reset', { method: 'POST' });
    const events = await eventsUntil(merchant.sandbox.url, ({ length }) => length === 2, reset);
    assert.deepEqual(events[1], { event: 'history', data: [] });
  });

  it('ends with the sandbox', async () => {
    const other = await startMerchant();
    const ended = eventsUntil(
      other.sandbox.url,
      () => false,
      () => other.close(),
    );
    await assert.rejects(ended, TypeError);
  });
});

describe('what a shop’s page reports', () => {
  it('becomes part of the journal, from whatever origin', async () => {
    const response = await report(REPORT);
    assert.equal(response.status, 204);
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), '*');
    const [{ from, operation, sent, about } = assert.fail()] = await journal();
    assert.deepEqual(
      { from, operation, sent, about },
      {
        from: 'widget',
        operation: 'pay-ready',
        sent: { orderId: 'A-1' },
        about: ['attempt:1'],
      },
    );
  });

  it('is masked like any other message', async () => {
    await report({ ...REPORT, sent: { token: 'a-token', creq: 'a-creq', note: '4000000000001000' } });
    assert.doesNotMatch(JSON.stringify(await journal()), /a-token|a-creq|4000000000001000/);
  });

  it('is refused if it is anything else, or long', async () => {
    assert.equal((await report({ ...REPORT, from: 'bank' })).status, 400);
    assert.equal((await report({ ...REPORT, sent: { text: 'x'.repeat(17_000) } })).status, 413);
    assert.deepEqual(await journal(), []);
  });
});

describe('a payment, to take away', () => {
  const taken = (name: string) => fetch(`${inspector}/payments/${name}`);

  it('is JSON: what it is about, and its messages', async () => {
    await report(REPORT);
    await report({ ...REPORT, operation: 'pay-begin' });
    await report({ ...REPORT, about: ['attempt:2'] });
    const messages = await journal();
    const payment = (await (await taken(`${messages[0]?.id}.json`)).json()) as Answer;
    assert.deepEqual(payment, {
      provider: '',
      amount: '',
      reference: 'A-1',
      standing: { word: 'Begun', tone: 'open' },
      faults: [],
      messages: messages.slice(0, 2),
    });
  });

  it('is an SVG picture that loads nothing and runs nothing', async () => {
    await report(REPORT);
    const [first] = await journal();
    const response = await taken(`${first?.id}.svg`);
    assert.match(response.headers.get('Content-Type') ?? '', /^image\/svg\+xml/);
    assert.match(response.headers.get('Content-Security-Policy') ?? '', /^default-src 'none';/);
    const picture = await response.text();
    assert.match(
      picture,
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/,
    );
    assert.match(picture, />Ready to pay</);
    assert.doesNotMatch(picture, /<script|<image|href|url\(|@import/);
  });

  it('has every text escaped', async () => {
    await report({ ...REPORT, sent: { orderId: '</text><script>"&\u0001' } });
    const [first] = await journal();
    const picture = await (await taken(`${first?.id}.svg`)).text();
    assert.ok(picture.includes('&lt;/text&gt;&lt;script&gt;&quot;&amp;\uFFFD'));
    assert.doesNotMatch(picture, /<script/);
  });

  it('is not there under any other name', async () => {
    await report(REPORT);
    const [first] = await journal();
    for (const name of ['0.json', '999999.svg', `${first?.id}.html`, 'x.json', `${first?.id}`]) {
      assert.equal((await taken(name)).status, 404, name);
    }
  });
});
