import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import { erro, type Bank, type BankChallenge } from './bank.js';
import { autoPost, page, pickLanguage, type Html } from '../page.js';
import { RIGHT_CODE } from '../scenarios.js';
import { formOf, isWebAddress } from '../world.js';

const TEXTS = {
  en: {
    title: 'Confirm your payment',
    bank: 'Sandbox Bank',
    purpose: 'Payment for',
    amount: 'Amount',
    card: 'Card',
    label: 'Code from the text message',
    confirm: 'Confirm',
    cancel: 'Cancel',
    back: 'Back to the shop',
    note: 'Sandbox: the code is',
    otherwise: 'Any other code is wrong.',
    unknown: 'The bank does not know this request.',
  },
  uk: {
    title: 'Підтвердьте оплату',
    bank: 'Sandbox Bank',
    purpose: 'Призначення',
    amount: 'Сума',
    card: 'Картка',
    label: 'Код із повідомлення',
    confirm: 'Підтвердити',
    cancel: 'Скасувати',
    back: 'Повернутися до магазину',
    note: 'Пісочниця: код',
    otherwise: 'Будь-який інший код неправильний.',
    unknown: 'Банк не знає цього запиту.',
  },
} as const;
type Lang = keyof typeof TEXTS;

/**
 * The bank's pages. 3-D Secure 1: PaReq, MD, TermUrl come in, PaRes and MD go back. 3-D Secure 2: creq comes in,
 * cres goes to the notification address (EMV 3DS Core 2.3.1, requirements 117 and 139). Any site may frame them.
 */
export function acsPages(bank: Bank): Hono {
  const app = new Hono();

  app.post('/3ds1', async (c) => {
    const form = await formOf(c);
    const challenge = bank.findVersion1(form.get('MD') ?? '');
    const TermUrl = form.get('TermUrl') ?? '';
    if (!challenge || challenge.PaReq !== form.get('PaReq') || !isWebAddress(TermUrl)) return unknown(c);
    return show(c, challenge, { MD: challenge.MD, TermUrl });
  });

  app.post('/3ds1/answer', async (c) => {
    const form = await formOf(c);
    const challenge = bank.findVersion1(form.get('MD') ?? '');
    const TermUrl = form.get('TermUrl') ?? '';
    if (!challenge || !isWebAddress(TermUrl)) return unknown(c);
    bank.decide(challenge, resultOf(form));
    return leave(c, TermUrl, { PaRes: challenge.PaRes ?? '', MD: challenge.MD });
  });

  app.post('/3ds2', async (c) => {
    const form = await formOf(c);
    const reading = bank.readCReq(form.get('creq') ?? '');
    if (reading.kind === 'unreadable') return unknown(c);
    const session = sessionData(form);
    if (reading.kind === 'refused') {
      return leave(c, reading.challenge.notificationUrl, { cres: erro(reading.challenge), ...session });
    }
    return show(c, reading.challenge, { acsTransID: reading.challenge.acsTransID, ...session });
  });

  app.post('/3ds2/answer', async (c) => {
    const form = await formOf(c);
    const challenge = bank.findVersion2(form.get('acsTransID') ?? '');
    if (!challenge) return unknown(c);
    bank.decide(challenge, resultOf(form));
    return leave(c, challenge.notificationUrl, { cres: challenge.cres ?? '', ...sessionData(form) });
  });

  return app;
}

function resultOf(form: URLSearchParams): 'Y' | 'N' {
  return form.get('decision') === 'confirm' && form.get('code')?.trim() === RIGHT_CODE ? 'Y' : 'N';
}

/** `threeDSSessionData` is the merchant's, and goes back unchanged (EMV 3DS Core 2.3.1, requirement 139). */
function sessionData(form: URLSearchParams): Record<string, string> {
  const threeDSSessionData = form.get('threeDSSessionData');
  return threeDSSessionData === null ? {} : { threeDSSessionData };
}

function langOf(c: Context): Lang {
  return pickLanguage(c.req.header('Accept-Language'), ['en', 'uk']);
}

function leave(c: Context, action: string, fields: Record<string, string>) {
  const lang = langOf(c);
  return c.html(autoPost({ lang, look: 'bank', action, fields, label: TEXTS[lang].back }));
}

function unknown(c: Context) {
  const lang = langOf(c);
  const text = TEXTS[lang];
  return c.html(
    page({
      lang,
      title: text.bank,
      look: 'bank',
      body: html`<main><p role="alert">${text.unknown}</p></main>`,
    }),
    400,
  );
}

/** A challenge that is already decided is shown again all the same: its first decision stands. */
function show(c: Context, challenge: BankChallenge, hidden: Record<string, string>) {
  const lang = langOf(c);
  return c.html(challengePage(lang, challenge, hidden));
}

function challengePage(lang: Lang, challenge: BankChallenge, hidden: Record<string, string>): Html {
  const text = TEXTS[lang];
  const rows = [
    [text.purpose, challenge.purpose],
    [text.amount, challenge.amount],
    [text.card, challenge.maskedPan],
  ];
  return page({
    lang,
    title: `${text.title} · ${text.bank}`,
    look: 'bank',
    body: html`<main>
      <header>
        <p class="brand">${text.bank}</p>
        <p class="badge">TEST</p>
      </header>
      <h1>${text.title}</h1>
      <dl>
        ${rows.map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
      <form method="post" action="/acs/3ds${challenge.version}/answer">
        ${Object.entries(hidden).map(
          ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
        )}
        <label for="code">${text.label}</label>
        <input
          id="code"
          name="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          maxlength="8"
          aria-describedby="note"
        />
        <p class="note" id="note">${text.note} <code>${RIGHT_CODE}</code>. ${text.otherwise}</p>
        <div class="actions">
          <button type="submit" class="primary" name="decision" value="confirm">${text.confirm}</button>
          <button type="submit" name="decision" value="cancel">${text.cancel}</button>
        </div>
      </form>
    </main>`,
  });
}
