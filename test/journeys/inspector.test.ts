import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { SCENARIOS } from '../../demo/sandbox/scenarios.js';
import { payAs } from '../support/shopper.js';
import { startWorld, type Shopper, type World } from '../support/world.js';

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

/** Somebody pays while the inspector is open in another tab of the same browser. */
async function watchedPayment(
  scenarioId: string,
  prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<{ shopper: Shopper; inspector: Page }> {
  const scenario = SCENARIOS.find(({ id }) => id === scenarioId) ?? assert.fail(scenarioId);
  const shopper = await world.shopper();
  await prepare(shopper.page);
  const inspector = await shopper.context.newPage();
  inspector.on('pageerror', (error) => shopper.complaints.push(error.message));
  inspector.on('console', (message) => {
    if (message.type() === 'error') shopper.complaints.push(message.text());
  });
  await inspector.goto(`${world.demo.sandbox}/inspector`);
  await inspector.getByText('Live', { exact: true }).waitFor();
  await shopper.page.bringToFront();
  const order = await shopper.order(scenario.provider === 'procard' ? 'A-1001' : 'U-2001');
  await payAs(shopper.page, scenario);
  await shopper.page.locator('pay-button [part~="status"]', { hasText: /^Paid/ }).waitFor();
  await inspector.bringToFront();
  await inspector.getByRole('heading', { name: order }).waitFor();
  await inspector.locator('#lines > li', { hasText: 'The result, for the shop’s page: paid' }).waitFor();
  return { shopper, inspector };
}

/** Who says what to whom, without the pay button's notes to itself. */
async function linesOf(inspector: Page): Promise<string[]> {
  return inspector
    .locator('#lines > li:not(.note)')
    .evaluateAll((items) =>
      items.map((item) =>
        ['.who', 'b', '.said']
          .flatMap((part) => item.querySelector(part)?.textContent?.trim() ?? [])
          .join(' | '),
      ),
    );
}

/** Messages of which the page can say no more than their name. */
async function unexplained(inspector: Page): Promise<string[]> {
  return inspector
    .locator('#lines > li:not(.note)')
    .evaluateAll((items) =>
      items
        .map((item) => ['b', 'code'].map((part) => item.querySelector(part)?.textContent ?? ''))
        .flatMap(([title = '', operation]) => (title === operation ? title : [])),
    );
}

/** Lines that begin so are there in this order. Others may stand between them, and between a question and its answer. */
function assertInOrder(lines: string[], expected: string[]): void {
  let from = 0;
  for (const line of expected) {
    const at = lines.findIndex((each, index) => index >= from && each.startsWith(line));
    assert.ok(at >= 0, `"${line}" is not among\n${lines.slice(from).join('\n')}`);
    from = at + 1;
  }
}

const chaptersOf = (inspector: Page) => inspector.locator('#lines h3').allTextContents();

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> };
    };
    const result = await axe.run();
    return result.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
  });
}

test('a payment with 3-D Secure 2 tells itself from the price to the result, while it happens', async () => {
  const { shopper, inspector } = await watchedPayment('threeds2-passed');
  assertInOrder(await linesOf(inspector), [
    'Pay button → Merchant’s server | What does the order cost? | ↩ 125.00 UAH, by google-pay or hosted-page',
    'Pay button → Shopper’s browser | The shopper clicked',
    'Pay button → Google Pay | Let the shopper choose a card',
    'Pay button → Merchant’s server | Start the payment',
    'Merchant’s server → ProcardPay | Charge the card in this token | ↩ not yet: the bank has to ask the cardholder',
    'Merchant’s server → Pay button | not yet: the bank has to ask the cardholder',
    'Shopper’s browser → Bank | The question for the bank (Challenge Request) | ↩ a page that asks the shopper',
    'Shopper’s browser → Bank | The cardholder answers the bank | ↩ a form that posts itself to the shop',
    'Bank → Merchant’s server | The bank’s answer (Challenge Response)',
    'Merchant’s server → ProcardPay | Here is the bank’s answer: finish the payment',
    'Pay button → Shopper’s browser | The result, for the shop’s page: paid',
  ]);
  assert.ok((await linesOf(inspector)).some((line) => line.endsWith('Mastercard •••• 2003, sealed')));
  assert.deepEqual(await chaptersOf(inspector), [
    'The pay button gets ready',
    'The shopper decides to pay',
    'Google Pay hands over a token',
    'The merchant’s server turns to the provider',
    '3-D Secure: the bank asks the cardholder',
    'The server learns how it ended',
  ]);
  assert.equal(await inspector.locator('#standing').textContent(), 'Paid');
  assert.deepEqual(await unexplained(inspector), []);
  assert.match((await inspector.locator('#news').textContent()) ?? '', /\w/);
  assert.deepEqual(shopper.complaints, []);
  await shopper.context.close();
});

