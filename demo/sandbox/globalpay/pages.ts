import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { cardForm } from '../card-form.js';
import { cardByNumber, GLOBALPAY_CARDS, maskedPan } from '../cards.js';
import type { NodeContext } from '../faults/suffer.js';
import type { GlobalpayDesk } from './api.js';
import { namesOf, statusBody, type PaymentToken } from './tokens.js';
import { langOf, receiptPage, soum, TEXTS, type Lang } from './texts.js';
import { autoPost, page, type Html } from '../page.js';
import { RIGHT_CODE, type SandboxCard } from '../scenarios.js';
import { formOf } from '../world.js';

/** How often an SMS code may be typed wrong (assumed). */
const TRIES = 3;

/** GlobalPay's card page, from the card's number to the way back to the shop; and the fiscal receipt. */
export function globalpayPages(
  { world, tokens }: GlobalpayDesk,
  callbackUrl: string,
): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.get('/pay/:id', (c) => {
    const token = lookUp(c);
    return token ? c.html(tokenPage(langOf(c), token)) : notFound(c);
  });

  app.post('/pay/:id/card', async (c) => {
    const token = lookUp(c);
    if (!token) return notFound(c);
    if (token.step.kind !== 'card') return c.redirect(pageOf(token), 303);
    const form = await formOf(c);
    const card = cardByNumber(GLOBALPAY_CARDS, form.get('number') ?? '');
    if (!card) return c.html(tokenPage(langOf(c), token, TEXTS[langOf(c)].unknownCard), 422);
    return begin(c, token, card);
  });

  app.post('/pay/:id/code', async (c) => {
    const token = lookUp(c);
    if (!token) return notFound(c);
    const { step } = token;
    if (step.kind !== 'sms') return c.redirect(pageOf(token), 303);
    const form = await formOf(c);
    if (form.get('code')?.trim() === RIGHT_CODE) return finish(c, token, step.card);
    step.triesLeft -= 1;
    if (step.triesLeft === 0) return fail(c, token, 'OTP_TRIES_EXCEEDED');
    return c.html(tokenPage(langOf(c), token, TEXTS[langOf(c)].wrongCode), 422);
  });

  app.post('/pay/:id/bank', async (c) => {
    const token = lookUp(c);
    if (!token) return notFound(c);
    const { step } = token;
    if (step.kind !== 'bank') return c.redirect(pageOf(token), 303);
    const cres = (await formOf(c)).get('cres') ?? '';
    if (!world.bank.confirms(step.challenge, { cres })) return fail(c, token, 'THREEDS_FAILED');
    return approve(c, token);
  });

  app.post('/pay/:id/controls', async (c) => {
    const token = lookUp(c);
    if (!token) return notFound(c);
    const control = (await formOf(c)).get('control');
    if (control === 'refuse' && isOpen(token)) return fail(c, token, 'CANCELLED_BY_USER');
    if (control === 'expire') token.expiresAt = world.now() - 1;
    return c.redirect(pageOf(token), 303);
  });

  app.get('/receipt/:id', (c) => {
    const found = tokens.findByReceipt(c.req.param('id'));
    return found ? c.html(receiptPage(langOf(c), found.token, found.receipt)) : notFound(c);
  });

  function lookUp(c: NodeContext): PaymentToken | undefined {
    return tokens.find(c.req.param('id') ?? '');
  }

  function begin(c: NodeContext, token: PaymentToken, card: SandboxCard) {
    if (card.behaviour.kind === 'sms') {
      token.step = { kind: 'sms', card, triesLeft: TRIES };
      return c.redirect(pageOf(token), 303);
    }
    const purchase = {
      purpose: token.request.description,
      amount: soum(token.amountMinor),
      maskedPan: maskedPan(card),
    };
    const returnUrl = `${world.origin}${pageOf(token)}/bank`;
    const challenge = world.bank.openVersion2(purchase, returnUrl);
    token.step = { kind: 'bank', challenge };
    const lang = langOf(c);
    return c.html(
      autoPost({
        lang,
        look: 'globalpay',
        action: '/acs/3ds2',
        fields: { creq: challenge.creq },
        label: TEXTS[lang].toBank,
      }),
    );
  }

  function finish(c: NodeContext, token: PaymentToken, card: SandboxCard) {
    const then = card.behaviour.kind === 'sms' ? card.behaviour.then : { kind: 'approve' as const };
    return then.kind === 'approve' ? approve(c, token) : fail(c, token, then.reason);
  }

  function approve(c: NodeContext, token: PaymentToken) {
    tokens.approve(token);
    return leave(c, token);
  }

  function fail(c: NodeContext, token: PaymentToken, error: string) {
    token.step = { kind: 'failed', error };
    return leave(c, token);
  }

  /** The documented order: the callback first, then the browser. Neither waits for the other. */
  async function leave(c: NodeContext, token: PaymentToken) {
    await world.callbacks.deliver({
      provider: 'globalpay',
      url: callbackUrl,
      compose: () => ({ body: statusBody(token, world.origin) }),
      about: namesOf(token, world.origin),
    });
    return c.redirect(shopAddress(token) ?? pageOf(token), 303);
  }

  return app;
}

