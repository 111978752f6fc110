import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { assertPart, browse } from '../merchant.js';
import { Buyer } from './buyer.js';

const FIRST = "the first word of the bank's about this payment";
const GENUINE = "the bank's own word, and a yes";

let buyer: Buyer;

before(async () => {
  buyer = await Buyer.start();
});
after(() => buyer.merchant.close());
beforeEach(() => buyer.nextOrder());

describe('Complete3DS', () => {
  it('answers in the snake case of the older edition', async () => {
    const { key, cres } = await buyer.challenge();
    const { transaction_id, ...answer } = await buyer.complete(key, { d3ds_cres: cres });
    assert.deepEqual(answer, {
      status: 'APPROVED',
      code: 1,
      order_id: buyer.order,
      amount: '1250.50',
      fee: '0.00',
      currency: 'UAH',
      card_pan: '520000******2003',
    });
    assert(Number.isInteger(transaction_id));
    await buyer.callback();
  });

  for (const field of ['d3ds_cres', 'd3ds_pares']) {
    it(`takes the cres from ${field}, and the journal names it`, async () => {
      const { key, cres } = await buyer.challenge();
      assertPart(await buyer.complete(key, { [field]: cres }), { status: 'APPROVED' });
      const checks = await buyer.lastChecks();
      assert.deepEqual(
        [checks.get(`cres in ${field}`), checks.get(FIRST), checks.get(GENUINE)],
        [true, true, true],
      );
      await buyer.callback();
    });
  }

  const false_: [what: string, spoil: (cres: string) => string][] = [
    ['is missing', () => ''],
    ['is not the bank’s', (cres) => cres.replace(/^./, 'A')],
    ['is cut', (cres) => cres.slice(0, -4)],
  ];
  for (const [what, spoil] of false_) {
    it(`declines with answer code 210 where the cres ${what}`, async () => {
      const { key, cres } = await buyer.challenge();
      const answer = await buyer.complete(key, { d3ds_cres: spoil(cres) });
      assertPart(answer, { status: 'DECLINED', code: 210 });
      assert.equal((await buyer.lastChecks()).get(GENUINE), false);
      assertPart(await buyer.callback(), { reasonCode: 210, reason: 'Неверное значение CAVV' });
      assert.deepEqual(await buyer.captures(), []);
    });
  }

  it('declines with 210 before the shopper was at the bank', async () => {
    const { transaction_key } = await buyer.purchase('mastercard-3ds2');
    assertPart(await buyer.complete(transaction_key, { d3ds_cres: 'e30' }), {
      status: 'DECLINED',
      code: 210,
    });
    await buyer.callback();
  });

  it('takes PaRes and MD in version 1, and looks for no cres', async () => {
    const answer = await buyer.purchase('visa-3ds1');
    const PaReq = String(answer['d3Pareq']);
    const MD = String(answer['d3Md']);
    const page = await browse(String(answer['d3AcsUrl']), { PaReq, MD, TermUrl: 'https://shop.example/3ds' });
    const url = new URL(page.action, buyer.merchant.sandbox.url).href;
    const back = await browse(url, { ...page.hidden, code: '123456', decision: 'confirm' });
    const d3ds_pares = back.hidden['PaRes']?.replaceAll('\r\n', '') ?? assert.fail();
    const result = await buyer.complete(answer['transaction_key'], { d3ds_md: MD, d3ds_pares });
    assertPart(result, { status: 'APPROVED' });
    assert.deepEqual(
      [...(await buyer.lastChecks()).keys()].filter((what) => what.startsWith('cres')),
      [],
    );
    await buyer.callback();
  });

  it('takes effect once: a second call gets the first answer, whatever it brings', async () => {
    const { key, cres } = await buyer.challenge();
    const first = await buyer.complete(key, { d3ds_cres: 'e30' });
    assert.deepEqual(await buyer.complete(key, { d3ds_cres: cres }), first);
    assert.equal((await buyer.lastChecks()).get(FIRST), false);
    assert.deepEqual(await buyer.captures(), []);
    await buyer.callback();
    buyer.nextOrder();
    await buyer.purchase('visa-approved');
    assert.equal((await buyer.callback())['orderReference'], buyer.order, 'no second callback came before');
  });
});
