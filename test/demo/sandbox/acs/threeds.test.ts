import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { CREDENTIALS } from '../../../../demo/sandbox/settings.js';
import {
  assertPart,
  browse,
  COMPLETE,
  ORDER,
  PURCHASE,
  startMerchant,
  type Answer,
  type Fields,
  type Merchant,
  type Page,
} from '../merchant.js';

const RETURN = 'https://shop.example/pay/3ds/t/return';
const merchant_id = CREDENTIALS.procardMerchantId;

let now = Date.parse('2026-11-22T12:00:00Z');
let merchant: Merchant;
let order: string;
let orders = 0;

before(async () => {
  merchant = await startMerchant({ now: () => now });
});
after(() => merchant.close());
beforeEach(() => {
  order = `3DS-${++orders}`;
});

interface Challenge {
  acsUrl: string;
  creq: string;
  PaReq: string;
  MD: string;
  transaction_key: string;
}

async function challenge(cardId: 'mastercard-3ds2' | 'visa-3ds1'): Promise<Challenge & { answer: Answer }> {
  const answer = await merchant.procard(
    '',
    {
      operation: 'GooglePayPurchase',
      merchant_id,
      amount: '99.00',
      order_id: order,
      currency_iso: 'UAH',
      description: 'Cup <1>',
      callback_url: merchant.callbackUrl,
      gpApiVersionMinor: '0',
      gpApiVersion: '2',
      gpPMDescription: 'x',
      gpPMType: 'CARD',
      gpPMICardNetwork: 'VISA',
      gpPMICardDetails: '',
      gpTokenType: 'PAYMENT_GATEWAY',
      gpToken: await merchant.token(cardId),
      'add_params[AReqDetails.notificationUrl]': RETURN,
    },
    PURCHASE,
  );
  const text = (name: string) => String(answer[name]);
  return {
    answer,
    acsUrl: text('d3AcsUrl'),
    creq: text('d3Creq'),
    PaReq: text('d3Pareq'),
    MD: text('d3Md'),
    transaction_key: text('transaction_key'),
  };
}

/** Takes the bank's page and sends it with a code, or with Cancel. */
async function answerBank(page: Page, code: string, decision = 'confirm'): Promise<Page> {
  return browse(`${merchant.sandbox.url}${page.action}`, { ...page.hidden, code, decision });
}

async function passVersion2({ acsUrl, creq }: Challenge, code = '123456', decision = 'confirm') {
  const last = await answerBank(await browse(acsUrl, { creq }), code, decision);
  assert.equal(last.action, RETURN);
  return last.hidden['cres'] ?? assert.fail();
}

function complete(transaction_key: string, result: Fields): Promise<Answer> {
  const fields = {
    operation: 'Complete3DS',
    merchant_id,
    transaction_key,
    d3ds_md: '',
    d3ds_pares: '',
    ...result,
  };
  return merchant.procard('', fields, COMPLETE);
}

async function status(): Promise<Answer> {
  return merchant.procard('check', { merchant_id, order_id: order }, ORDER);
}

async function captured(): Promise<boolean> {
  const { captures } = (await merchant.control('ledger')) as { captures: { reference: string }[] };
  return captures.some((entry) => entry.reference === order);
}

function decode(message: string): Answer {
  assert.match(message, /^[A-Za-z0-9_-]+$/);
  return JSON.parse(Buffer.from(message, 'base64url').toString()) as Answer;
}

