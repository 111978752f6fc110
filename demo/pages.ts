import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

const root = fileURLToPath(new URL('..', import.meta.url));

const PAGES = {
  '/': 'index.html',
  '/demo/checkout.html': 'demo/checkout.html',
  '/demo/order.html': 'demo/order.html',
  '/demo/scenarios.html': 'demo/scenarios.html',
  '/demo/theme.html': 'demo/theme.html',
  '/demo/theme-bank.html': 'demo/theme-bank.html',
};

/** What the pages name, so that their source reads as a merchant's would. */
const USUAL_SANDBOX = 'http://127.0.0.1:8090';

/** Serves the shop's pages, pointed at the sandbox that is running, under a policy as strict as a bank would ask for. */
export function pages(sandbox: string): Hono {
  const app = new Hono();
  for (const [path, file] of Object.entries(PAGES)) {
    app.get(path, async (c) => {
      const nonce = randomBytes(16).toString('base64');
      const page = (await readFile(`${root}/${file}`, 'utf8'))
        .replaceAll(USUAL_SANDBOX, sandbox)
        .replaceAll('<script ', `<script nonce="${nonce}" `);
      const policy = contentSecurityPolicy(sandbox, nonce);
      return c.html(page, 200, { 'Content-Security-Policy': policy, 'Cache-Control': 'no-cache' });
    });
  }
  const files = serveStatic({ root, onFound: (_path, c) => c.header('Cache-Control', 'no-cache') });
  app.get('/demo/:file{[a-z-]+\\.(js|css)}', files);
  app.get('/demo/:folder{assets|themes}/*', files);
  // All that the moments of the theme page ask a server for is their receipts.
  app.get('/demo/moments/*', serveStatic({ root, path: 'demo/assets/receipt.svg' }));
  return app;
}

/**
 * The sandbox is named for its Google Pay alone, in the place of Google's origins. The nonce is for the style that
 * Google's script puts beside its button; the pay button takes it from the page's scripts.
 */
function contentSecurityPolicy(sandbox: string, nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self' ${sandbox}`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self'`,
    `connect-src 'self' ${sandbox}`,
    `frame-src 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types pay-elements lit-html`,
  ].join('; ');
}
