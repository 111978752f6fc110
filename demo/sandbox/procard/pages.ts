import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { cardForm } from '../card-form.js';
import { cardByNumber, PROCARD_PAGE_CARDS } from '../cards.js';
import type { NodeContext } from '../faults/suffer.js';
import { autoPost, page, type Html } from '../page.js';
import { acsUrl } from './answers.js';
import { callBack, type ProcardDesk } from './api.js';
import type { PaymentPage, ProcardPayment } from './gateway.js';
import { formOf } from '../world.js';

const TEXTS = {
  uk: {
    title: 'Оплата карткою',
    pay: 'Сплатити',
    refuse: 'Відмовитися від оплати',
    number: 'Номер картки',
    expiry: 'Строк дії',
    unknownCard: 'Пісочниця не знає цієї картки. Оберіть одну з карток нижче.',
    cards: 'Картки пісочниці',
    toBank: 'Перейти до банку',
    done: 'Цей платіж уже завершено.',
    back: 'Повернутися до магазину',
    notFound: 'Такого платежу немає.',
  },
  en: {
    title: 'Pay by card',
    pay: 'Pay',
    refuse: 'Refuse to pay',
    number: 'Card number',
    expiry: 'Expiry date',
    unknownCard: 'The sandbox does not know this card. Choose one of the cards below.',
    cards: 'Sandbox cards',
    toBank: 'Go to the bank',
    done: 'This payment is already finished.',
    back: 'Back to the shop',
    notFound: 'There is no such payment.',
  },
} as const;
type Lang = keyof typeof TEXTS;

/** ProcardPay's own payment page, where a Purchase sends the shopper. */
export function procardPages(desk: ProcardDesk): Hono<{ Bindings: HttpBindings }> {
  const { gateway, world } = desk;
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.get('/:id', (c) => {
    const found = lookUp(c);
    return found ? c.html(paymentPage(found.payment, found.page)) : notFound(c);
  });

  app.post('/:id', async (c) => {
    const found = lookUp(c);
    if (!found) return notFound(c);
    const { payment, page: paymentPageOf } = found;
    if (payment.outcome.status !== 'NEW') return c.redirect(shopAddress(payment, paymentPageOf), 303);
    const form = await formOf(c);
    if (form.get('action') === 'refuse') {
      gateway.decline(payment, 12);
      callBack(desk, payment);
      return c.redirect(paymentPageOf.cancelUrl, 303);
    }
    const card = cardByNumber(PROCARD_PAGE_CARDS, form.get('number') ?? '');
    if (!card) return c.html(paymentPage(payment, paymentPageOf, { unknownCard: true }), 422);
    const returnUrl = `${world.origin}/procard/pay/${paymentPageOf.id}/bank`;
    const result = gateway.charge(payment, card, returnUrl);
    if (result.kind === 'challenge') {
      const { bank } = result;
      const lang = langOf(paymentPageOf);
      return c.html(
        autoPost({
          lang,
          look: 'procard',
          action: acsUrl(world.origin, bank),
          fields:
            bank.version === 1 ? { PaReq: bank.PaReq, MD: bank.MD, TermUrl: returnUrl } : { creq: bank.creq },
          label: TEXTS[lang].toBank,
        }),
      );
    }
    callBack(desk, payment);
    return c.redirect(shopAddress(payment, paymentPageOf), 303);
  });

  app.post('/:id/bank', async (c) => {
    const found = lookUp(c);
    if (!found) return notFound(c);
    const form = await formOf(c);
    const cres = form.get('cres');
    gateway.complete(
      found.payment,
      cres === null ? { PaRes: form.get('PaRes') ?? '', MD: form.get('MD') ?? '' } : { cres },
    );
    callBack(desk, found.payment);
    return c.redirect(shopAddress(found.payment, found.page), 303);
  });

  function lookUp(c: NodeContext): { payment: ProcardPayment; page: PaymentPage } | undefined {
    const payment = gateway.byPage(c.req.param('id') ?? '');
    return payment?.page && { payment, page: payment.page };
  }

  return app;
}

/** ProcardPay names the languages `ua` or `uk`, `ru` and `en`; this page speaks two of them. */
function langOf({ language }: PaymentPage): Lang {
  return language === 'en' ? 'en' : 'uk';
}

function shopAddress(payment: ProcardPayment, { approveUrl, declineUrl }: PaymentPage): string {
  return payment.outcome.status === 'APPROVED' ? approveUrl : declineUrl;
}

function paymentPage(payment: ProcardPayment, place: PaymentPage, problem?: { unknownCard: true }): Html {
  const lang = langOf(place);
  const text = TEXTS[lang];
  const amount = `${payment.amount} ${payment.currency}`;
  const isOpen = payment.outcome.status === 'NEW';
  return page({
    lang,
    title: `${text.title} · ProcardPay`,
    look: 'procard',
    script: 'card-form.js',
    body: html`<main>
      <header>
        <p class="brand">ProcardPay</p>
        <p class="badge">SANDBOX</p>
      </header>
      <h1>${text.title}</h1>
      <p class="sum">${amount}</p>
      <p>${payment.description}</p>
      ${
        isOpen
          ? cardForm({
              action: `/procard/pay/${place.id}`,
              cards: PROCARD_PAGE_CARDS,
              texts: { ...text, pay: `${text.pay} ${amount}` },
              withCvv: true,
              ...(problem && { problem: text.unknownCard }),
              controls: html`<button
                form="card-form"
                name="action"
                value="refuse"
                formnovalidate
                data-control="refuse"
              >
                ${text.refuse}
              </button>`,
            })
          : html`<p role="status">${text.done}</p>
              <p>
                <a class="button primary" data-control="back" href="${shopAddress(payment, place)}"
                  >${text.back}</a
                >
              </p>`
      }
    </main>`,
  });
}

function notFound(c: NodeContext) {
  return c.html(
    page({
      lang: 'uk',
      title: 'ProcardPay',
      look: 'procard',
      body: html`<main><p role="alert">${TEXTS.uk.notFound}</p></main>`,
    }),
    404,
  );
}
