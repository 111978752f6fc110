import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { expiryProblem, maskedNumber } from '../card-form.js';
import { cardByNumber, GLOBALPAY_CARDS, maskedPan } from '../cards.js';
import type { NodeContext } from '../faults/suffer.js';
import { RIGHT_CODE, type SandboxCard } from '../scenarios.js';
import { formOf } from '../world.js';
import type { GlobalpayDesk } from './api.js';
import { receiptPage } from './receipt-page.js';
import { forgedBody, statusBody } from './status.js';
import { langOf, soum, TEXTS } from './texts.js';
import type { PaymentToken } from './tokens.js';
import { bankHop, notFoundPage, pageOf, shopAddress, tokenPage } from './views.js';

/** What the shopper's browser is told. */
type Reply = Response | Promise<Response>;

/** GlobalPay's card page, from the card's number to the way back to the shop; and the fiscal receipt. */
export function globalpayPages(desk: GlobalpayDesk): Hono<{ Bindings: HttpBindings }> {
  const { world, tokens } = desk;
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.get('/pay/:id', (c) => visit(c, 'payment page', {}, (token) => show(c, token)));

  app.post('/pay/:id/card', async (c) => {
    const form = await formOf(c);
    const number = form.get('number') ?? '';
    const expiry = form.get('expiry') ?? '';
    return visit(c, 'card', { card: maskedNumber(number), expiry }, (token) => {
      if (token.step.kind !== 'card') return c.redirect(pageOf(token), 303);
      const card = cardByNumber(GLOBALPAY_CARDS, number);
      const text = TEXTS[langOf(c)];
      const problem = card ? expiryProblem(expiry, world.now()) : 'unknownCard';
      if (!card || problem) return show(c, token, text[problem ?? 'unknownCard']);
      return begin(c, token, card);
    });
  });

  app.post('/pay/:id/code', async (c) => {
    const otp = (await formOf(c)).get('code')?.trim() ?? '';
    return visit(c, 'SMS code', { otp }, (token) => {
      const { step } = token;
      if (step.kind !== 'sms') return c.redirect(pageOf(token), 303);
      if (otp === RIGHT_CODE) return settle(c, token, step.card);
      step.triesLeft -= 1;
      if (step.triesLeft === 0) return fail(c, token, 'OTP_TRIES_EXCEEDED');
      return show(c, token, TEXTS[langOf(c)].wrongCode);
    });
  });

  app.post('/pay/:id/bank', async (c) => {
    const cres = (await formOf(c)).get('cres') ?? '';
    return visit(c, "the bank's answer", { cres }, (token) => {
      const { step } = token;
      if (step.kind !== 'bank') return c.redirect(pageOf(token), 303);
      return world.bank.confirms(step.challenge, { cres })
        ? settle(c, token, step.card)
        : fail(c, token, 'THREEDS_FAILED');
    });
  });

  app.post('/pay/:id/controls', async (c) => {
    const control = (await formOf(c)).get('control');
    return visit(c, 'sandbox control', { control }, (token) => {
      if (control === 'refuse' && isOpen(token)) return fail(c, token, 'CANCELLED_BY_USER');
      if (control === 'expire') token.expiresAt = world.now() - 1;
      return c.redirect(pageOf(token), 303);
    });
  });

  app.get('/receipt/:id', (c) => {
    const found = tokens.findByReceipt(c.req.param('id'));
    return found
      ? c.html(receiptPage(langOf(c), found.token, found.receipt))
      : c.html(notFoundPage(langOf(c)), 404);
  });

  /** Does what the shopper's browser asks for, and writes it down. */
  async function visit(
    c: NodeContext,
    operation: string,
    sent: object,
    act: (token: PaymentToken) => Reply,
  ): Promise<Response> {
    const startedAt = world.now();
    const token = tokens.find(c.req.param('id') ?? '');
    const wasOpen = token && isOpen(token);
    const response = token ? await act(token) : await c.html(notFoundPage(langOf(c)), 404);
    world.journal.add({
      startedAt,
      from: 'page',
      to: 'provider',
      provider: 'globalpay',
      operation,
      sent,
      status: response.status,
      answer: response.headers.get('Location'),
      about: token?.names ?? [],
    });
    if (wasOpen && !isOpen(token)) noteReturn(token);
    return response;
  }

  /** `problem`: why the last try was refused. */
  function show(c: NodeContext, token: PaymentToken, problem?: string): Reply {
    const isOverdue = world.now() > token.expiresAt;
    return c.html(tokenPage(langOf(c), token, { isOverdue, problem }), problem ? 422 : 200);
  }

  /** Uzcard and Humo ask for a code by SMS, Visa and Mastercard for the bank's own page. */
  function begin(c: NodeContext, token: PaymentToken, card: SandboxCard): Reply {
    if (card.behaviour.kind === 'sms') {
      tokens.askCode(token, card);
      return c.redirect(pageOf(token), 303);
    }
    const { description } = token.echo;
    const purchase = { purpose: description, amount: soum(token.amountMinor), maskedPan: maskedPan(card) };
    const returnUrl = `${world.origin}${pageOf(token)}/bank`;
    const challenge = world.bank.openVersion2(purchase, returnUrl);
    tokens.askBank(token, card, challenge);
    return c.html(bankHop(langOf(c), challenge));
  }

  function settle(c: NodeContext, token: PaymentToken, { behaviour }: SandboxCard): Promise<Response> {
    tokens.settle(token, behaviour.kind === 'sms' ? behaviour.then : { kind: 'approve' });
    return leave(c, token);
  }

  function fail(c: NodeContext, token: PaymentToken, error: string): Promise<Response> {
    tokens.fail(token, error);
    return leave(c, token);
  }

  /** The documented order: the callback first, then the browser. Neither waits for the other. */
  async function leave(c: NodeContext, token: PaymentToken): Promise<Response> {
    await world.callbacks.deliver({
      provider: 'globalpay',
      url: world.globalpayCallbackUrl,
      compose: (fault) => ({
        body: fault === 'callback_forged' ? forgedBody(token, world) : statusBody(token, world),
      }),
      about: token.names,
    });
    return c.redirect(shopAddress(token) ?? pageOf(token), 303);
  }

  function noteReturn(token: PaymentToken): void {
    const address = shopAddress(token);
    if (address === undefined) return;
    world.journal.add({
      startedAt: world.now(),
      from: 'provider',
      to: 'page',
      provider: 'globalpay',
      operation: 'return to the shop',
      sent: { address },
      status: null,
      answer: null,
      about: token.names,
    });
  }

  return app;
}

function isOpen({ step }: PaymentToken): boolean {
  return step.kind !== 'approved' && step.kind !== 'failed';
}
