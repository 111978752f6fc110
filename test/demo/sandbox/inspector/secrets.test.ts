import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { JournalEntry } from '../../../../demo/sandbox/journal.js';
import { RIGHT_CODE } from '../../../../demo/sandbox/scenarios.js';
import { CREDENTIALS } from '../../../../demo/sandbox/settings.js';
import { answerBank, begin, complete, cresFor, visit } from '../acs/begin.js';
import { LOGIN, openShop, UZCARD, VISA, type Shop } from '../globalpay/shop.js';
import { browse, PURCHASE } from '../merchant.js';
import { eventsUntil } from './events.js';

let shop: Shop;
before(async () => {
  shop = await openShop();
});
after(() => shop.close());

describe('no secret of a payment', () => {
  /** What must not be read anywhere, with its name for the one who has to look for it. */
  const secrets: Record<string, string> = {};
  /** Everything that the inspector and the journal hand out. */
  let served: string;

  before(async () => {
    const { merchant } = shop;
    const { url } = merchant.sandbox;

    const token = await merchant.token('visa-approved');
    secrets['Google Pay token'] = token.slice(0, 60);
    await merchant.procard('', { ...purchase('CANARY-1', merchant.callbackUrl), gpToken: token }, PURCHASE);

    const second = await begin(merchant, 'mastercard3ds2');
    const cres = await cresFor(merchant, second);
    await complete(merchant, second.transaction_key, { d3ds_cres: cres });
    Object.assign(secrets, { creq: second.creq, cres, transaction_key: second.transaction_key });

    const first = await begin(merchant, 'visa3ds1');
    const { hidden } = await answerBank(merchant, await visit(first), RIGHT_CODE);
    const PaRes = hidden['PaRes'] ?? assert.fail();
    await complete(merchant, first.transaction_key, { d3ds_md: first.MD, d3ds_pares: PaRes });
    Object.assign(secrets, { PaReq: first.PaReq, MD: first.MD, PaRes: PaRes.slice(0, 60) });

    const page = await merchant.procard('', hostedPurchase('CANARY-2', merchant.callbackUrl), PURCHASE);
    const number = '5200 0000 0000 2003';
    await browse(String(page['url']), { number, expiry: '12/30', cvv: '731', action: 'pay' });
    Object.assign(secrets, {
      'card on ProcardPay’s page': number,
      'the same without blanks': '5200000000002003',
    });

    secrets['password'] = LOGIN.password;
    secrets['access token'] = await shop.logIn();
    const payment = await shop.payment();
    await payment.giveCard(UZCARD);
    await payment.giveCode(RIGHT_CODE);
    Object.assign(secrets, { Uzcard: '8600000000000007', 'SMS and bank code': RIGHT_CODE });
    await (await shop.payment()).goToBank(RIGHT_CODE);
    secrets['Visa'] = VISA;

    const journal = (await merchant.control('journal')) as JournalEntry[];
    const live = await eventsUntil(url, (events) => events.length === 1);
    const exports = journal.flatMap(({ id }) => [`${id}.json`, `${id}.svg`]);
    const pictures = await Promise.all(
      exports.map(async (name) => (await fetch(`${url}/inspector/payments/${name}`)).text()),
    );
    served = [JSON.stringify(journal), JSON.stringify(live), ...pictures].join('\n');
  });

  const names = [
    ...[
      'Google Pay token',
      'creq',
      'cres',
      'transaction_key',
      'PaReq',
      'MD',
      'PaRes',
      'password',
      'access token',
    ],
    ...['card on ProcardPay’s page', 'the same without blanks', 'Uzcard', 'Visa', 'SMS and bank code'],
  ];
  for (const name of names) {
    it(`is shown: ${name}`, () => {
      const secret = secrets[name] ?? assert.fail('the payments above have no such secret');
      assert.ok(secret.length >= 6);
      assert.ok(!served.includes(secret) && !served.includes(JSON.stringify(secret).slice(1, -1)));
    });
  }

  it('is left out with the message that carried it', () => {
    for (const operation of [
      'GooglePayPurchase',
      'Complete3DS',
      'CReq',
      'PaReq',
      'auth',
      'card',
      'SMS code',
    ]) {
      assert.ok(served.includes(`"operation":"${operation}"`), operation);
    }
  });
});

function purchase(order_id: string, callback_url: string) {
  return {
    operation: 'GooglePayPurchase',
    merchant_id: CREDENTIALS.procardMerchantId,
    amount: '10.00',
    order_id,
    currency_iso: 'UAH',
    description: 'Cup',
    callback_url,
    gpApiVersionMinor: '0',
    gpApiVersion: '2',
    gpPMDescription: 'x',
    gpPMType: 'CARD',
    gpPMICardNetwork: 'VISA',
    gpPMICardDetails: '1000',
    gpTokenType: 'PAYMENT_GATEWAY',
  };
}

function hostedPurchase(order_id: string, callback_url: string) {
  const back = 'https://shop.example/';
  return {
    operation: 'Purchase',
    merchant_id: CREDENTIALS.procardMerchantId,
    order_id,
    amount: '49.90',
    currency_iso: 'UAH',
    description: 'Cup',
    callback_url,
    approve_url: back,
    decline_url: back,
    cancel_url: back,
    redirect: '0',
    language: 'en',
  };
}