describe('3-D Secure 2', () => {
  it('asks for a challenge in the documented shape', async () => {
    const { answer, creq } = await challenge('mastercard-3ds2');
    assertPart(answer, { code: 2002, status: '3ds', d3Md: '', d3Pareq: '' });
    assert.match(String(answer['transaction_key']), /^[0-9a-f]{77}$/);
    assertPart(decode(creq), {
      messageType: 'CReq',
      messageVersion: '2.1.0',
      challengeWindowSize: '03',
    });
    assert.equal((await status())['transactionStatus'], 'WAITING-AUTH');
    assert.equal(await captured(), false);
  });

  it('ends in a CRes with the ids of the CReq, and in an approval', async () => {
    const begun = await challenge('mastercard-3ds2');
    const cres = await passVersion2(begun);
    const { threeDSServerTransID, acsTransID } = decode(begun.creq);
    assert.deepEqual(decode(cres), {
      threeDSServerTransID,
      acsTransID,
      challengeCompletionInd: 'Y',
      messageType: 'CRes',
      messageVersion: '2.1.0',
      transStatus: 'Y',
    });
    assert.equal(await captured(), false);
    assertPart(await complete(begun.transaction_key, { d3ds_cres: cres }), {
      status: 'APPROVED',
      code: 1,
      order_id: order,
      amount: '99.00',
      currency: 'UAH',
      card_pan: '520000******2003',
    });
    assert.equal(await captured(), true);
    assert.equal((await merchant.nextCallback()).body['transactionStatus'], 'Approved');
  });

  it('takes the CRes from d3ds_pares too', async () => {
    const begun = await challenge('mastercard-3ds2');
    const answer = await complete(begun.transaction_key, { d3ds_pares: await passVersion2(begun) });
    assert.equal(answer['status'], 'APPROVED');
    await merchant.nextCallback();
  });

  for (const [what, code, decision] of [
    ['a wrong code', '000000', 'confirm'],
    ['the bank’s Cancel button', '123456', 'cancel'],
  ] as const) {
    it(`declines after ${what} with the code for a failed authentication`, async () => {
      const begun = await challenge('mastercard-3ds2');
      const cres = await passVersion2(begun, code, decision);
      assert.equal(decode(cres)['transStatus'], 'N');
      const answer = await complete(begun.transaction_key, { d3ds_cres: cres });
      assertPart(answer, { status: 'DECLINED', code: 210 });
      assert.equal(await captured(), false);
      await merchant.nextCallback();
    });
  }

  it('declines a CRes that the bank did not write', async () => {
    const begun = await challenge('mastercard-3ds2');
    const forged = { ...decode(begun.creq), messageType: 'CRes', transStatus: 'Y' };
    const d3ds_cres = Buffer.from(JSON.stringify(forged)).toString('base64url');
    assertPart(await complete(begun.transaction_key, { d3ds_cres }), {
      status: 'DECLINED',
      code: 210,
    });
    await merchant.nextCallback();
  });

  it('declines the CRes of another payment', async () => {
    const other = await challenge('mastercard-3ds2');
    const cres = await passVersion2(other);
    order += '-b';
    const begun = await challenge('mastercard-3ds2');
    assert.equal((await complete(begun.transaction_key, { d3ds_cres: cres }))['status'], 'DECLINED');
    await merchant.nextCallback();
  });

  it('answers a second Complete3DS with the first result, captures once and calls back once', async () => {
    const begun = await challenge('mastercard-3ds2');
    const cres = await passVersion2(begun);
    const first = await complete(begun.transaction_key, { d3ds_cres: cres });
    assert.deepEqual(await complete(begun.transaction_key, { d3ds_cres: 'nonsense' }), first);
    assert.equal((await merchant.nextCallback()).body['orderReference'], order);
    order += '-b';
    const next = await challenge('mastercard-3ds2');
    await complete(next.transaction_key, { d3ds_cres: await passVersion2(next) });
    assert.equal((await merchant.nextCallback()).body['orderReference'], order);
    const { captures } = (await merchant.control('ledger')) as { captures: { reference: string }[] };
    assert.equal(captures.filter(({ reference }) => `${reference}-b` === order).length, 1);
  });

  it('keeps the first decision when the bank’s page is sent again', async () => {
    const begun = await challenge('mastercard-3ds2');
    const page = await browse(begun.acsUrl, { creq: begun.creq });
    await answerBank(page, '000000');
    const again = await answerBank(await browse(begun.acsUrl, { creq: begun.creq }), '123456');
    assert.equal(decode(again.hidden['cres'] ?? '')['transStatus'], 'N');
  });

  it('expires after 15 minutes, and a later result changes nothing', async () => {
    const begun = await challenge('mastercard-3ds2');
    const cres = await passVersion2(begun);
    now += 15 * 60_000;
    assert.equal((await status())['transactionStatus'], 'WAITING-AUTH');
    now += 1;
    assert.equal((await status())['transactionStatus'], 'EXPIRED');
    assert.equal((await complete(begun.transaction_key, { d3ds_cres: cres }))['status'], 'EXPIRED');
    assert.equal(await captured(), false);
  });

  it('does not verify a signature that leaves a field of the formula out', async () => {
    const begun = await challenge('mastercard-3ds2');
    const fields = { operation: 'Complete3DS', merchant_id, transaction_key: begun.transaction_key };
    assert.equal((await merchant.procard('', fields, ['merchant_id', 'transaction_key']))['code'], -4);
  });
});