test('a payment on GlobalPay’s page is one story, across the page that the shopper left and came back to', async () => {
  const { shopper, inspector } = await watchedPayment('uzcard-approved');
  assertInOrder(await linesOf(inspector), [
    'Pay button → Merchant’s server | Start the payment',
    'Merchant’s server → GlobalPay | Open a payment page for this order | ↩ the page’s address',
    'Merchant’s server → Pay button | not yet: pay on the provider’s page',
    'Shopper’s browser → GlobalPay | The card’s number',
    'Shopper’s browser → GlobalPay | The code from the text message',
    'GlobalPay → Shopper’s browser | Back to the shop',
    'Merchant’s server → GlobalPay | What became of this payment?',
    'Pay button → Shopper’s browser | The result, for the shop’s page: paid',
  ]);
  assert.deepEqual(await unexplained(inspector), []);
  const login = 'Merchant’s server → GlobalPay | Log in at GlobalPay | ↩ OK';
  const callback = /^GlobalPay → Merchant’s server \| The provider calls back/;
  const lines = await linesOf(inspector);
  assert.doesNotMatch(lines.join('\n'), /no answer arrives/, 'the page that left waits for none');
  assert.ok(lines.includes(login), lines.join('\n'));
  assert.ok(
    lines.some((line) => callback.test(line)),
    lines.join('\n'),
  );
  assert.deepEqual(shopper.complaints, []);
  await shopper.context.close();
});

for (const id of ['threeds1-passed', 'procard-page', 'visa-bank-page']) {
  test(`a payment with messages of its own explains each of them: ${id}`, async () => {
    const { shopper, inspector } = await watchedPayment(id);
    assert.deepEqual(await unexplained(inspector), []);
    await shopper.context.close();
  });
}

test('a call stands before what the server does for it, however busy the page is as it goes out', async () => {
  const { shopper, inspector } = await watchedPayment('google-pay-approved', (page) =>
    page.addInitScript(() => {
      const call = window.fetch.bind(window);
      window.fetch = (...given) => {
        const answer = call(...given);
        for (const start = performance.now(); performance.now() - start < 300;);
        return answer;
      };
    }),
  );
  assertInOrder(await linesOf(inspector), [
    'Pay button → Merchant’s server | Start the payment',
    'Merchant’s server → ProcardPay | Charge the card in this token | ↩ paid',
    'Merchant’s server → Pay button | paid',
  ]);
  await shopper.context.close();
});

test('a lost answer is drawn as one, and as the doubt that follows from it', async () => {
  const { shopper, inspector } = await watchedPayment('answer-lost');
  assertInOrder(await linesOf(inspector), [
    'Merchant’s server → ProcardPay | Charge the card in this token | ✗ no answer arrives',
    'Merchant’s server → Pay button | not known yet',
    'Merchant’s server → ProcardPay | What became of this payment? | ↩ paid',
    'Pay button → Shopper’s browser | The result, for the shop’s page: paid',
  ]);
  const chapters = await chaptersOf(inspector);
  assert.ok(chapters.includes('In doubt: an answer was lost'), chapters.join());
  assert.equal(await inspector.locator('#standing').textContent(), 'Paid');
  assert.deepEqual(await unexplained(inspector), []);
  assert.deepEqual(shopper.complaints, []);
  await shopper.context.close();
});

