import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertPart, browse } from '../merchant.js';
import { FAIL, HUMO_NO_FUNDS, openShop, SUCCESS, UZCARD, VISA, type Payment, type Shop } from './shop.js';

let shop: Shop;
before(async () => {
  shop = await openShop();
});
after(() => shop.close());

const NOWHERE = { successRedirectUrl: undefined, failRedirectUrl: undefined };

/** Every way to an end, with what the status says then, and whether money moved. */
const ENDS: [
  what: string,
  walk: (payment: Payment) => Promise<unknown>,
  status: string,
  error: string | null,
][] = [
  ['Uzcard and the right code', (payment) => payWith(payment, UZCARD), 'APPROVED', null],
  ['Visa and the right code at the bank', (payment) => payment.goToBank('123456'), 'APPROVED', null],
  ['Humo without money', (payment) => payWith(payment, HUMO_NO_FUNDS), 'FAILED', 'INSUFFICIENT_FUNDS'],
  ['Visa and a wrong code at the bank', (payment) => payment.goToBank('000000'), 'FAILED', 'THREEDS_FAILED'],
  ['a message that is not the bank’s', forgeBank, 'FAILED', 'THREEDS_FAILED'],
  ['three wrong codes', threeWrongCodes, 'FAILED', 'OTP_TRIES_EXCEEDED'],
  ['a refusal before the card', (payment) => payment.press('refuse'), 'FAILED', 'CANCELLED_BY_USER'],
  ['a refusal after the card', refuseLate, 'FAILED', 'CANCELLED_BY_USER'],
];

async function payWith(payment: Payment, card: string) {
  await payment.giveCard(card);
  return payment.giveCode('123456');
}

async function forgeBank(payment: Payment) {
  await payment.giveCard(VISA);
  return browse(`${payment.url}/bank`, { cres: 'e30' });
}

async function threeWrongCodes(payment: Payment) {
  await payment.giveCard(UZCARD);
  await payment.giveCode('1');
  await payment.giveCode('2');
  return payment.giveCode('3');
}

async function refuseLate(payment: Payment) {
  await payment.giveCard(UZCARD);
  return payment.press('refuse');
}

describe('the way to the end', () => {
  for (const [what, walk, status, error] of ENDS) {
    const address = status === 'APPROVED' ? SUCCESS : FAIL;
    it(`${what}: ${error ?? status}, called back, and back to the shop without added parameters`, async () => {
      const payment = await shop.payment();
      assertPart(await walk(payment), { status: 303, location: address });
      assertPart(await payment.status(), { status, error });
      assert.equal(await payment.captures(), status === 'APPROVED' ? 1 : 0);
      assertPart((await shop.merchant.nextCallback()).body, { id: payment.id, status, error });
    });

    it(`${what}: the page says so itself where the merchant gave no addresses`, async () => {
      const payment = await shop.payment(NOWHERE);
      assertPart(await walk(payment), { location: new URL(payment.url).pathname });
      const { html } = await browse(payment.url);
      assert.match(html, status === 'APPROVED' ? /role="status">Paid\./ : /role="status">Not paid\./);
      assert.doesNotMatch(html, /data-control="back"/);
      await shop.merchant.nextCallback();
    });
  }

  it('keeps the parameters that the merchant’s addresses have', async () => {
    const successRedirectUrl = 'https://shop.example/done?a=1&b=%20#end';
    const payment = await shop.payment({ successRedirectUrl });
    assert.equal(((await payWith(payment, UZCARD)) as { location: string }).location, successRedirectUrl);
    await shop.merchant.nextCallback();
  });
});

describe('the card form', () => {
  it('asks for number and expiry date, shows the sum and what it is for', async () => {
    const { url } = await shop.payment();
    const { status, html } = await browse(url);
    assert.equal(status, 200);
    assert.match(html, /autocomplete="cc-number"/);
    assert.match(html, /autocomplete="cc-exp"/);
    assert.match(html, /1\u00a0000,00 UZS/);
    assert.match(html, /Order &lt;1001&gt;/);
  });

  const REFUSED: [what: string, number: string, expiry: string, words: RegExp][] = [
    ['a card that it does not know', '4111111111111111', '12/30', /does not know this card/],
    ['no number', '', '12/30', /does not know this card/],
    ['no expiry date', UZCARD, '', /the month and the year/],
    ['a month that there is not', UZCARD, '13/30', /the month and the year/],
    ['a card that ended last month', UZCARD, '10/26', /has expired/],
  ];
  for (const [what, number, expiry, words] of REFUSED) {
    it(`comes again after ${what}, and says why`, async () => {
      const payment = await shop.payment();
      const { status, html } = await payment.giveCard(number, expiry);
      assert.equal(status, 422);
      assert.match(html, /autocomplete="cc-number"/);
      assert.match(/role="alert">([^<]*)/.exec(html)?.[1] ?? '', words);
      assertPart(await payment.status(), { status: 'INIT' });
    });
  }

  for (const expiry of ['11/26', '1126', '11 / 26']) {
    it(`takes a card in its last month, typed ${expiry}`, async () => {
      const payment = await shop.payment();
      assert.equal((await payment.giveCard(UZCARD, expiry)).status, 303);
    });
  }
});