function isOpen({ step }: PaymentToken): boolean {
  return step.kind !== 'approved' && step.kind !== 'failed';
}

function pageOf(token: PaymentToken): string {
  return `/globalpay/pay/${token.id}`;
}

function shopAddress({ step, request }: PaymentToken): string | undefined {
  return step.kind === 'approved' ? request.successRedirectUrl : request.failRedirectUrl;
}

function tokenPage(lang: Lang, token: PaymentToken, problem?: string): Html {
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
      <p>${token.request.description}</p>
      ${stepBody(lang, token, problem)}
    </main>`,
  });
}

function stepBody(lang: Lang, token: PaymentToken, problem?: string): Html {
  const text = TEXTS[lang];
  const { step } = token;
  const refuse = html`<button form="controls" name="control" value="refuse" data-control="refuse">
    ${text.refuse}
  </button>`;
  const controls = html`<form id="controls" method="post" action="${pageOf(token)}/controls"></form>`;
  switch (step.kind) {
    case 'card':
      return html`${controls}${cardForm({
        action: `${pageOf(token)}/card`,
        cards: GLOBALPAY_CARDS,
        texts: { ...text, pay: `${text.pay} ${soum(token.amountMinor)}` },
        withCvv: false,
        ...(problem && { problem }),
        controls: html`<button form="controls" name="control" value="expire" data-control="expire">
            ${text.expire}</button
          >${refuse}`,
      })}`;
    case 'sms':
      return html`${controls}
        <form method="post" action="${pageOf(token)}/code">
          ${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
          <label for="code">${text.code}</label>
          <input
            id="code"
            name="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            maxlength="8"
            required
          />
          <button type="submit" class="primary">${text.confirm}</button>
        </form>
        <aside class="strip" aria-labelledby="strip">
          <h2 id="strip">${text.controls}</h2>
          <p>${text.sms} <code>${RIGHT_CODE}</code></p>
          <div class="actions">${refuse}</div>
        </aside>`;
    case 'bank':
      return html`${controls}
        <form method="post" action="/acs/3ds2">
          ${
            step.challenge.version === 2
              ? html`<input type="hidden" name="creq" value="${step.challenge.creq}" />`
              : ''
          }
          <button class="primary">${text.toBank}</button>
        </form>
        <aside class="strip"><div class="actions">${refuse}</div></aside>`;
    case 'approved':
    case 'failed':
      return html`<p role="status">${step.kind === 'approved' ? text.approved : endText(lang, step.error)}</p>
        ${backLink(lang, token)}`;
  }
}

function endText(lang: Lang, error: string): string {
  return error === 'PAYMENT_EXPIRED' ? TEXTS[lang].expired : `${TEXTS[lang].failed} (${error})`;
}

function backLink(lang: Lang, token: PaymentToken) {
  const address = shopAddress(token);
  return address
    ? html`<p><a class="button primary" data-control="back" href="${address}">${TEXTS[lang].back}</a></p>`
    : '';
}

function notFound(c: NodeContext) {
  const lang = langOf(c);
  return c.html(
    page({
      lang,
      title: 'GlobalPay',
      look: 'globalpay',
      body: html`<main><p role="alert">${TEXTS[lang].notFound}</p></main>`,
    }),
    404,
  );
}
