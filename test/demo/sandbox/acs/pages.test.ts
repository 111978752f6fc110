import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertPart, browse, startMerchant, type Merchant } from '../merchant.js';
import { answerBank, begin, changed, cresFor, decode, RETURN, visit, type Begun } from './begin.js';

let now = Date.parse('2026-11-22T12:00:00Z');
let merchant: Merchant;
before(async () => {
  merchant = await startMerchant({ now: () => now });
});
after(() => merchant.close());

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

function enter({ acsUrl, creq }: Begun, language = 'en'): Promise<Response> {
  const headers = { 'Accept-Language': language };
  return fetch(acsUrl, { method: 'POST', headers, body: new URLSearchParams({ creq }) });
}

describe("the bank's page", () => {
  it('shows the payment with its values escaped, and a labelled field for the code', async () => {
    const { html } = await visit(await begin(merchant, 'mastercard3ds2'));
    assert.match(html, /Cup &lt;1&gt;/);
    assert.match(html, /99\.00 UAH/);
    assert.match(html, /520000\*{6}2003/);
    assert.match(html, /10 minutes/);
    assert.match(html, /<html lang="en">/);
    assert.match(html, /<label for="code">/);
    assert.match(html, /autocomplete="one-time-code"/);
  });

  it('speaks Ukrainian to a Ukrainian browser', async () => {
    const html = await (await enter(await begin(merchant, 'impatientBank'), 'uk-UA,uk;q=0.9')).text();
    assert.match(html, /<html lang="uk">/);
    assert.match(html, /3 секунди/);
  });

  it('may be framed by any site, and runs nothing inline', async () => {
    const { headers } = await enter(await begin(merchant, 'mastercard3ds2'));
    assert.equal(headers.get('X-Frame-Options'), null);
    const policy = headers.get('Content-Security-Policy') ?? '';
    assert.match(policy, /^default-src 'none'; style-src 'self'; script-src 'self';/);
    assert.doesNotMatch(policy, /frame-ancestors|unsafe/);
  });

  it('is made for the window that the CReq names', async () => {
    const begun = await begin(merchant, 'mastercard3ds2');
    for (const challengeWindowSize of ['01', '02', '03', '04', '05']) {
      const { html } = await visit(begun, { creq: changed(begun, { challengeWindowSize }) });
      assert.match(html, new RegExp(`<main class="size-${challengeWindowSize}">`));
    }
  });

  it('is asked for in every window of the specification, by one card or another', async () => {
    const asked = ['slowBank', 'noReferrer', 'mastercard3ds2', 'postsTwice', 'topWindow'] as const;
    const sizes = await Promise.all(
      asked.map(async (card) => decode((await begin(merchant, card)).creq)['challengeWindowSize']),
    );
    assert.deepEqual(sizes, ['01', '02', '03', '04', '05']);
  });

  it('is made for the full page where the CReq names no window, as in 3-D Secure 1', async () => {
    const begun = await begin(merchant, 'mastercard3ds2');
    const creq = changed(begun, { challengeWindowSize: undefined });
    assert.match((await visit(begun, { creq })).html, /<main class="size-05">/);
    assert.match((await visit(await begin(merchant, 'visa3ds1'))).html, /<main class="size-05">/);
  });

  it('gives the session data back unchanged', async () => {
    const page = await visit(await begin(merchant, 'mastercard3ds2'), { threeDSSessionData: 'a"b&c' });
    assert.equal((await answerBank(merchant, page, '123456')).hidden['threeDSSessionData'], 'a"b&c');
  });

  it('forgives padding', async () => {
    const begun = await begin(merchant, 'mastercard3ds2');
    assert.equal((await visit(begun, { creq: `${begun.creq}==` })).status, 200);
  });

  it('refuses what it cannot read or does not know', async () => {
    const begun = await begin(merchant, 'mastercard3ds2');
    const unknownId = changed(begun, { acsTransID: '27379a5f-0ee2-4371-a006-51197e35a227' });
    for (const creq of ['', '{}', 'e30', 'bnVsbA', `${begun.creq}+`, unknownId]) {
      const page = await visit(begun, { creq });
      assert.equal(page.status, 400, creq);
      assert.match(page.html, /does not know this request/);
    }
  });

  it('refuses a changed PaReq, an MD of nobody, and a TermUrl that is no web address', async () => {
    const begun = await begin(merchant, 'visa3ds1');
    for (const wrong of [{ PaReq: `${begun.PaReq}A` }, { MD: 'MD-1' }, { TermUrl: 'javascript:alert(1)' }]) {
      assert.equal((await visit(begun, wrong)).status, 400);
    }
  });

  it('knows nothing of a challenge that nobody has come to', async () => {
    const id = String(decode((await begin(merchant, 'bankApp')).creq)['acsTransID']);
    for (const path of ['answer', 'app']) {
      const { status } = await browse(`${merchant.sandbox.url}/acs/${id}/${path}`, { decision: 'confirm' });
      assert.equal(status, 400, path);
    }
    assert.equal((await browse(`${merchant.sandbox.url}/acs/${id}/app`)).status, 400);
  });

  it('goes on to where it leads once it is decided, and its first decision stands', async () => {
    const begun = await begin(merchant, 'mastercard3ds2');
    const asking = await visit(begun);
    const cres = (await answerBank(merchant, asking, '000000')).hidden['cres'];
    assert.equal((await visit(begun)).hidden['cres'], cres);
    assert.equal((await answerBank(merchant, asking, '123456')).hidden['cres'], cres);
    assert.equal(decode(cres)['transStatus'], 'N');
  });

  it('waits ten minutes from each time it is shown, and then says no', async () => {
    const begun = await begin(merchant, 'mastercard3ds2');
    await visit(begun);
    now += 9 * MINUTE;
    const asking = await visit(begun);
    now += 10 * MINUTE - 1;
    assert.equal(decode((await answerBank(merchant, asking, '123456')).hidden['cres'])['transStatus'], 'Y');

    const late = await begin(merchant, 'mastercard3ds2');
    const forgotten = await visit(late);
    now += 10 * MINUTE;
    assert.equal(
      decode((await answerBank(merchant, forgotten, '123456')).hidden['cres'])['transStatus'],
      'N',
    );
  });
});