describe('the SMS code', () => {
  it('is asked for on a page of its own; nothing is charged before it', async () => {
    const payment = await shop.payment();
    assert.equal((await payment.giveCard(UZCARD)).location, `/globalpay/pay/${payment.id}`);
    assert.match((await browse(payment.url)).html, /autocomplete="one-time-code"/);
    assert.equal(await payment.captures(), 0);
    assertPart(await payment.status(), { status: 'INIT' });
  });

  it('may be corrected, and the page says how many attempts are left', async () => {
    const payment = await shop.payment();
    await payment.giveCard(UZCARD);
    assert.match((await browse(payment.url)).html, /Attempts left: 3/);
    const { status, html } = await payment.giveCode('1');
    assert.equal(status, 422);
    assert.match(html, /aria-invalid="true"/);
    assert.match(html, /Attempts left: 2/);
    assert.equal((await payment.giveCode(' 123456 ')).location, SUCCESS);
    await shop.merchant.nextCallback();
  });
});

describe('the bank’s page', () => {
  it('is offered again to a shopper who came back from it without an answer', async () => {
    const payment = await shop.payment();
    const hop = await payment.giveCard(VISA);
    const again = await browse(payment.url);
    assert.deepEqual([again.action, again.hidden], [hop.action, hop.hidden]);
    assertPart(await payment.status(), { status: 'INIT' });
  });
});

describe('a token', () => {
  const DECIDED: [what: string, decide: (payment: Payment) => Promise<unknown>, error: string | null][] = [
    ['paid', (payment) => payWith(payment, UZCARD), null],
    ['failed', (payment) => payWith(payment, HUMO_NO_FUNDS), 'INSUFFICIENT_FUNDS'],
    ['refused', (payment) => payment.press('refuse'), 'CANCELLED_BY_USER'],
  ];
  for (const [what, decide, error] of DECIDED) {
    it(`that is ${what} takes no second payment, and its page leads back to the shop`, async () => {
      const payment = await shop.payment();
      await decide(payment);
      await shop.merchant.nextCallback();
      const before = await payment.status();
      for (const attempt of [
        await payment.giveCard(UZCARD),
        await payment.giveCode('123456'),
        await payment.press('refuse'),
        await payment.press('expire'),
        await browse(`${payment.url}/bank`, { cres: 'e30' }),
      ]) {
        assertPart(attempt, { status: 303, location: `/globalpay/pay/${payment.id}` });
      }
      assert.deepEqual(await payment.status(), before);
      assert.equal(await payment.captures(), error ? 0 : 1);
      const { html } = await browse(payment.url);
      assert.match(html, error ? new RegExp(error) : /cannot be paid a second time/);
      assert.ok(html.includes(`data-control="back" href="${error ? FAIL : SUCCESS}"`));
    });
  }

  it('that waits for a code takes no other card', async () => {
    const payment = await shop.payment();
    await payment.giveCard(HUMO_NO_FUNDS);
    await payment.giveCard(UZCARD);
    await payment.giveCode('123456');
    assertPart(await payment.status(), { error: 'INSUFFICIENT_FUNDS' });
    await shop.merchant.nextCallback();
  });

  it('that nobody created has no page', async () => {
    for (const path of ['pay/none', 'receipt/none']) {
      const { status, html } = await browse(`${shop.merchant.sandbox.url}/globalpay/${path}`);
      assert.equal(status, 404);
      assert.match(html, /There is no such payment/);
    }
    assert.equal((await browse(`${shop.merchant.sandbox.url}/globalpay/pay/none/card`, {})).status, 404);
  });
});

describe('the page’s language', () => {
  for (const [accepted, lang, word] of [
    ['uz-UZ,uz;q=0.9', 'uz', 'Karta raqami'],
    ['ru', 'ru', 'Номер карты'],
    ['en-GB', 'en', 'Card number'],
    ['fr', 'en', 'Card number'],
  ] as const) {
    it(`is ${lang} for a browser that wants ${accepted}`, async () => {
      const { url } = await shop.payment();
      const html = await (await fetch(url, { headers: { 'Accept-Language': accepted } })).text();
      assert.match(html, new RegExp(`<html lang="${lang}">`));
      assert.ok(html.includes(word));
    });
  }
});
