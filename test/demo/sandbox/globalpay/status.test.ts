import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertPart, browse, type Answer } from '../merchant.js';
import {
  FAIL,
  HUMO_NO_FUNDS,
  HUMO_NO_RECEIPT,
  openShop,
  REPLIES,
  SUCCESS,
  UZCARD,
  UZCARD_RECEIPT_LATE,
  VISA,
  type Shop,
} from './shop.js';

let shop: Shop;
before(async () => {
  shop = await openShop();
});
after(() => shop.close());

/** The same members as the sample, at every depth. */
function assertShape(body: Answer, sample: Answer | undefined): void {
  assert.deepEqual(Object.keys(body), Object.keys(sample ?? {}));
  assert.deepEqual(Object.keys(body['gnkDetail'] ?? {}), Object.keys(sample?.['gnkDetail'] ?? {}));
}

async function paid(card: string) {
  const payment = await shop.payment();
  await payment.giveCard(card);
  await payment.giveCode('123456');
  await shop.merchant.nextCallback();
  return payment;
}

describe('the status', () => {
  it('before the payment is INIT', async () => {
    const payment = await shop.payment();
    const body = await payment.status();
    assertShape(body, REPLIES['pending']);
    assertPart(body, {
      id: payment.id,
      externalId: payment.reference,
      account: '1001',
      amount: 100_000,
      currency: 'UZS',
      status: 'INIT',
      error: null,
      gnkDetail: null,
    });
  });

  it('of a paid token is APPROVED with the fiscal receipt, to which qrCodeUrl leads', async () => {
    const body = await (await paid(UZCARD)).status();
    assertShape(body, REPLIES['approved']);
    assertPart(body, { amount: 100_000, currency: 'UZS', status: 'APPROVED', error: null });
    const { qrCodeUrl } = body['gnkDetail'] as { qrCodeUrl: string };
    const receipt = await browse(qrCodeUrl);
    assert.equal(receipt.status, 200);
    assert.match(receipt.html, /1\u00a0000,00 UZS/);
    assert.match(receipt.html, /Order &lt;1001&gt;/);
    assert.match(receipt.html, /no tax authority knows it/);
  });

  it('of a payment that failed has the reason as error, and no receipt', async () => {
    const body = await (await paid(HUMO_NO_FUNDS)).status();
    assertShape(body, REPLIES['insufficientFunds']);
    assertPart(body, { status: 'FAILED', error: 'INSUFFICIENT_FUNDS', gnkDetail: null });
  });

  it('is APPROVED three seconds before a late receipt comes', async () => {
    const payment = await paid(UZCARD_RECEIPT_LATE);
    assertPart(await payment.status(), { status: 'APPROVED', gnkDetail: null });
    shop.pass(2.999);
    assertShape(await payment.status(), REPLIES['approvedWithoutReceipt']);
    shop.pass(0.001);
    assertShape(await payment.status(), REPLIES['approved']);
    assert.equal(await payment.captures(), 1);
  });

  it('stays APPROVED without a receipt where none ever comes', async () => {
    const payment = await paid(HUMO_NO_RECEIPT);
    shop.pass(86_400);
    assertPart(await payment.status(), { status: 'APPROVED', gnkDetail: null });
  });
});

