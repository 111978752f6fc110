import { html } from 'hono/html';
import { cardRows, NOT_IMITATED } from './about.js';
import { page, type Html } from './page.js';
import { RIGHT_CODE } from './scenarios.js';

const LINKS = [
  ['/control/scenarios', 'Scenarios', 'the table that everything here follows'],
  ['/control/ledger', 'Ledger', 'what was really charged and given back'],
  ['/control/journal', 'Journal', 'every message between a merchant and the providers'],
  ['/google-pay/pay.js', 'pay.js', 'the Google Pay stand-in for your page'],
] as const;

/** What somebody reads who opens the sandbox in a browser. */
export function indexPage(origin: string): Html {
  return page({
    lang: 'en',
    title: 'Payment sandbox',
    look: 'sandbox',
    body: html`<main>
      <header>
        <p class="brand">Payment sandbox</p>
        <p class="badge">TEST</p>
      </header>
      <h1>Two payment providers, a bank and Google Pay, on your own machine</h1>
      <p>
        This server pretends to be ProcardPay, GlobalPay Checkout, a cardholder's bank and Google Pay. It
        checks signatures, shows card pages and 3-D Secure, and calls your server back. No money moves, and
        nothing leaves this machine.
      </p>
      <dl>
        <div>
          <dt>ProcardPay</dt>
          <dd><code>${origin}/procard/api/</code></dd>
        </div>
        <div>
          <dt>GlobalPay</dt>
          <dd><code>${origin}/globalpay/checkout</code></dd>
        </div>
        <div>
          <dt>Code of every SMS and bank</dt>
          <dd><code>${RIGHT_CODE}</code></dd>
        </div>
      </dl>
      <h2>Look inside</h2>
      <ul class="plain">
        ${LINKS.map(([path, name, what]) => html`<li><a href="${path}">${name}</a>: ${what}</li>`)}
      </ul>
      <h2>Cards</h2>
      <ul class="cards">
        ${cardRows().map(
          ([provider, network, pan, label]) =>
            html`<li>
              <b>${label}</b>
              <span>${network} <code>${pan}</code></span>
              <span>${provider}</span>
            </li>`,
        )}
      </ul>
      <h2>What it does not imitate</h2>
      <ul>
        ${NOT_IMITATED.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
    </main>`,
  });
}