describe('a CReq that cannot be answered gets an Erro message', () => {
  for (const [what, changes, errorCode, errorDetail] of [
    ['of another message type', { messageType: 'CRes' }, '101', 'messageType'],
    ['of another version', { messageVersion: '2.2.0' }, '102', 'messageVersion'],
    ['with a window that does not exist', { challengeWindowSize: '6' }, '203', 'challengeWindowSize'],
    ['without its version', { messageVersion: undefined }, '203', 'messageVersion'],
    [
      'with an id of another 3DS Server transaction',
      { threeDSServerTransID: '27379a5f-0ee2-4371-a006-51197e35a227' },
      '301',
      'threeDSServerTransID',
    ],
  ] as const) {
    it(`${errorCode}, ${what}`, async () => {
      const begun = await begin(merchant, 'mastercard3ds2');
      const page = await visit(begun, { creq: changed(begun, changes), threeDSSessionData: 's' });
      assert.equal(page.action, RETURN);
      assert.equal(page.hidden['threeDSSessionData'], 's');
      const { threeDSServerTransID, acsTransID } = decode(begun.creq);
      assertPart(decode(page.hidden['cres']), {
        threeDSServerTransID,
        acsTransID,
        messageType: 'Erro',
        messageVersion: '2.1.0',
        errorComponent: 'A',
        errorMessageType: 'CReq',
        errorCode,
        errorDetail,
      });
    });
  }

  it('402, the first of a challenge, later than 30 seconds after it was ordered', async () => {
    const late = await begin(merchant, 'mastercard3ds2');
    const early = await begin(merchant, 'mastercard3ds2');
    now += 30 * SECOND;
    await visit(early);
    now += 1;
    assertPart(decode((await visit(late)).hidden['cres']), { messageType: 'Erro', errorCode: '402' });
    assert.match((await visit(early)).html, /autocomplete="one-time-code"/);
  });

  it('403, with the card that orders it', async () => {
    const { action, hidden } = await visit(await begin(merchant, 'bankError'));
    assert.equal(action, RETURN);
    assertPart(decode(hidden['cres']), { messageType: 'Erro', errorCode: '403' });
  });
});

