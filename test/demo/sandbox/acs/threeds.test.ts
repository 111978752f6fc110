import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CREDENTIALS } from '../../../../demo/sandbox/settings.js';
import { assertPart, ORDER, startMerchant, type Answer, type Merchant } from '../merchant.js';
import { answerBank, begin, changed, complete, cresFor, decode, RETURN, visit } from './begin.js';

const merchant_id = CREDENTIALS.procardMerchantId;

let now = Date.parse('2026-11-22T12:00:00Z');
let merchant: Merchant;
before(async () => {
  merchant = await startMerchant({ now: () => now });
});
after(() => merchant.close());

async function status(order_id: string): Promise<Answer> {
  return merchant.procard('check', { merchant_id, order_id }, ORDER);
}

async function captures(order: string): Promise<number> {
  const ledger = (await merchant.control('ledger')) as { captures: { reference: string }[] };
  return ledger.captures.filter(({ reference }) => reference === order).length;
}

describe('3-D Secure 2', () => {
  it('asks for a challenge in the documented shape', async () => {
    const { order, answer, creq } = await begin(merchant, 'mastercard3ds2');
    assertPart(answer, { code: 2002, status: '3ds', d3Md: '', d3Pareq: '' });
    assert.match(String(answer['transaction_key']), /^[0-9a-f]{77}$/);
    assertPart(decode(creq), {
      messageType: 'CReq',
      messageVersion: '2.1.0',
      challengeWindowSize: '03',
    });
    assert.equal((await status(order))['transactionStatus'], 'WAITING-AUTH');
    assert.equal(await captures(order), 0);
  });

  it('ends in a CRes with the ids of the CReq, and in an approval', async () => {
    const begun = await begin(merchant, 'mastercard3ds2');
    const cres = await cresFor(merchant, begun);
    const { threeDSServerTransID, acsTransID } = decode(begun.creq);
    assert.deepEqual(decode(cres), {
      threeDSServerTransID,
      acsTransID,
      challengeCompletionInd: 'Y',
      messageType: 'CRes',
      messageVersion: '2.1.0',
      transStatus: 'Y',
    });
    assert.equal(await captures(begun.order), 0);
    assertPart(await complete(merchant, begun.transaction_key, { d3ds_cres: cres }), {
      status: 'APPROVED',
      code: 1,
      order_id: begun.order,
      amount: '99.00',
      currency: 'UAH',
      card_pan: '520000******2003',
    });
    assert.equal(await captures(begun.order), 1);
    assert.equal((await merchant.nextCallback()).body['transactionStatus'], 'Approved');
  });

  it('takes the CRes from d3ds_pares too', async () => {
    const begun = await begin(merchant, 'mastercard3ds2');
    const d3ds_pares = await cresFor(merchant, begun);
    assert.equal((await complete(merchant, begun.transaction_key, { d3ds_pares }))['status'], 'APPROVED');
    await merchant.nextCallback();
  });

  for (const [what, code, decision] of [
    ['a wrong code', '000000', 'confirm'],
    ['the bank’s Cancel button', '123456', 'cancel'],
  ] as const) {
    it(`declines after ${what} with the code for a failed authentication`, async () => {
      const begun = await begin(merchant, 'mastercard3ds2');
      const d3ds_cres = await cresFor(merchant, begun, code, decision);
      assert.equal(decode(d3ds_cres)['transStatus'], 'N');
      const answer = await complete(merchant, begun.transaction_key, { d3ds_cres });
      assertPart(answer, { status: 'DECLINED', code: 210 });
      assert.equal(await captures(begun.order), 0);
      await merchant.nextCallback();
    });
  }

  it('declines a CRes that the bank did not write', async () => {
    const begun = await begin(merchant, 'mastercard3ds2');
    const d3ds_cres = changed(begun, { messageType: 'CRes', transStatus: 'Y' });
    const answer = await complete(merchant, begun.transaction_key, { d3ds_cres });
    assertPart(answer, { status: 'DECLINED', code: 210 });
    await merchant.nextCallback();
  });

  it('declines the CRes of another payment', async () => {
    const d3ds_cres = await cresFor(merchant, await begin(merchant, 'mastercard3ds2'));
    const begun = await begin(merchant, 'mastercard3ds2');
    const answer = await complete(merchant, begun.transaction_key, { d3ds_cres });
    assert.equal(answer['status'], 'DECLINED');
    await merchant.nextCallback();
  });

  it('answers a second Complete3DS with the first result, captures once and calls back once', async () => {
    const begun = await begin(merchant, 'mastercard3ds2');
    const cres = await cresFor(merchant, begun);
    const first = await complete(merchant, begun.transaction_key, { d3ds_cres: cres });
    assert.deepEqual(await complete(merchant, begun.transaction_key, { d3ds_cres: 'nonsense' }), first);
    assert.equal((await merchant.nextCallback()).body['orderReference'], begun.order);
    const next = await begin(merchant, 'mastercard3ds2');
    await complete(merchant, next.transaction_key, { d3ds_cres: await cresFor(merchant, next) });
    assert.equal((await merchant.nextCallback()).body['orderReference'], next.order);
    assert.equal(await captures(begun.order), 1);
  });

  it('expires after 15 minutes, and a later result changes nothing', async () => {
    const begun = await begin(merchant, 'mastercard3ds2');
    const d3ds_cres = await cresFor(merchant, begun);
    now += 15 * 60_000;
    assert.equal((await status(begun.order))['transactionStatus'], 'WAITING-AUTH');
    now += 1;
    assert.equal((await status(begun.order))['transactionStatus'], 'EXPIRED');
    assert.equal((await complete(merchant, begun.transaction_key, { d3ds_cres }))['status'], 'EXPIRED');
    assert.equal(await captures(begun.order), 0);
  });

  it('does not verify a signature that leaves a field of the formula out', async () => {
    const { transaction_key } = await begin(merchant, 'mastercard3ds2');
    const fields = { operation: 'Complete3DS', merchant_id, transaction_key };
    assert.equal((await merchant.procard('', fields, ['merchant_id', 'transaction_key']))['code'], -4);
  });
});

