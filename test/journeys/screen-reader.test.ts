import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { CARDS, RIGHT_CODE } from '../../demo/sandbox/scenarios.js';
import { messagesFor, type Locale } from '../../src/i18n/messages.js';
import { bankFrame, enterCode, openSheet } from '../support/shopper.js';
import { startWorld, type World } from '../support/world.js';

/** A shopper who hears the page: its accessibility tree, and what its live regions say, in their order. */
let world: World;
before(async () => void (world = await startWorld()));
after(() => world.close());

const PAID = {
  uk: 'Сплачено: 125,00',
  ru: 'Оплачено: 125,00',
  uz: 'Toʻlandi: 125,00',
  en: 'Paid: UAH',
} as const;

for (const [locale, paid] of Object.entries(PAID) as [Locale, string][]) {
  test(`${locale}: the bank’s check is a dialog by name, and all that there is, and each step is said once`, async () => {
    const texts = messagesFor(locale);
    const { page, context, heard } = await listening(locale);
    await openSheet(page);
    await page.locator(`[data-card="${CARDS.mastercard3ds2.id}"]`).click();
    const bank = await bankFrame(page);
    await page.locator('threeds-frame [role=status]', { hasText: texts.threedsLoaded }).waitFor();

    assert.deepEqual(await tree(page), [
      ['dialog', texts.threedsTitle, 'modal'],
      ['heading', texts.threedsTitle],
      ['button', texts.cancel],
      ['Iframe', texts.threedsFrameTitle],
      ['button', texts.threedsOpenInTab],
    ]);

    await enterCode(bank, RIGHT_CODE);
    await page.locator('pay-button [part~="status"]', { hasText: paid }).waitFor();
    const said = await heard();
    const [, ending] = said.pop()!;
    assert.ok(ending.startsWith(paid), ending);
    assert.deepEqual(said, [
      ['status', texts.wait],
      ['status', texts.threedsLoaded],
      ['status', texts.checking],
    ]);
    await context.close();
  });
}

test('what a bank refuses is said politely, and so is a lost connection', async () => {
  const texts = messagesFor('uk');
  const { page, context, heard } = await listening('uk');
  await openSheet(page);
  await page.route('**/pay/payments', (route) => route.abort(), { times: 1 });
  await page.locator(`[data-card="${CARDS.visaDeclinedText.id}"]`).click();
  await page.locator('pay-button [part~="status"]', { hasText: texts.notCharged }).waitFor();
  assert.deepEqual(await heard(), [
    ['status', texts.wait],
    ['status', texts.checkingOffline],
    ['status', `${texts.declined.other} ${texts.notCharged}`],
  ]);
  await context.close();
});

test('an error interrupts, once, and the words about it are gone with the next try', async () => {
  const texts = messagesFor('uk');
  const { page, context, heard } = await listening('uk');
  await page.route('**/pay/payments', (route) => route.fulfill(ORDER_BUSY), { times: 1 });
  await openSheet(page);
  await page.locator(`[data-card="${CARDS.visaApproved.id}"]`).click();
  await page.locator('pay-button [part~="message"]', { hasText: texts.errors.order_busy }).waitFor();
  await openSheet(page);
  const alerts = await page.locator('pay-button [role=alert]').allTextContents();
  assert.equal(alerts.join('').trim(), '');
  await page.locator(`[data-card="${CARDS.visaApproved.id}"]`).click();
  await page.locator('pay-button [part~="status"]', { hasText: PAID.uk }).waitFor();
  assert.deepEqual((await heard()).slice(0, -1), [
    ['status', texts.wait],
    ['alert', texts.errors.order_busy],
    ['status', texts.wait],
  ]);
  await context.close();
});

const ORDER_BUSY = { status: 409, contentType: 'application/problem+json', body: '{"code":"order_busy"}' };

type Said = [role: string, words: string];

/** A shopper at the checkout whose pay button is ready; `heard` is what was said since then. */
async function listening(locale: Locale) {
  const shopper = await world.shopper();
  const { page, context } = shopper;
  await context.addInitScript(listen, locale);
  await shopper.order('A-1001');
  await page.locator('pay-button [part~="google-pay"] button').waitFor();
  await page.evaluate('heard.length = 0');
  return { page, context, heard: () => page.evaluate<Said[]>('heard') };
}

/** Runs in the page: writes down what its live regions say, as a screen reader would: what changes in one that is there. */
function listen(locale: string): void {
  const heard: Said[] = [];
  Object.assign(window, { heard });
  document.addEventListener('DOMContentLoaded', () =>
    document
      .querySelector<HTMLTemplateElement>('#pay')
      ?.content.querySelector('pay-button')
      ?.setAttribute('locale', locale),
  );
  const attach = Reflect.get(Element.prototype, 'attachShadow');
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    new MutationObserver((changes) => {
      const regions = changes.map(({ target }) => (target as Text).parentElement ?? target);
      for (const region of new Set(regions as Element[])) {
        const words = region.textContent.trim();
        if (words && (region.role === 'status' || region.role === 'alert')) heard.push([region.role, words]);
      }
    }).observe(root, { subtree: true, childList: true, characterData: true });
    return root;
  };
}

/** What of the page a screen reader finds, in its order: role and name, and whether it is modal. Regions speak by themselves. */
async function tree(page: Page): Promise<string[][]> {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const inOrder = (id: string): typeof nodes => {
    const node = byId.get(id);
    return node ? [node, ...(node.childIds ?? []).flatMap(inOrder)] : [];
  };
  return inOrder(nodes[0]!.nodeId)
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, properties = [] }) => {
      const isModal = properties.some((each) => each.name === 'modal' && each.value.value === true);
      return [String(role?.value), String(name?.value), ...(isModal ? ['modal'] : [])];
    })
    .filter(([role = '']) => !UNNAMED.test(role));
}

const UNNAMED = /^(RootWebArea|generic|paragraph|status|alert|StaticText|InlineTextBox)$/;