test('everything is reached by keyboard: payments, messages, what is in them', async () => {
  const { shopper, inspector } = await watchedPayment('google-pay-approved');
  const focused = () => inspector.evaluate(() => document.activeElement?.textContent ?? '');
  const expanded = () => inspector.evaluate(() => document.activeElement?.getAttribute('aria-expanded'));

  await inspector.locator('#follow').focus();
  await inspector.keyboard.press('Tab');
  await inspector.keyboard.press('ArrowDown');
  const other = await focused();
  await inspector.keyboard.press('Enter');
  await inspector.locator('#follow[aria-pressed="false"]').waitFor();
  assert.ok(
    other.includes(
      await inspector
        .locator('#payment-title')
        .innerText()
        .then((title) => title.split(' · ')[1] ?? 'no order'),
    ),
  );

  await inspector.keyboard.press('Tab');
  await inspector.keyboard.press('Tab');
  await inspector.keyboard.press('Tab');
  assert.equal(await expanded(), 'false');
  const first = await focused();
  await inspector.keyboard.press('ArrowDown');
  assert.notEqual(await focused(), first);
  await inspector.keyboard.press('Home');
  assert.equal(await focused(), first);
  await inspector.keyboard.press('Enter');
  assert.equal(await expanded(), 'true');
  await inspector.locator('.detail').waitFor();
  await inspector.keyboard.press('Escape');
  assert.equal(await expanded(), 'false');
  assert.equal(await focused(), first);
  assert.equal(await inspector.locator('.detail').count(), 0);
  await inspector.keyboard.press('Tab');
  assert.equal(await inspector.locator('#lines :focus').count(), 0, 'the messages are one stop');
  await shopper.context.close();
});

test('a message opens to its fields, its checks and its answer, without its secrets', async () => {
  const { shopper, inspector } = await watchedPayment('google-pay-approved');
  await inspector.getByRole('button', { name: /Charge the card in this token/ }).click();
  const detail = inspector.locator('.detail');
  const text = await detail.innerText();
  for (const part of [
    'GooglePayPurchase',
    'Checked by the receiver',
    '✓ right: signature',
    'transactionStatus',
    'APPROVED',
  ])
    assert.ok(text.includes(part), `${part} is not in\n${text}`);
  assert.match(text, /gpToken\s+\[\d+ characters\]/);
  assert.doesNotMatch(text, /encryptedMessage|signedMessage/);
  await shopper.context.close();
});

for (const width of [360, 1280]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the inspector passes axe and fits, ${width} px wide, ${colorScheme}, with a message open`, async () => {
      const { shopper, inspector } = await watchedPayment('answer-lost');
      await inspector.setViewportSize({ width, height: 800 });
      await inspector.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await inspector.getByRole('button', { name: /Charge the card in this token/ }).click();
      assert.deepEqual(await violations(inspector), []);
      assert.ok((await inspector.evaluate(() => document.documentElement.scrollWidth)) <= width);
      assert.deepEqual(shopper.complaints, []);
      await shopper.context.close();
    });
  }
}

test('the exported picture is a well-formed document, whatever stood in the messages', async () => {
  const { shopper, inspector } = await watchedPayment('threeds2-passed');
  await fetch(`${world.demo.sandbox}/procard/api/`, {
    method: 'POST',
    body: new URLSearchParams({ operation: 'check', order_id: '</text><script>&"\u0002' }),
  });
  const keys = await inspector
    .locator('#payments a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')?.slice(1)));
  assert.ok(keys.length >= 2);
  for (const key of keys) {
    await inspector.goto(`${world.demo.sandbox}/inspector/payments/${key}.svg`);
    const root = await inspector.evaluate(() => document.documentElement.nodeName);
    assert.equal(root, 'svg');
    assert.equal(await inspector.locator('parsererror').count(), 0, key);
  }
  await shopper.context.close();
});

test('the script that watches a shop’s page changes nothing for it: answers, refusals, aborted and other requests', async () => {
  const shopper = await world.shopper();
  const order = await shopper.order('A-1001');
  const seen = await shopper.page.evaluate(async (orderId) => {
    const address = `/pay/offers/${orderId}`;
    const { signal } = new AbortController();
    const read = await fetch(address, { signal });
    const copy = read.clone();
    const ended = new AbortController();
    const aborted = fetch(address, { signal: ended.signal });
    ended.abort();
    return {
      isSame: (await read.text()) === (await copy.text()),
      isUsed: read.bodyUsed,
      twice: await read.text().catch((error: Error) => error.name),
      aborted: await aborted.catch((error: Error) => error.name),
      refused: (await fetch('/pay/payments/none', { signal })).status,
      request: (await fetch(new Request(address))).status,
      upload: (await fetch('/pay/payments', { method: 'POST', signal, body: new FormData() })).status,
      wrong: await fetch('http://[', { signal }).catch((error: Error) => error.name),
    };
  }, order);
  assert.deepEqual(seen, {
    isSame: true,
    isUsed: true,
    twice: 'TypeError',
    aborted: 'AbortError',
    refused: 404,
    request: 200,
    upload: 415,
    wrong: 'TypeError',
  });
  await shopper.context.close();
});