describe('3-D Secure 1', () => {
  it('passes: PaRes and MD go to TermUrl, and Complete3DS approves', async () => {
    const begun = await begin(merchant, 'visa3ds1');
    assertPart(begun.answer, { code: 2001, status: '3ds', d3Creq: '' });
    const last = await answerBank(merchant, await visit(begun), '123456');
    assert.equal(last.action, RETURN);
    assert.equal(last.hidden['MD'], begun.MD);
    const d3ds_pares = last.hidden['PaRes']?.replaceAll('\r\n', '') ?? assert.fail();
    assert.match(d3ds_pares, /^[A-Za-z0-9+/]+=*$/);
    const result = await complete(merchant, begun.transaction_key, { d3ds_md: begun.MD, d3ds_pares });
    assert.equal(result['status'], 'APPROVED');
    assert.equal(await captures(begun.order), 1);
    await merchant.nextCallback();
  });

  it('declines a PaRes with the MD of somebody else, and one that the bank did not write', async () => {
    const first = await begin(merchant, 'visa3ds1');
    const last = await answerBank(merchant, await visit(first), '123456');
    const d3ds_pares = last.hidden['PaRes']?.replaceAll('\r\n', '') ?? assert.fail();
    const wrongMd = await complete(merchant, first.transaction_key, { d3ds_md: 'MD-1', d3ds_pares });
    assert.equal(wrongMd['status'], 'DECLINED');
    await merchant.nextCallback();

    const second = await begin(merchant, 'visa3ds1');
    const foreign = await complete(merchant, second.transaction_key, { d3ds_md: second.MD, d3ds_pares });
    assert.equal(foreign['status'], 'DECLINED');
    await merchant.nextCallback();
  });

  it('declines after a wrong code', async () => {
    const begun = await begin(merchant, 'visa3ds1');
    const last = await answerBank(merchant, await visit(begun), '000000');
    const d3ds_pares = last.hidden['PaRes']?.replaceAll('\r\n', '') ?? assert.fail();
    const result = await complete(merchant, begun.transaction_key, { d3ds_md: begun.MD, d3ds_pares });
    assertPart(result, { status: 'DECLINED', code: 210 });
    await merchant.nextCallback();
  });
});