describe("the bank's page", () => {
  it('shows the payment with its values escaped, and a labelled field for the code', async () => {
    const { acsUrl, creq } = await challenge('mastercard-3ds2');
    const { html } = await browse(acsUrl, { creq });
    assert.match(html, /Cup &lt;1&gt;/);
    assert.match(html, /<html lang="en">/);
    assert.match(html, /<label for="code">/);
    assert.match(html, /autocomplete="one-time-code"/);
  });

  it('may be framed by any site', async () => {
    const { acsUrl, creq } = await challenge('mastercard-3ds2');
    const { headers } = await fetch(acsUrl, { method: 'POST', body: new URLSearchParams({ creq }) });
    assert.equal(headers.get('X-Frame-Options'), null);
    assert.equal(headers.get('Content-Security-Policy'), null);
  });

  it('gives the session data back unchanged', async () => {
    const { acsUrl, creq } = await challenge('mastercard-3ds2');
    const page = await browse(acsUrl, { creq, threeDSSessionData: 'a"b&c' });
    assert.equal((await answerBank(page, '123456')).hidden['threeDSSessionData'], 'a"b&c');
  });

  it('forgives padding', async () => {
    const { acsUrl, creq } = await challenge('mastercard-3ds2');
    assert.equal((await browse(acsUrl, { creq: `${creq}==` })).status, 200);
  });

  it('refuses what it cannot read or does not know', async () => {
    const { acsUrl, creq } = await challenge('mastercard-3ds2');
    const encode = (changes: object) =>
      Buffer.from(JSON.stringify({ ...decode(creq), ...changes })).toString('base64url');
    for (const wrong of [
      '',
      '{}',
      `${creq}+`,
      encode({ messageType: 'CRes' }),
      encode({ acsTransID: '27379a5f-0ee2-4371-a006-51197e35a227' }),
      encode({ challengeWindowSize: '6' }),
    ]) {
      assert.equal((await browse(acsUrl, { creq: wrong })).status, 400);
    }
  });

  it('answers a CReq that contradicts the stored one with an Erro message', async () => {
    const { acsUrl, creq } = await challenge('mastercard-3ds2');
    const changed = { ...decode(creq), messageVersion: '2.2.0' };
    const wrong = Buffer.from(JSON.stringify(changed)).toString('base64url');
    const { action, hidden } = await browse(acsUrl, { creq: wrong });
    assert.equal(action, RETURN);
    assertPart(decode(hidden['cres'] ?? ''), { messageType: 'Erro', errorCode: '305' });
  });
});

describe('3-D Secure 1', () => {
  const TermUrl = RETURN;

  it('passes: PaRes and MD go to TermUrl, and Complete3DS approves', async () => {
    const { answer, acsUrl, PaReq, MD, transaction_key } = await challenge('visa-3ds1');
    assertPart(answer, { code: 2001, status: '3ds', d3Creq: '' });
    const last = await answerBank(await browse(acsUrl, { PaReq, MD, TermUrl }), '123456');
    assert.equal(last.action, RETURN);
    assert.equal(last.hidden['MD'], MD);
    const PaRes = last.hidden['PaRes']?.replaceAll('\r\n', '') ?? assert.fail();
    assert.match(PaRes, /^[A-Za-z0-9+/]+=*$/);
    const result = await complete(transaction_key, { d3ds_md: MD, d3ds_pares: PaRes });
    assert.equal(result['status'], 'APPROVED');
    assert.equal(await captured(), true);
    await merchant.nextCallback();
  });

  it('declines a PaRes with the MD of somebody else, and one that the bank did not write', async () => {
    const first = await challenge('visa-3ds1');
    const last = await answerBank(
      await browse(first.acsUrl, { PaReq: first.PaReq, MD: first.MD, TermUrl }),
      '123456',
    );
    const d3ds_pares = last.hidden['PaRes']?.replaceAll('\r\n', '') ?? assert.fail();
    const wrongMd = await complete(first.transaction_key, { d3ds_md: 'MD-1', d3ds_pares });
    assert.equal(wrongMd['status'], 'DECLINED');
    await merchant.nextCallback();

    order += '-b';
    const second = await challenge('visa-3ds1');
    const foreign = await complete(second.transaction_key, { d3ds_md: second.MD, d3ds_pares });
    assert.equal(foreign['status'], 'DECLINED');
    await merchant.nextCallback();
  });

  it('refuses a changed PaReq and a TermUrl that is no web address', async () => {
    const { acsUrl, PaReq, MD } = await challenge('visa-3ds1');
    assert.equal((await browse(acsUrl, { PaReq: `${PaReq}A`, MD, TermUrl })).status, 400);
    assert.equal((await browse(acsUrl, { PaReq, MD, TermUrl: 'javascript:alert(1)' })).status, 400);
  });
});
