import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { JournalEntry } from '../../../../demo/sandbox/journal.js';
import { CARDS } from '../../../../demo/sandbox/scenarios.js';
import { CREDENTIALS } from '../../../../demo/sandbox/settings.js';
import { browse, PURCHASE, startMerchant, type Merchant } from '../merchant.js';
import { answerBank, begin, changed, decode, RETURN, visit } from './begin.js';

let merchant: Merchant;
before(async () => {
  merchant = await startMerchant();
});
after(() => merchant.close());
beforeEach(async () => {
  await merchant.control('reset', { method: 'POST' });
});

async function journal(): Promise<JournalEntry[]> {
  return (await merchant.control('journal')) as JournalEntry[];
}

/** What the bank heard and said, without times and numbers. */
async function conversation() {
  const entries = (await journal()).filter(({ from, to }) => from === 'bank' || to === 'bank');
  return entries.map(({ from, to, operation, sent, status, answer, checks }) => {
    return { from, to, operation, sent, status, answer, checks };
  });
}

function passed(...names: string[]) {
  return names.map((what) => ({ what, passed: true }));
}

describe('the journal of the bank', () => {
  it('tells a challenge of 3-D Secure 2 from the CReq to the CRes', async () => {
    const begun = await begin(merchant, 'noReferrer');
    const page = await visit(begun, { threeDSSessionData: 'secret-session' });
    const { hidden } = await answerBank(merchant, page, '123456');
    assert.deepEqual(await conversation(), [
      {
        from: 'page',
        to: 'bank',
        operation: 'CReq',
        sent: {
          creq: `[${begun.creq.length} characters]`,
          threeDSSessionData: '[14 characters]',
          decoded: { messageType: 'CReq', messageVersion: '2.1.0', challengeWindowSize: '02' },
        },
        status: 200,
        answer: { shows: 'a page that asks the shopper', challengeWindowSize: '02' },
        checks: passed(
          'creq is base64url of JSON, and names a challenge',
          'its ids and version are those of the challenge',
        ),
      },
      {
        from: 'page',
        to: 'bank',
        operation: 'decision',
        sent: { decision: 'confirm' },
        status: 200,
        answer: { shows: 'a form that posts itself to the shop' },
        checks: passed('code of the text message'),
      },
      {
        from: 'bank',
        to: 'server',
        operation: 'CRes',
        sent: {
          cres: `[${hidden['cres']?.length} characters]`,
          threeDSSessionData: '[14 characters]',
          decoded: { messageType: 'CRes', messageVersion: '2.1.0', transStatus: 'Y' },
        },
        status: null,
        answer: null,
        checks: undefined,
      },
    ]);
  });

  it('tells a challenge of 3-D Secure 1 from the PaReq to the PaRes', async () => {
    const begun = await begin(merchant, 'visa3ds1');
    const { hidden } = await answerBank(merchant, await visit(begun), '000000');
    const [first, second, third] = await conversation();
    assert.deepEqual(first?.sent, {
      PaReq: `[${begun.PaReq.length} characters]`,
      MD: `[${begun.MD.length} characters]`,
      TermUrl: RETURN,
    });
    assert.deepEqual(
      first.checks,
      passed('MD is that of a challenge', 'PaReq belongs to it', 'TermUrl is a web address'),
    );
    assert.deepEqual(second?.checks, [{ what: 'code of the text message', passed: false }]);
    assert.equal(third?.operation, 'PaRes');
    assert.deepEqual(third.sent, {
      PaRes: `[${hidden['PaRes']?.length} characters]`,
      MD: `[${begun.MD.length} characters]`,
    });
  });

  it('holds no message of the bank, no session data and no code', async () => {
    for (const card of ['mastercard3ds2', 'visa3ds1'] as const) {
      const begun = await begin(merchant, card);
      const page = await visit(begun, { threeDSSessionData: 'secret-session' });
      const { hidden } = await answerBank(merchant, page, '123456');
      const text = JSON.stringify(await journal());
      const { creq, PaReq, MD } = begun;
      for (const secret of [creq, PaReq, MD, hidden['cres'], hidden['PaRes'], 'secret-session', '123456']) {
        if (secret) assert.equal(text.includes(JSON.stringify(secret).slice(1, -1)), false, secret);
      }
    }
  });

  it('joins the challenge to its purchase by a name', async () => {
    const begun = await begin(merchant, 'mastercard3ds2');
    await answerBank(merchant, await visit(begun), '123456');
    const name = `acs:${String(decode(begun.creq)['acsTransID'])}`;
    const entries = await journal();
    assert.equal(entries.length, 4);
    for (const { about } of entries) assert.ok(about.includes(name));
    assert.ok(entries[0]?.about.includes(`procard:${begun.order}`));
  });

  it('says what was wrong with a CReq, and that an Erro message went back', async () => {
    const begun = await begin(merchant, 'mastercard3ds2');
    await visit(begun, { creq: changed(begun, { messageVersion: '2.2.0' }) });
    await visit(begun, { creq: 'nonsense' });
    const [refused, erro, unreadable] = await conversation();
    assert.deepEqual(refused?.checks, [
      ...passed('creq is base64url of JSON, and names a challenge'),
      { what: 'no error 102: messageVersion', passed: false },
    ]);
    assert.equal(erro?.operation, 'Erro');
    assert.equal(unreadable?.status, 400);
    assert.deepEqual(unreadable.checks, [
      { what: 'creq is base64url of JSON, and names a challenge', passed: false },
    ]);
  });

  it('tells what was decided in the app, and what was sent twice', async () => {
    const begun = await begin(merchant, 'bankApp');
    await visit(begun);
    const id = String(decode(begun.creq)['acsTransID']);
    await browse(`${merchant.sandbox.url}/acs/${id}/app`, { decision: 'confirm' });
    await answerBank(merchant, await visit(await begin(merchant, 'postsTwice')), '123456');
    assert.deepEqual(
      (await conversation()).map(({ operation }) => operation),
      ['CReq', 'decision in the app', 'CReq', 'decision', 'CRes', 'CRes'],
    );
  });

  it('names the provider where the challenge is one of its own card page', async () => {
    const toBank = await browse(await openCardPage(), { number: CARDS.mastercard3ds2.pan, action: 'pay' });
    await answerBank(merchant, await browse(toBank.action, toBank.hidden), '123456');
    assert.equal((await conversation()).at(-1)?.to, 'provider');
  });
});

/** ProcardPay's own page, and its address. */
async function openCardPage(): Promise<string> {
  const fields = {
    operation: 'Purchase',
    merchant_id: CREDENTIALS.procardMerchantId,
    order_id: 'PAGE',
    amount: '49.90',
    currency_iso: 'UAH',
    description: 'Cup',
    callback_url: merchant.callbackUrl,
    approve_url: 'https://shop.example/approved',
    decline_url: 'https://shop.example/declined',
    cancel_url: 'https://shop.example/cancelled',
    redirect: '0',
  };
  return String((await merchant.procard('', fields, PURCHASE))['url']);
}
