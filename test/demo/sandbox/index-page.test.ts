import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cardRows, NOT_IMITATED } from '../../../demo/sandbox/about.js';
import { FAULTS } from '../../../demo/sandbox/faults/fault.js';
import { startSandbox, type Sandbox } from '../../../demo/sandbox/sandbox.js';

let sandbox: Sandbox;
let page: string;
before(async () => {
  sandbox = await startSandbox({
    port: 0,
    credentials: { procardMerchantId: '<own>' },
    globalpayCallbackUrl: 'http://localhost:9/told',
  });
  page = readable(await (await fetch(sandbox.url)).text());
});
after(() => sandbox.close());

/** The page's text, as it reads. */
function readable(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

test('it tells the addresses and the credentials that are in force', () => {
  assert.ok(page.includes(`PROCARD_API_URL ${sandbox.url}/procard/api/`));
  assert.ok(page.includes('PROCARD_MERCHANT_ID <own>'));
  assert.ok(page.includes('http://localhost:9/told'));
});

test('it lists every card, every fault with its order, and what is not imitated', () => {
  for (const [card, label] of [...cardRows('procard'), ...cardRows('globalpay')])
    assert.ok(page.includes(`${label} ${card}`), card);
  for (const name of Object.keys(FAULTS))
    assert.ok(page.includes(`-d '{"fault":"${name}","operation":`), name);
  for (const sentence of NOT_IMITATED) assert.ok(page.includes(sentence), sentence);
});

test('it marks what is assumed', () => {
  assert.match(page, /the steps of the sheet; the shopper’s two addresses assumed/);
});
