import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { assertPart, browse, PURCHASE, signed, type Page } from '../merchant.js';
import { Buyer, without } from './buyer.js';

const APPROVED = '4000 0000 0000 1000';
const THREEDS2 = '5200000000002003';
const THREEDS1 = '4000000000002008';

let buyer: Buyer;

before(async () => {
  buyer = await Buyer.start();
});
after(() => buyer.merchant.close());
beforeEach(() => buyer.nextOrder());

function pay(url: string, number = APPROVED): Promise<Page> {
  return browse(url, { number, expiry: '12/30', cvv: '123', action: 'pay' });
}

/** Goes to the bank by the page that the payment page gave, and types the code. */
async function passBank(hop: Page, code = '123456'): Promise<Page> {
  const challenge = await browse(hop.action, hop.hidden);
  const url = new URL(challenge.action, buyer.merchant.sandbox.url).href;
  return browse(url, { ...challenge.hidden, code, decision: 'confirm' });
}

describe("ProcardPay's payment page", () => {
  it('takes a card, captures, calls back and sends the browser to approve_url', async () => {
    const url = await buyer.openPage();
    assert.equal(await buyer.status(), 'NEW');
    const { location, status } = await pay(url);
    assert.deepEqual([status, location], [303, 'https://shop.example/approved']);
    assertPart(await buyer.callback(), {
      orderReference: buyer.order,
      transactionStatus: 'Approved',
      add_params: { attempt: buyer.order },
    });
    assert.equal(await buyer.status(), 'APPROVED');
  });

  it('sends the browser of a declined card to decline_url', async () => {
    const { location } = await pay(await buyer.openPage(), '5200000000001021');
    assert.equal(location, 'https://shop.example/declined');
    assert.equal((await buyer.callback())['reasonCode'], 76);
  });

  it('sends a shopper who refuses to cancel_url, and the payment is declined', async () => {
    const { location } = await browse(await buyer.openPage(), { action: 'refuse' });
    assert.equal(location, 'https://shop.example/cancelled');
    assertPart(await buyer.callback(), { transactionStatus: 'Declined', reason: 'Операция отклонена' });
    assert.equal(await buyer.status(), 'DECLINED');
  });

  it('asks again after a card that it does not know', async () => {
    const { status, html } = await pay(await buyer.openPage(), '4111111111111111');
    assert.equal(status, 422);
    assert.match(html, /role="alert"/);
    assert.equal(await buyer.status(), 'NEW');
  });

  for (const [version, number] of [
    [2, THREEDS2],
    [1, THREEDS1],
  ] as const) {
    it(`goes by the bank with 3-D Secure ${version}`, async () => {
      const back = await passBank(await pay(await buyer.openPage(), number));
      assert.equal(await buyer.status(), 'WAITING-AUTH');
      const { location } = await browse(back.action, back.hidden);
      assert.equal(location, 'https://shop.example/approved');
      assertPart(await buyer.callback(), { transactionStatus: 'Approved' });
    });
  }

  it('sends the browser to decline_url after a wrong code', async () => {
    const back = await passBank(await pay(await buyer.openPage(), THREEDS2), '000000');
    const { location } = await browse(back.action, back.hidden);
    assert.equal(location, 'https://shop.example/declined');
    assertPart(await buyer.callback(), { reasonCode: 210 });
  });

  it('leads to the bank again as long as the bank is waited for', async () => {
    const url = await buyer.openPage();
    const hop = await pay(url, THREEDS2);
    assert.deepEqual([(await browse(url)).hidden, (await pay(url)).hidden], [hop.hidden, hop.hidden]);
    const back = await passBank(await browse(url));
    await browse(back.action, back.hidden);
    assert.equal(await buyer.status(), 'APPROVED');
    await buyer.callback();
  });

  it("takes the bank's first answer, and calls back once", async () => {
    const back = await passBank(await pay(await buyer.openPage(), THREEDS2));
    await browse(back.action, { cres: 'e30' });
    await buyer.callback();
    const { location } = await browse(back.action, back.hidden);
    assert.equal(location, 'https://shop.example/declined');
    buyer.nextOrder();
    await pay(await buyer.openPage());
    assert.equal((await buyer.callback())['orderReference'], buyer.order);
  });

  it('charges once, however often the form is sent', async () => {
    const url = await buyer.openPage();
    await pay(url);
    assert.equal((await pay(url)).location, 'https://shop.example/approved');
    assert.equal((await buyer.captures()).length, 1);
    await buyer.callback();
  });

  it('says so where the time has run out, and leads back to decline_url', async () => {
    const url = await buyer.openPage();
    await buyer.pass(15 * 60 + 1);
    const { html } = await browse(url);
    assert.match(html, /role="status"[\s\S]*href="https:\/\/shop.example\/declined"/);
    assert.equal((await pay(url)).location, 'https://shop.example/declined');
    assert.deepEqual(await buyer.captures(), []);
    await buyer.callback();
  });

  for (const [language, lang] of [
    ['en', 'en'],
    ['ru', 'ru'],
    ['ua', 'uk'],
    ['uk', 'uk'],
    ['', 'uk'],
  ] as const) {
    it(`speaks ${lang} where language is ${language || 'left out'}, and escapes the description`, async () => {
      const { html } = await browse(await buyer.openPage({ language }));
      assert.match(html, new RegExp(`<html lang="${lang}">[\\s\\S]*&lt;b&gt;`));
    });
  }

  it('knows no other page', async () => {
    for (const path of ['none', 'none/bank']) {
      const url = `${buyer.merchant.sandbox.url}/procard/pay/${path}`;
      assert.equal((await browse(url, { number: APPROVED })).status, 404);
    }
    assert.equal((await browse(`${buyer.merchant.sandbox.url}/procard/pay/none`)).status, 404);
  });
});

