import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import * as z from 'zod/mini';
import { GOOGLE_PAY_CARDS } from '../cards.js';
import type { TokenDesk } from './token.js';

/** In this order: each uses only what stands before it. */
const MODULES = ['checks.js', 'button.js', 'sheet.js', 'pay.js'];

/** Sent by the stand-in's sheet, once the shopper has chosen a card. */
const TokenRequest = z.object({ cardId: z.string(), gatewayMerchantId: z.string() });

/** The Google Pay stand-in: its script, the cards of its sheet, and the tokens it hands out. Open to every origin. */
export function googlePay(desk: TokenDesk, origin: string): Hono {
  const app = new Hono();
  const script = classicScript(origin);
  app.use(cors());

  app.get('/pay.js', (c) =>
    c.body(script, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    }),
  );

  app.get('/cards', (c) =>
    c.json(
      GOOGLE_PAY_CARDS.map(({ id, label, network, authMethod, pan }) => {
        return { id, label, network, authMethod, last4: pan.slice(-4) };
      }),
    ),
  );

  /** In the form of Google's own (Google Pay, payment data cryptography, "Root signing keys"). */
  app.get('/keys.json', (c) => c.json(desk.rootKeys, 200, { 'Cache-Control': 'public, max-age=3600' }));

  app.post('/token', async (c) => {
    const wish = TokenRequest.safeParse(await c.req.json().catch(() => undefined));
    const card = GOOGLE_PAY_CARDS.find((candidate) => wish.success && candidate.id === wish.data.cardId);
    if (!wish.success || !card) return c.json({ error: 'no such card' }, 400);
    return c.json({ token: desk.issue(card, wish.data.gatewayMerchantId) });
  });

  return app;
}

/**
 * Google's pay.js is one classic script, so the modules of this folder are joined to one. It is told where the
 * sandbox is, because a test may serve it under Google's own address.
 */
function classicScript(origin: string): string {
  const modules = MODULES.map((name) =>
    readFileSync(new URL(name, import.meta.url), 'utf8')
      .replace(/^import [^;]*;$/gm, '')
      .replace(/^export /gm, ''),
  );
  return `((SANDBOX) => {\n'use strict';\n${modules.join('\n')}\n})(${JSON.stringify(origin)});\n`;
}
