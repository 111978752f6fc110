import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { CREDENTIALS } from '../../../../demo/sandbox/settings.js';
import {
  assertPart,
  browse,
  ORDER,
  PURCHASE,
  signed,
  startMerchant,
  type Fields,
  type Merchant,
} from '../merchant.js';

const merchant_id = CREDENTIALS.procardMerchantId;
const APPROVED = '4000 0000 0000 1000';
const THREEDS2 = '5200000000002003';
const THREEDS1 = '4000000000002008';

let merchant: Merchant;
let order: string;
let orders = 0;

before(async () => {
  merchant = await startMerchant();
});
after(() => merchant.close());
beforeEach(() => {
  order = `PAGE-${++orders}`;
});

function purchaseFields(changes: Fields = {}): Fields {
  return {
    operation: 'Purchase',
    merchant_id,
    order_id: order,
    amount: '49.90',
    currency_iso: 'UAH',
    description: 'Oʻquv qoʻllanma <b>',
    callback_url: merchant.callbackUrl,
    approve_url: 'https://shop.example/approved',
    decline_url: 'https://shop.example/declined',
    cancel_url: 'https://shop.example/cancelled',
    'add_params[attempt]': order,
    redirect: '0',
    language: 'en',
    ...changes,
  };
}

async function openPage(changes: Fields = {}): Promise<string> {
  const answer = await merchant.procard('', purchaseFields(changes), PURCHASE);
  assert.equal(answer['result'], 0);
  return String(answer['url']);
}

async function status(): Promise<unknown> {
  const answer = await merchant.procard('check', { merchant_id, order_id: order }, ORDER);
  return answer['transactionStatus'];
}

describe("ProcardPay's payment page", () => {
  it('takes a card, captures, calls back and sends the browser to approve_url', async () => {
    const url = await openPage();
    assert.equal(await status(), 'NEW');
    const { location, status: http } = await browse(url, { number: APPROVED, action: 'pay' });
    assert.deepEqual([http, location], [303, 'https://shop.example/approved']);
    assertPart((await merchant.nextCallback()).body, {
      orderReference: order,
      transactionStatus: 'Approved',
      add_params: { attempt: order },
    });
    assert.equal(await status(), 'APPROVED');
  });

  it('sends the browser of a declined card to decline_url', async () => {
    const { location } = await browse(await openPage(), { number: '5200000000001021', action: 'pay' });
    assert.equal(location, 'https://shop.example/declined');
    assert.equal((await merchant.nextCallback()).body['reasonCode'], 76);
  });

  it('sends a shopper who refuses to cancel_url, and the payment is declined', async () => {
    const { location } = await browse(await openPage(), { action: 'refuse' });
    assert.equal(location, 'https://shop.example/cancelled');
    assert.equal((await merchant.nextCallback()).body['transactionStatus'], 'Declined');
    assert.equal(await status(), 'DECLINED');
  });

  it('asks again after a card that it does not know', async () => {
    const { status: http, html } = await browse(await openPage(), {
      number: '4111111111111111',
      action: 'pay',
    });
    assert.equal(http, 422);
    assert.match(html, /role="alert"/);
    assert.equal(await status(), 'NEW');
  });

  for (const [version, number] of [
    [2, THREEDS2],
    [1, THREEDS1],
  ] as const) {
    it(`goes by the bank with 3-D Secure ${version}`, async () => {
      const origin = merchant.sandbox.url;
      const hop = await browse(await openPage(), { number, action: 'pay' });
      const challenge = await browse(hop.action, hop.hidden);
      const answer = { ...challenge.hidden, code: '123456', decision: 'confirm' };
      const back = await browse(`${origin}${challenge.action}`, answer);
      assert.equal(await status(), 'WAITING-AUTH');
      const { location } = await browse(back.action, back.hidden);
      assert.equal(location, 'https://shop.example/approved');
      assert.equal((await merchant.nextCallback()).body['transactionStatus'], 'Approved');
    });
  }

  it('charges once, however often the form is sent', async () => {
    const url = await openPage();
    await browse(url, { number: APPROVED, action: 'pay' });
    const again = await browse(url, { number: APPROVED, action: 'pay' });
    assert.equal(again.location, 'https://shop.example/approved');
    const { captures } = (await merchant.control('ledger')) as { captures: { reference: string }[] };
    assert.equal(captures.filter((entry) => entry.reference === order).length, 1);
    await merchant.nextCallback();
  });

  it('speaks English or Ukrainian, and escapes the description', async () => {
    const english = await browse(await openPage());
    assert.match(english.html, /<html lang="en">[\s\S]*&lt;b&gt;/);
    order += '-b';
    assert.match((await browse(await openPage({ language: 'uk' }))).html, /<html lang="uk">/);
  });

  it('sends the browser to the page by itself unless redirect is 0', async () => {
    const body = new URLSearchParams(signed(purchaseFields({ redirect: '1' }), PURCHASE));
    const response = await fetch(`${merchant.sandbox.url}/procard/api/`, {
      method: 'POST',
      body,
      redirect: 'manual',
    });
    assert.equal(response.status, 303);
    assert.match(response.headers.get('Location') ?? '', /\/procard\/pay\/[0-9a-f-]{36}$/);
  });

  it('marks its errors with result 1', async () => {
    const wrong = purchaseFields({ cancel_url: 'nowhere' });
    assertPart(await merchant.procard('', wrong, PURCHASE), { result: 1, code: -12 });
    assertPart(await merchant.procard('', purchaseFields(), ORDER), { result: 1, code: -4 });
  });

  it('knows no other page', async () => {
    assert.equal((await browse(`${merchant.sandbox.url}/procard/pay/none`)).status, 404);
  });
});
