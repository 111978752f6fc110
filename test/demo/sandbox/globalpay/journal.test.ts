import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertPart, browse } from '../merchant.js';
import { createBody, LOGIN, openShop, SUCCESS, UZCARD, VISA, type Entry, type Shop } from './shop.js';

let shop: Shop;
before(async () => {
  shop = await openShop();
});
after(() => shop.close());

async function journalOf(id: string): Promise<Entry[]> {
  return (await shop.journal()).filter(({ about }) => about.includes(`globalpay:${id}`));
}

describe('the journal', () => {
  it('tells a payment from its creation to the way back to the shop', async () => {
    const payment = await shop.payment();
    await browse(payment.url);
    await payment.giveCard(UZCARD);
    await payment.giveCode('1');
    await payment.giveCode('123456');
    await shop.merchant.nextCallback();
    await payment.status();
    const told = (await journalOf(payment.id)).map(({ from, to, operation, status }) =>
      [from, to, operation, status].join(' '),
    );
    assert.deepEqual(
      told.filter((line) => !line.includes('callback')),
      [
        'server provider create 200',
        'page provider payment page 200',
        'page provider card 303',
        'page provider SMS code 422',
        'page provider SMS code 303',
        'provider page return to the shop ',
        'server provider status 200',
      ],
    );
    assert.deepEqual(
      told.filter((line) => line.includes('callback')),
      ['provider server callback 200'],
    );
  });

  it('names the page and the bank’s challenge, so that their messages belong to the payment', async () => {
    const payment = await shop.payment();
    await payment.goToBank('123456');
    await shop.merchant.nextCallback();
    const entries = await journalOf(payment.id);
    const last = entries.at(-1) ?? assert.fail();
    assert.ok(last.about.includes(`page:${payment.url}`));
    assert.ok(last.about.some((name) => name.startsWith('acs:')));
    assert.ok(entries.some(({ operation }) => operation === "the bank's answer"));
  });

  it('shows the first six and the last four digits of a card, and nothing of codes and messages', async () => {
    const payment = await shop.payment();
    await payment.giveCard('4111 1111 1111 1111');
    await payment.giveCard('4111', '01/99');
    await payment.giveCard(UZCARD);
    await payment.giveCode('987654');
    await payment.press('refuse');
    await shop.merchant.nextCallback();
    const other = await shop.payment();
    await other.goToBank('123456');
    await shop.merchant.nextCallback();
    const entries = [...(await journalOf(payment.id)), ...(await journalOf(other.id))];
    const cards = entries.filter(({ operation }) => operation === 'card').map(({ sent }) => sent['card']);
    assert.deepEqual(cards, ['411111******1111', '[4 characters]', '860000******0007', '400000******5001']);
    const text = JSON.stringify(entries);
    for (const secret of ['987654', '123456', UZCARD, UZCARD.replaceAll(' ', ''), VISA, '1111 1111', 'eyJ']) {
      assert.ok(!text.includes(secret), `${secret} is in the journal`);
    }
  });

  it('says where the browser was sent, and shows no way back where there is none', async () => {
    const payment = await shop.payment();
    await payment.giveCard(UZCARD);
    await payment.giveCode('123456');
    await shop.merchant.nextCallback();
    const back = (await journalOf(payment.id)).find(({ operation }) => operation === 'return to the shop');
    assertPart(back, { from: 'provider', to: 'page', sent: { address: SUCCESS } });

    const homeless = await shop.payment({ failRedirectUrl: undefined });
    await homeless.press('refuse');
    await shop.merchant.nextCallback();
    const operations = (await journalOf(homeless.id)).map(({ operation }) => operation);
    assert.ok(operations.includes('sandbox control'));
    assert.ok(!operations.includes('return to the shop'));
  });

  it('says of auth and refresh that they are auth, about nobody, without password and tokens', async () => {
    const { body } = await shop.call('/v1/merchant/auth', { body: LOGIN });
    await shop.call('/v1/merchant/auth/refresh', { body: { refresh_token: body['refresh_token'] } });
    const [login, refresh] = (await shop.journal()).slice(-2);
    for (const entry of [login, refresh]) assertPart(entry, { operation: 'auth', about: [], status: 200 });
    const text = JSON.stringify([login, refresh]);
    for (const secret of [LOGIN.password, body['access_token'], body['refresh_token']]) {
      assert.ok(!text.includes(String(secret)));
    }
  });

  it('says whether the Bearer token and the sum of the items were right', async () => {
    const token = await shop.logIn();
    const cable = { title: 'Cable', price: 50_000, count: 2 };
    const items = (count: number) => ({ token, body: createBody({ items: [{ ...cable, count }] }) });
    const create = '/v1/user-service-tokens';
    await shop.call(create, items(2));
    await shop.call(create, items(1));
    await shop.call(create, { token, body: createBody({ items: ['cable'] }) });
    await shop.call(create, { token, body: createBody() });
    await shop.call(create, { body: createBody() });
    const passed = (await shop.journal()).slice(-5).map(({ checks }) => checks?.map((check) => check.passed));
    assert.deepEqual(passed, [[true, true], [true, false], [true, false], [true], [false]]);
  });

  it('keeps calls that ask for nothing there is, and calls that were spoilt', async () => {
    await shop.call('/v1/nothing');
    const payment = await shop.payment();
    const token = await shop.logIn();
    await shop.order({ operation: 'status', fault: 'reject', code: 500 });
    await shop.call(`/v1/payment/servicetoken/${payment.id}`, { token });
    const entries = await shop.journal();
    const unknown = entries.find(({ operation }) => operation === 'unknown');
    assertPart(unknown?.sent, { method: 'GET' });
    assertPart(entries.at(-1), { operation: 'status', status: 500, fault: 'reject' });
    assert.ok(entries.at(-1)?.about.includes(`globalpay:${payment.id}`));
  });
});
