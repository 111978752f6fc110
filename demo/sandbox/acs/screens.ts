import { html } from 'hono/html';
import { autoPost, page, type Html } from '../page.js';
import { patienceOf, type BankChallenge } from './bank.js';
import { durationWords, textsOf, type Lang } from './texts.js';

/** Everything the bank can show. */
export type Screen =
  /** Asks for the code, or waits for the bank's app. */
  | { kind: 'challenge'; challenge: BankChallenge }
  /** White, and the end of it. */
  | { kind: 'blank' }
  /** Sends the shopper back with these fields. */
  | { kind: 'return'; challenge: BankChallenge; to: string; fields: Record<string, string> }
  /** In the bank's app, which is a window of its own. */
  | { kind: 'app'; challenge: BankChallenge }
  | { kind: 'app-done' }
  | { kind: 'unknown' };

const LOOK = { look: 'bank', styles: 'bank.css' } as const;

export function statusOf({ kind }: Screen): 200 | 400 {
  return kind === 'unknown' ? 400 : 200;
}

export function render(screen: Screen, lang: Lang): Html {
  switch (screen.kind) {
    case 'challenge':
      return challengePage(screen.challenge, lang);
    case 'blank':
      return html`<!doctype html>
        <html lang="${lang}">
          <title>${textsOf(lang).bank}</title>
        </html>`;
    case 'return':
      return returnPage(screen, lang);
    case 'app':
      return appPage(screen.challenge, lang);
    case 'app-done':
      return notice(textsOf(lang).app, textsOf(lang).appDone, lang);
    case 'unknown':
      return notice(textsOf(lang).bank, textsOf(lang).unknown, lang);
  }
}

/** The page's policy. Whoever likes may frame it (EMV 3DS Core 2.3.1, requirement 122); it runs nothing of its own inline. */
export function policyOf(screen: Screen): string {
  const own = "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; base-uri 'none'";
  // Where a return leads on to is the merchant's affair: `form-action` would count the merchant's redirects too.
  if (screen.kind !== 'return') return `${own}; connect-src 'self'; form-action 'self'`;
  return `${own}; connect-src ${new URL(screen.to).origin}`;
}

function challengePage(challenge: BankChallenge, lang: Lang): Html {
  const text = textsOf(lang);
  const inApp = challenge.manner === 'app';
  const title = inApp ? text.appTitle : text.title;
  return page({
    lang,
    title: `${title} · ${text.bank}`,
    ...LOOK,
    script: inApp ? 'bank-app.js' : 'bank-time.js',
    body: html`<main class="size-${challenge.version === 2 ? challenge.windowSize : '05'}">
      ${header(text.bank)}
      <h1>${title}</h1>
      ${purchase(challenge, lang)}
      <form
        method="post"
        action="/acs/${challenge.id}/answer"
        data-patience="${patienceOf(challenge)}"
        data-state="/acs/${challenge.id}/state"
      >
        ${inApp ? appQuestion(challenge, lang) : codeQuestion(lang)}
      </form>
    </main>`,
  });
}

function codeQuestion(lang: Lang): Html {
  const text = textsOf(lang);
  return html`<label for="code">${text.label}</label>
    <input
      id="code"
      name="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      maxlength="8"
      aria-describedby="note"
    />
    <p class="note" id="note">${text.note}</p>
    <div class="actions">
      <button type="submit" class="primary" name="decision" value="confirm">${text.confirm}</button>
      <button type="submit" name="decision" value="cancel">${text.cancel}</button>
    </div>`;
}

function appQuestion({ id }: BankChallenge, lang: Lang): Html {
  const text = textsOf(lang);
  return html`<p class="note">${text.appHint}</p>
    <div class="actions">
      <a class="button primary" href="/acs/${id}/app" target="_blank">${text.openApp}</a>
      <button type="submit" name="decision" value="cancel">${text.cancel}</button>
      <noscript><button type="submit" name="decision" value="confirm">${text.hasConfirmed}</button></noscript>
    </div>`;
}

function appPage(challenge: BankChallenge, lang: Lang): Html {
  const text = textsOf(lang);
  return page({
    lang,
    title: text.app,
    ...LOOK,
    body: html`<main>
      ${header(text.app)}
      <h1>${text.title}</h1>
      ${purchase(challenge, lang)}
      <form method="post" action="/acs/${challenge.id}/app">
        <div class="actions">
          <button type="submit" class="primary" name="decision" value="confirm">${text.approve}</button>
          <button type="submit" name="decision" value="cancel">${text.refuse}</button>
        </div>
      </form>
    </main>`,
  });
}

function returnPage({ challenge, to, fields }: Extract<Screen, { kind: 'return' }>, lang: Lang): Html {
  return autoPost({
    lang,
    ...LOOK,
    action: to,
    fields,
    label: textsOf(lang).back,
    ...(challenge.manner === 'top-window' && { target: '_top' }),
    ...(challenge.manner === 'posts-twice' && { script: 'post-twice.js' }),
  });
}

function notice(title: string, words: string, lang: Lang): Html {
  return page({
    lang,
    title,
    ...LOOK,
    body: html`<main>
      ${header(title)}
      <h1>${words}</h1>
    </main>`,
  });
}

function header(name: string): Html {
  return html`<header>
    <p class="brand">${name}</p>
    <p class="badge">TEST</p>
  </header>`;
}

function purchase(challenge: BankChallenge, lang: Lang): Html {
  const text = textsOf(lang);
  const rows = [
    [text.purpose, challenge.purpose],
    [text.amount, challenge.amount],
    [text.card, challenge.maskedPan],
    [text.time, durationWords(patienceOf(challenge), lang)],
  ];
  return html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
