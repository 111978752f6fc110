import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { RouteDeps, RouteEnv } from './context.js';
import { closingPage, hostPage, type Page } from './threeds-pages.js';

const MAX_BODY_BYTES = 64 * 1024;
/** 128 bits in base64url. Nothing else is looked up. */
const TOKEN = '/:token{[A-Za-z0-9_-]{22}}';

/**
 * The host page of a challenge and the address to which the bank sends the shopper back. Banks post from another
 * site, so neither needs a cookie nor minds an Origin, and every return is answered alike.
 */
export function threeds({ service, site }: RouteDeps): Hono<RouteEnv> {
  const app = new Hono<RouteEnv>();

  app.get(TOKEN, async (c) => {
    const page = await service.threedsPage(c.req.param('token'));
    if (page.kind === 'open') return show(c, hostPage(page, site, language(c)));
    return show(c, closingPage(page, site, language(c)), page.kind === 'unknown' ? 404 : 200);
  });

  // A return by GET proves nothing and changes nothing.
  app.get(`${TOKEN}/return`, async (c) => {
    const page = await service.threedsPage(c.req.param('token'));
    return show(c, closingPage(page, site, language(c)));
  });

  app.post(`${TOKEN}/return`, bodyLimit({ maxSize: MAX_BODY_BYTES, onError: answerTooLong }), async (c) =>
    answerReturn(c, await c.req.text()),
  );

  /** Too long for a bank's message: answered as any other that changes nothing, and the rest is not waited for. */
  async function answerTooLong(c: Context<RouteEnv>): Promise<Response> {
    c.header('Connection', 'close');
    return answerReturn(c, '');
  }

  async function answerReturn(c: Context<RouteEnv>, form: string): Promise<Response> {
    const page = await service.threedsReturned(c.req.param('token') ?? '', form);
    if (page.kind === 'over' && c.req.header('sec-fetch-dest') === 'document')
      return c.redirect(page.shopReturn, 303);
    return show(c, closingPage(page, site, language(c)));
  }

  return app;
}

function show(
  c: Context<RouteEnv>,
  { html, policy }: Page,
  status: 200 | 404 = 200,
): Response | Promise<Response> {
  c.header('Content-Security-Policy', policy);
  // Some banks refuse a form without a referrer; no address with a token is sent to another origin.
  c.header('Referrer-Policy', 'strict-origin-when-cross-origin');
  // Banks post to these addresses, some by script, and shops elsewhere hold them in a frame.
  c.header('Cross-Origin-Resource-Policy', 'cross-origin');
  return c.html(html, status);
}

function language(c: Context<RouteEnv>): string {
  return c.req.header('accept-language') ?? '';
}
