import { html, raw } from 'hono/html';
import type { Version2 } from '../acs/bank.js';
import { cardForm } from '../card-form.js';
import { GLOBALPAY_CARDS } from '../cards.js';
import { autoPost, page, type Html } from '../page.js';
import { RIGHT_CODE } from '../scenarios.js';
import { soum, TEXTS, type Lang } from './texts.js';
import type { PaymentToken } from './tokens.js';

export function pageOf(token: PaymentToken): string {
  return `/globalpay/pay/${token.id}`;
}

/** Where the browser goes in the end, as it was given: no parameters are documented, so none are added. */
export function shopAddress({ step, echo }: PaymentToken): string | undefined {
  return step.kind === 'approved' ? echo.successRedirectUrl : echo.failRedirectUrl;
}

interface Moment {
  /** The life of the token is over, though its card was given in time. */
  isOverdue: boolean;
  /** Why the last try was refused. */
  problem: string | undefined;
}

/** GlobalPay's page at the payment's step. */
export function tokenPage(lang: Lang, token: PaymentToken, moment: Moment): Html {
  const text = TEXTS[lang];
  return page({
    lang,
    title: `${text.title} · GlobalPay`,
    look: 'globalpay',
    script: 'card-form.js',
    body: html`<main>
      <header>
        <p class="brand">GlobalPay</p>
        <p class="badge">SANDBOX</p>
      </header>
      <h1>${text.title}</h1>
      <p class="sum">${soum(token.amountMinor)}</p>
      <p>${token.echo.description}</p>
      ${stepBody(lang, token, moment)}
    </main>`,
  });
}

/** Sends the browser to the cardholder's bank. */
export function bankHop(lang: Lang, { creq }: Version2): Html {
  return autoPost({
    lang,
    look: 'globalpay',
    action: '/acs/3ds2',
    fields: { creq },
    label: TEXTS[lang].toBank,
  });
}

export function notFoundPage(lang: Lang): Html {
  return page({
    lang,
    title: 'GlobalPay',
    look: 'globalpay',
    body: html`<main><h1>${TEXTS[lang].notFound}</h1></main>`,
  });
}

function stepBody(lang: Lang, token: PaymentToken, { isOverdue, problem }: Moment): Html {
  const text = TEXTS[lang];
  const { step } = token;
  const alert = problem && html`<p class="problem" id="problem" role="alert">${problem}</p>`;
  const late = isOverdue && html`<p role="status">${text.overdue}</p>`;
  switch (step.kind) {
    case 'card':
      return html`${cardForm({
        action: `${pageOf(token)}/card`,
        cards: GLOBALPAY_CARDS,
        texts: { ...text, pay: `${text.pay} ${soum(token.amountMinor)}` },
        withCvv: false,
        ...(problem && { problem }),
        controls: controls(lang),
      })}${controlForm(token)}`;
    case 'sms':
      return html`<form method="post" action="${pageOf(token)}/code">
          ${late}${alert}
          <label for="code">${text.code}</label>
          <input
            id="code"
            name="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            maxlength="8"
            required
            aria-describedby="tries"
            ${problem ? raw('aria-invalid="true"') : ''}
          />
          <p class="note" id="tries">${text.triesLeft(step.triesLeft)}</p>
          <button type="submit" class="primary">${text.confirm}</button>
        </form>
        ${strip(lang, html`<p>${text.sms} <code>${RIGHT_CODE}</code></p>`)}${controlForm(token)}`;
    case 'bank':
      return html`<form method="post" action="/acs/3ds2">
          ${late}
          <input type="hidden" name="creq" value="${step.challenge.creq}" />
          <button class="primary">${text.toBank}</button>
        </form>
        ${strip(lang)}${controlForm(token)}`;
    case 'approved':
    case 'failed':
      return html`<p role="status">${step.kind === 'approved' ? text.approved : endText(lang, step.error)}</p>
        ${backLink(lang, token)}`;
  }
}

/** What only a sandbox has. */
function strip(lang: Lang, content?: Html): Html {
  return html`<aside class="strip" aria-labelledby="strip">
    <h2 id="strip">${TEXTS[lang].controls}</h2>
    ${content}
    <div class="actions">${controls(lang)}</div>
  </aside>`;
}

function controls(lang: Lang): Html {
  const { expire, refuse } = TEXTS[lang];
  return html`${Object.entries({ expire, refuse }).map(
    ([name, label]) =>
      html`<button form="controls" name="control" value="${name}" data-control="${name}">${label}</button>`,
  )}`;
}

function controlForm(token: PaymentToken): Html {
  return html`<form id="controls" method="post" action="${pageOf(token)}/controls"></form>`;
}

function endText(lang: Lang, error: string): string {
  const text = TEXTS[lang];
  return error === 'PAYMENT_EXPIRED' ? text.expired : `${text.failed} (${error})`;
}

function backLink(lang: Lang, token: PaymentToken) {
  const address = shopAddress(token);
  return address
    ? html`<p><a class="button primary" data-control="back" href="${address}">${TEXTS[lang].back}</a></p>`
    : '';
}
