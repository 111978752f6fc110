import { randomBytes } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { FrameMessage } from '../../src/contract/index.js';
import type { ThreeDSPage } from '../payments/payment-service.js';
import { threedsReturnUrl, type Site } from '../payments/site.js';
import { isLoopbackHost } from '../safe-url.js';
import { pageTexts } from './threeds-texts.js';

/** A page and the Content-Security-Policy that belongs to it: its nonce holds for this one answer. */
export interface Page {
  html: ReturnType<typeof html>;
  policy: string;
}

const MESSAGE_TYPE: FrameMessage['type'] = 'pay-elements:threeds';

/** EMV 3DS Core 2.3.1, Table A.24; allow-popups by EMVCo's FAQ 92. */
const SANDBOX = 'allow-forms allow-scripts allow-same-origin allow-pointer-lock allow-popups';
const ALLOW = 'payment *; publickey-credentials-get *; publickey-credentials-create *';

/**
 * In a frame: posts the challenge into the bank's frame, tells the shop when the bank's page has loaded, and passes the
 * return page's word on. As the top window: goes to the bank itself. A bank's document cannot be read: it is null.
 */
const HOST_SCRIPT = `
const { type, id, shop } = document.currentScript.dataset;
const form = document.forms[0];
const frame = document.querySelector('iframe');
if (window.top === window) {
  frame.remove();
  form.target = '_self';
  form.submit();
} else {
  const tell = (event) => window.parent.postMessage({ type, event, id }, shop);
  frame.addEventListener('load', () => frame.contentDocument || tell('shown'));
  window.addEventListener('message', ({ origin, source, data }) => {
    if (origin !== location.origin || source !== frame.contentWindow) return;
    if (data?.type === type && data.event === 'returned' && data.id === id) tell('returned');
  });
  form.submit();
}`;

/**
 * In a frame: tells whoever holds it, the host page (only of its own origin does a frame see the element that it stands
 * in) or the shop's page, to ask the server. As the top window: goes back to the shop.
 */
const CLOSING_SCRIPT = `
const { type, id, own, shop } = document.currentScript.dataset;
if (window.top === window) location.replace(document.querySelector('a').href);
else window.parent.postMessage({ type, event: 'returned', id }, window.frameElement ? own : shop);`;

const HOST_STYLE = `
html, body { margin: 0; height: 100%; }
form { margin: 0; }
iframe { display: block; box-sizing: border-box; width: 100%; height: 100%; border: 0; }`;

const CLOSING_STYLE = `
body { margin: 2rem 1rem; font: 1rem/1.5 system-ui, sans-serif; text-align: center; }`;

/** The page that holds the bank's frame, so that the shop's own policy needs to allow this server only. */
export function hostPage(
  { token, challenge, shopReturn }: Extract<ThreeDSPage, { kind: 'open' }>,
  site: Site,
  acceptLanguage: string,
): Page {
  const nonce = newNonce();
  const texts = pageTexts(acceptLanguage);
  const fields =
    challenge.version === 1
      ? { PaReq: challenge.PaReq, MD: challenge.MD, TermUrl: threedsReturnUrl(site, token) }
      : { creq: challenge.creq };
  const frame = `bank-${token}`;
  return {
    policy: policy(site, nonce, [
      `frame-src https: 'self'${local(site)}`,
      `form-action https:${local(site)}`,
    ]),
    html: html`<!doctype html>
      <html lang="${texts.lang}">
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${texts.title}</title>
        <style nonce="${nonce}">
          ${raw(HOST_STYLE)}
        </style>
        <form method="post" action="${challenge.acsUrl}" target="${frame}">
          ${Object.entries(fields).map(
            ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
          )}
          <noscript><button>${texts.proceed}</button></noscript>
        </form>
        <iframe name="${frame}" title="${texts.frame}" sandbox="${SANDBOX}" allow="${ALLOW}"></iframe>
        <script
          nonce="${nonce}"
          data-type="${MESSAGE_TYPE}"
          data-id="${token}"
          data-shop="${new URL(shopReturn).origin}"
        >
          ${raw(HOST_SCRIPT)};
        </script>
      </html>`,
  };
}

/** What stands at a challenge's addresses when there is nothing to do: it shows no result, and reflects nothing. */
export function closingPage(page: ThreeDSPage, site: Site, acceptLanguage: string): Page {
  const nonce = newNonce();
  const texts = pageTexts(acceptLanguage);
  const body =
    page.kind === 'unknown'
      ? html`<p>${texts.unknown}</p>`
      : html`<p>${texts.over}</p>
          <p><a href="${page.shopReturn}" target="_top">${texts.back}</a></p>
          <script
            nonce="${nonce}"
            data-type="${MESSAGE_TYPE}"
            data-id="${page.token}"
            data-own="${new URL(site.publicUrl).origin}"
            data-shop="${new URL(page.shopReturn).origin}"
          >
            ${raw(CLOSING_SCRIPT)};
          </script>`;
  return {
    policy: policy(site, nonce, ["form-action 'none'"]),
    html: html`<!doctype html>
      <html lang="${texts.lang}">
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${texts.title}</title>
        <style nonce="${nonce}">
          ${raw(CLOSING_STYLE)}
        </style>
        ${body}
      </html>`,
  };
}

function policy(site: Site, nonce: string, further: string[]): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    ...further,
    "base-uri 'none'",
    ["frame-ancestors 'self'", ...site.allowedOrigins].join(' '),
  ].join('; ');
}

/** Where this server stands on a developer's machine, so does the bank. */
function local(site: Site): string {
  return isLoopbackHost(new URL(site.publicUrl).hostname) ? ' http://localhost:* http://127.0.0.1:*' : '';
}

function newNonce(): string {
  return randomBytes(16).toString('base64');
}
