import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import * as z from 'zod/mini';
import { browserTime } from '../browser-time.js';
import { GOOGLE_PAY_CARDS, sheetCard } from '../cards.js';
import type { World } from '../world.js';
import { tokenName } from './token.js';

/** In this order: each uses only what stands before it. */
const MODULES = [
  'transaction.js',
  'checks.js',
  'rules.js',
  'browser.js',
  'captions.js',
  'button.js',
  'rejections.js',
  'callbacks.js',
  'wallet.js',
  'backend.js',
  'sheet-texts.js',
  'sheet-style.js',
  'sheet-parts.js',
  'sheet.js',
  'session.js',
  'pay.js',
];

/** Sent by the stand-in's sheet, once the shopper has chosen a card: `publicKey` for tokenization type DIRECT. */
const TokenRequest = z.union([
  z.object({ cardId: z.string(), gatewayMerchantId: z.string() }),
  z.object({ cardId: z.string(), publicKey: z.string() }),
]);

/** What page and Google said to each other, as the stand-in tells it. */
const Message = z.object({
  operation: z.enum(['isReadyToPay', 'loadPaymentData', 'onPaymentDataChanged', 'onPaymentAuthorized']),
  sent: z.optional(z.unknown()),
  answer: z.optional(z.unknown()),
  /** When it was sent, milliseconds since the epoch on the browser's clock. */
  startedAt: z.number(),
  tookMs: z.number(),
});

/** Where PaymentData holds its token. */
const Tokenized = z.object({
  paymentMethodData: z.object({ tokenizationData: z.object({ token: z.string() }) }),
});

/** The Google Pay stand-in: its script, the cards of its sheet, and the tokens it hands out. Open to every origin. */
export function googlePay(world: Pick<World, 'origin' | 'tokenDesk' | 'journal' | 'now'>): Hono {
  const { origin, tokenDesk: desk, journal, now } = world;
  const app = new Hono();
  const script = classicScript();
  app.use(cors());

  app.get('/pay.js', (c) =>
    c.body(`${script}(${JSON.stringify(origin)}, ${JSON.stringify(new URL(c.req.url).search)});\n`, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    }),
  );

  app.get('/cards', (c) => c.json(GOOGLE_PAY_CARDS.map(sheetCard)));

  /** In the form of Google's own (Google Pay, payment data cryptography, "Root signing keys"). */
  app.get('/keys.json', (c) => c.json(desk.rootKeys, 200, { 'Cache-Control': 'public, max-age=3600' }));

  app.post('/token', async (c) => {
    const wish = TokenRequest.safeParse(await c.req.json().catch(() => undefined));
    const card = GOOGLE_PAY_CARDS.find((candidate) => wish.success && candidate.id === wish.data.cardId);
    if (!wish.success || !card) return c.json({ error: 'There is no such card.' }, 400);
    const token =
      'publicKey' in wish.data
        ? desk.issueDirect(wish.data.publicKey)
        : desk.issue(card, wish.data.gatewayMerchantId);
    return token ? c.json({ token }) : c.json({ error: 'publicKey is no point of P-256.' }, 400);
  });

  app.post('/messages', async (c) => {
    const message = Message.safeParse(await c.req.json().catch(() => undefined));
    if (!message.success) return c.json({ error: 'This is no message between page and Google.' }, 400);
    const { operation, sent = null, answer = null, tookMs } = message.data;
    const isCallback = operation.startsWith('on');
    const tokenized = Tokenized.safeParse(isCallback ? sent : answer);
    journal.add({
      startedAt: browserTime(message.data, now),
      tookMs,
      from: isCallback ? 'google' : 'widget',
      to: isCallback ? 'widget' : 'google',
      operation,
      sent,
      answer,
      status: null,
      about: tokenized.success ? [tokenName(tokenized.data.paymentMethodData.tokenizationData.token)] : [],
    });
    return c.body(null, 204);
  });

  return app;
}

/**
 * Google's pay.js is one classic script, so the modules of this folder are joined to one: a function that is told where
 * the sandbox is and what was asked of the script, because a test may serve it under Google's own address.
 */
function classicScript(): string {
  const modules = MODULES.map((name) =>
    readFileSync(new URL(name, import.meta.url), 'utf8')
      .replace(/^import [^;]*;$/gm, '')
      .replace(/^export /gm, ''),
  );
  return `((SANDBOX, WISHES) => {\n'use strict';\n${modules.join('\n')}\n})`;
}