describe('redirect', () => {
  const post = (body: BodyInit, headers: HeadersInit = {}) =>
    fetch(`${buyer.merchant.sandbox.url}/procard/api/`, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
    });

  for (const redirect of ['1', 'true', undefined]) {
    it(`sends the browser to the page where it is ${redirect ?? 'left out'}`, async () => {
      const fields = without(buyer.pageFields(redirect ? { redirect } : {}), redirect ? '' : 'redirect');
      const response = await post(new URLSearchParams(signed(fields, PURCHASE)));
      assert.equal(response.status, 303);
      assert.match(response.headers.get('Location') ?? '', /\/procard\/pay\/[0-9a-f-]{36}$/);
    });
  }

  for (const redirect of [0, false, '0', 'false']) {
    it(`gets the address as an answer where it is ${JSON.stringify(redirect)} in JSON`, async () => {
      const fields = { ...signed(without(buyer.pageFields(), 'redirect'), PURCHASE), redirect };
      const response = await post(JSON.stringify(fields), { 'Content-Type': 'application/json' });
      const { result, url } = (await response.json()) as { result: number; url: string };
      assert.equal(result, 0);
      assert.equal((await browse(url)).status, 200);
    });
  }
});

describe('the journal', () => {
  it("has the shopper's way over the page and the bank back to the shop, without the card", async () => {
    const url = await buyer.openPage();
    await browse(url);
    const back = await passBank(await pay(url, THREEDS2));
    await browse(back.action, back.hidden);
    await buyer.callback();
    const pages = (await buyer.journal()).filter(({ from, to }) => from === 'page' || to === 'page');
    const way = pages.filter(({ from, to }) => from === 'provider' || to === 'provider');
    assert.deepEqual(
      way.map(({ operation, status }) => [operation, status]),
      [
        ['payment page', 200],
        ['card', 200],
        ["the bank's answer", 303],
        ['return to the shop', null],
      ],
    );
    assert.deepEqual(way.at(-1)?.sent, { address: 'https://shop.example/approved' });
    const everything = JSON.stringify(pages);
    for (const secret of [THREEDS2, back.hidden['cres'] ?? assert.fail(), '12/30'])
      assert.equal(everything.includes(secret), false);
  });

  it('tells a Purchase that the browser itself posts from one of the server', async () => {
    await buyer.openPage();
    assert.deepEqual(
      (await buyer.journal()).map(({ from }) => from),
      ['server'],
    );
    buyer.nextOrder();
    // As browsers do; fetch in Node writes this header by itself.
    const browserPost = request(`${buyer.merchant.sandbox.url}/procard/api/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Mode': 'navigate' },
    });
    const fields = signed(buyer.pageFields({ redirect: '1' }), PURCHASE);
    browserPost.end(new URLSearchParams(fields).toString());
    const [response] = (await once(browserPost, 'response')) as [IncomingMessage];
    response.resume();
    const journal = await buyer.journal();
    assert.deepEqual(
      journal.map(({ from, operation }) => [from, operation]),
      [['page', 'Purchase']],
    );
  });
});