describe('a bank of its own kind', () => {
  it('that is impatient says no after three seconds, also to the right code', async () => {
    const inTime = await visit(await begin(merchant, 'impatientBank'));
    const tooLate = await visit(await begin(merchant, 'impatientBank'));
    now += 3 * SECOND - 1;
    assert.equal(decode((await answerBank(merchant, inTime, '123456')).hidden['cres'])['transStatus'], 'Y');
    now += 1;
    assert.equal(decode((await answerBank(merchant, tooLate, '123456')).hidden['cres'])['transStatus'], 'N');
  });

  it('that is blank has nothing to click and nothing that runs', async () => {
    const { status, html } = await visit(await begin(merchant, 'blankBank'));
    assert.equal(status, 200);
    assert.doesNotMatch(html, /<(form|script|a|button|body)/);
  });

  it('that wants the whole window returns there, in both versions, and others do not', async () => {
    const returned = async (card: 'topWindow' | 'topWindow1' | 'mastercard3ds2') =>
      answerBank(merchant, await visit(await begin(merchant, card)), '123456');
    assert.match((await returned('topWindow')).html, /<form[^>]* target="_top"/);
    assert.match((await returned('topWindow1')).html, /<form[^>]* target="_top"/);
    assert.doesNotMatch((await returned('mastercard3ds2')).html, /_top/);
  });

  it('that hides where it comes from says so with every page, and others do not', async () => {
    const begun = await begin(merchant, 'noReferrer');
    assert.equal((await enter(begun)).headers.get('Referrer-Policy'), 'no-referrer');
    await cresFor(merchant, begun);
    assert.equal((await enter(begun)).headers.get('Referrer-Policy'), 'no-referrer');
    const usual = await enter(await begin(merchant, 'mastercard3ds2'));
    assert.equal(usual.headers.get('Referrer-Policy'), null);
  });

  it('that answers twice may reach the shop with both', async () => {
    const begun = await begin(merchant, 'postsTwice');
    await cresFor(merchant, begun);
    const leaving = await enter(begun);
    assert.match(await leaving.text(), /src="\/assets\/post-twice\.js"/);
    const policy = leaving.headers.get('Content-Security-Policy') ?? '';
    assert.match(policy, /; connect-src https:\/\/shop\.example$/);
    assert.equal((await fetch(`${merchant.sandbox.url}/assets/post-twice.js`)).status, 200);
  });
});

describe("the bank's app", () => {
  async function open() {
    const begun = await begin(merchant, 'bankApp');
    const waiting = await visit(begun);
    const id = String(decode(begun.creq)['acsTransID']);
    const app = `${merchant.sandbox.url}/acs/${id}/app`;
    const isOver = async () =>
      ((await (await fetch(`${merchant.sandbox.url}/acs/${id}/state`)).json()) as { isOver: boolean }).isOver;
    return { waiting, app, isOver };
  }
  const statusIn = ({ hidden }: { hidden: Record<string, string> }) => decode(hidden['cres'])['transStatus'];

  it('decides: the page that waits for it learns of it and returns its word', async () => {
    for (const [decision, transStatus] of [
      ['confirm', 'Y'],
      ['cancel', 'N'],
    ] as const) {
      const { waiting, app, isOver } = await open();
      assert.match((await browse(app)).html, /99\.00 UAH/);
      assert.equal(await isOver(), false);
      await browse(app, { decision });
      assert.equal(await isOver(), true);
      assert.equal(statusIn(await answerBank(merchant, waiting, '', 'confirm')), transStatus);
    }
  });

  it('is the only one to say yes: the page that waits for it goes on waiting', async () => {
    const { waiting, app } = await open();
    const still = await answerBank(merchant, waiting, '123456', 'confirm');
    assert.match(still.html, /target="_blank"/);
    await browse(app, { decision: 'confirm' });
    assert.equal(statusIn(await answerBank(merchant, still, '', 'confirm')), 'Y');
  });

  it('is not needed to cancel, and cannot take a cancel back', async () => {
    const { waiting, app } = await open();
    assert.equal(statusIn(await answerBank(merchant, waiting, '', 'cancel')), 'N');
    await browse(app, { decision: 'confirm' });
    assert.equal(statusIn(await answerBank(merchant, waiting, '', 'confirm')), 'N');
  });

  it('has ten minutes as well', async () => {
    const { waiting, app, isOver } = await open();
    now += 10 * MINUTE;
    assert.equal(await isOver(), true);
    await browse(app, { decision: 'confirm' });
    assert.equal(statusIn(await answerBank(merchant, waiting, '', 'confirm')), 'N');
  });
});