describe('expiry', () => {
  it('is decided after the life, not at its end', async () => {
    const payment = await shop.payment({ tokenLifespan: 300 });
    shop.pass(300);
    assertPart(await payment.status(), { status: 'INIT' });
    shop.pass(0.001);
    const body = await payment.status();
    assertShape(body, REPLIES['expired']);
    assertPart(body, { status: 'FAILED', error: 'PAYMENT_EXPIRED', gnkDetail: null });
  });

  it('follows the clamped life', async () => {
    const payment = await shop.payment({ tokenLifespan: 1 });
    shop.pass(299);
    assertPart(await payment.status(), { status: 'INIT' });
  });

  it('comes on order of the clock, before the status is looked at', async () => {
    const own = await openShop();
    const payment = await own.payment();
    await own.order({ operation: 'status', fault: 'clock_shift', seconds: 901 });
    const token = await own.logIn();
    // The access token, too, has aged by then.
    assert.equal((await own.call(`/v1/payment/servicetoken/${payment.id}`, { token })).status, 401);
    assertPart(await payment.status(), { error: 'PAYMENT_EXPIRED' });
    await own.close();
  });

  it('takes no card any more, calls nobody back, and the page leads back to the shop', async () => {
    const payment = await shop.payment();
    shop.pass(901);
    assert.equal((await payment.giveCard(UZCARD)).location, `/globalpay/pay/${payment.id}`);
    const { html } = await browse(payment.url);
    assert.match(html, /The time to pay is over/);
    assert.ok(html.includes(`data-control="back" href="${FAIL}"`));
    const calls = (await shop.journal()).filter((entry) => entry.operation === 'callback');
    assert.deepEqual(
      calls.filter((entry) => entry.sent['id'] === payment.id),
      [],
    );
  });

  it('comes at once with the sandbox control', async () => {
    const payment = await shop.payment();
    await payment.press('expire');
    assertPart(await payment.status(), { status: 'FAILED', error: 'PAYMENT_EXPIRED' });
  });

  for (const [what, card, finish] of [
    ['an SMS code', UZCARD, (url: string) => browse(`${url}/code`, { code: '123456' })],
    ['the bank', VISA, undefined],
  ] as const) {
    it(`does not end a payment that waits for ${what}: it may be finished later`, async () => {
      const payment = await shop.payment({ tokenLifespan: 300 });
      const hop = await payment.giveCard(card);
      await payment.press('expire');
      shop.pass(10);
      assertPart(await payment.status(), { status: 'INIT', error: null });
      assert.match((await browse(payment.url)).html, /may still be finished/);
      const end = finish ? await finish(payment.url) : await throughBank(payment.url, hop);
      assert.equal(end.location, SUCCESS);
      assertPart(await payment.status(), { status: 'APPROVED' });
      assert.equal(await payment.captures(), 1);
      await shop.merchant.nextCallback();
    });
  }
});

async function throughBank(url: string, hop: { action: string; hidden: Record<string, string> }) {
  const challenge = await browse(new URL(hop.action, url).href, hop.hidden);
  const decided = { ...challenge.hidden, code: '123456', decision: 'confirm' };
  const back = await browse(new URL(challenge.action, url).href, decided);
  return browse(back.action, back.hidden);
}

describe('the status before a card is given, where the sandbox is told to answer 404', () => {
  let strict: Shop;
  before(async () => {
    strict = await openShop({ globalpayUnpaid: 'not_found' });
  });
  after(() => strict.close());

  it('is 404 with the error body, until there is a payment', async () => {
    const payment = await strict.payment();
    assertPart(await payment.status(), {
      code: 'NOT_FOUND',
      detail: 'There is no payment with this token yet',
    });
    await payment.giveCard(UZCARD);
    assertPart(await payment.status(), { status: 'INIT' });
  });

  it('is FAILED once the life is over', async () => {
    const payment = await strict.payment();
    strict.pass(901);
    assertPart(await payment.status(), { status: 'FAILED', error: 'PAYMENT_EXPIRED' });
  });
});

describe('a decision by order', () => {
  it('decline: the payment fails with that word, whatever its card says', async () => {
    await shop.order({ operation: 'create', fault: 'decline', reason: 'LIMIT_EXCEEDED' });
    const payment = await shop.payment();
    assertPart(await payment.status(), { status: 'INIT' });
    await payment.giveCard(UZCARD);
    assert.equal((await payment.giveCode('123456')).location, FAIL);
    assertPart(await payment.status(), { status: 'FAILED', error: 'LIMIT_EXCEEDED' });
    assert.equal(await payment.captures(), 0);
    await shop.merchant.nextCallback();
  });

  for (const [card, end] of [
    [UZCARD, { status: 'APPROVED', error: null }],
    [HUMO_NO_FUNDS, { status: 'FAILED', error: 'INSUFFICIENT_FUNDS' }],
  ] as const) {
    it(`pending: that status for a while after the payment, and then ${end.status}`, async () => {
      await shop.order({ operation: 'create', fault: 'pending', status: 'VALIDATE', seconds: 30 });
      const payment = await shop.payment();
      assertPart(await payment.status(), { status: 'INIT' });
      await payment.giveCard(card);
      await payment.giveCode('123456');
      const pending = { status: 'VALIDATE', error: null, gnkDetail: null };
      assertPart((await shop.merchant.nextCallback()).body, pending);
      shop.pass(29.999);
      assertPart(await payment.status(), pending);
      shop.pass(0.001);
      assertPart(await payment.status(), end);
    });
  }
});
