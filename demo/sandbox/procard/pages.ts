import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { cardForm } from '../card-form.js';
import { cardByNumber, PROCARD_PAGE_CARDS } from '../cards.js';
import type { NodeContext } from '../faults/suffer.js';
import { autoPost, page, type Html } from '../page.js';
import { formOf } from '../world.js';
import { acsUrl } from './answers.js';
import type { ProcardDesk } from './operations.js';
import type { PaymentPage, ProcardPayment } from './payment.js';
import { langOf, TEXTS } from './texts.js';

/** A payment that is made on a page, and that page. */
interface Found {
  payment: ProcardPayment;
  page: PaymentPage;
}

/** ProcardPay's own payment page, where a Purchase sends the shopper. */
export function procardPages({ gateway, world }: ProcardDesk): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.get('/:id', (c) =>
    visit(c, 'payment page', (found) =>
      c.html(found.payment.waitsFor === 'bank' ? toBank(found) : paymentPage(found)),
    ),
  );

  app.post('/:id', (c) =>
    visit(c, 'card', async (found, form) => {
      const { payment } = found;
      if (payment.waitsFor === 'bank') return c.html(toBank(found));
      if (payment.waitsFor !== 'card') return c.redirect(shopAddress(found), 303);
      if (form.get('action') === 'refuse') {
        gateway.decline(payment, 12);
        await gateway.callBack(payment);
        return c.redirect(found.page.cancelUrl, 303);
      }
      const card = cardByNumber(PROCARD_PAGE_CARDS, form.get('number') ?? '');
      if (!card) return c.html(paymentPage(found, { unknownCard: true }), 422);
      const result = gateway.charge(payment, card, bankReturn(found));
      if (result.kind === 'challenge') return c.html(toBank(found));
      await gateway.callBack(payment);
      return c.redirect(shopAddress(found), 303);
    }),
  );

  app.post('/:id/bank', (c) =>
    visit(c, "the bank's answer", async (found, form) => {
      const { payment } = found;
      const cres = form.get('cres');
      const isAwaited = payment.waitsFor === 'bank';
      gateway.complete(
        payment,
        cres === null ? { PaRes: form.get('PaRes') ?? '', MD: form.get('MD') ?? '' } : { cres },
      );
      if (isAwaited) await gateway.callBack(payment);
      return c.redirect(shopAddress(found), 303);
    }),
  );

  /** Answers the shopper's browser and writes that down; every redirection leads back to the shop. */
  async function visit(
    c: NodeContext,
    operation: string,
    serve: (found: Found, form: URLSearchParams) => Response | Promise<Response>,
  ): Promise<Response> {
    const startedAt = world.now();
    const form = c.req.method === 'POST' ? await formOf(c) : new URLSearchParams();
    const payment = gateway.byPage(c.req.param('id') ?? '');
    const response = payment?.page ? await serve({ payment, page: payment.page }, form) : await notFound(c);
    const about = payment ? gateway.namesOf(payment) : [];
    world.journal.add({
      startedAt,
      from: 'page',
      to: 'provider',
      provider: 'procard',
      operation,
      sent: Object.fromEntries(form),
      status: response.status,
      answer: response.headers.get('Location'),
      about,
    });
    const address = response.headers.get('Location');
    if (address !== null) {
      world.journal.add({
        startedAt: world.now(),
        from: 'provider',
        to: 'page',
        provider: 'procard',
        operation: 'return to the shop',
        sent: { address },
        status: null,
        answer: null,
        about,
      });
    }
    return response;
  }

  function bankReturn({ page: { id } }: Found): string {
    return `${world.origin}/procard/pay/${id}/bank`;
  }

  function toBank(found: Found): Html {
    const bank = found.payment.challenge?.bank;
    if (!bank) throw new Error('a payment waits for a bank that was never asked');
    const lang = langOf(found.page);
    return autoPost({
      lang,
      look: 'procard',
      action: acsUrl(world.origin, bank),
      fields:
        bank.version === 1
          ? { PaReq: bank.PaReq, MD: bank.MD, TermUrl: bankReturn(found) }
          : { creq: bank.creq },
      label: TEXTS[lang].toBank,
    });
  }

  return app;
}

/** Where the shopper goes with a payment that is still undecided is assumed: the address says nothing about money. */
function shopAddress({ payment, page: { approveUrl, declineUrl } }: Found): string {
  return ['DECLINED', 'EXPIRED'].includes(payment.outcome.status) ? declineUrl : approveUrl;
}

function paymentPage(found: Found, problem?: { unknownCard: true }): Html {
  const { payment, page: place } = found;
  const lang = langOf(place);
  const text = TEXTS[lang];
  const amount = `${payment.amount} ${payment.currency}`;
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
        payment.waitsFor === 'card'
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
                <a class="button primary" data-control="back" href="${shopAddress(found)}">${text.back}</a>
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
