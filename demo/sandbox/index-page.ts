import { html } from 'hono/html';
import {
  cardRows,
  CERTAINTY,
  exampleOf,
  LOOK_INSIDE,
  merchantSettings,
  NOT_IMITATED,
  PROVIDER_NAMES,
} from './about.js';
import { FAULTS, type FaultName } from './faults/fault.js';
import { page, type Html } from './page.js';
import { RIGHT_CODE } from './scenarios.js';
import type { Credentials } from './settings.js';

interface Place {
  origin: string;
  credentials: Credentials;
  globalpayCallbackUrl: string;
}

const CHAPTERS = {
  settings: 'Settings of your server',
  inside: 'Look inside',
  cards: 'Cards',
  faults: 'Let something go wrong',
  certainty: 'How sure it is',
  limits: 'What it does not imitate',
} as const;

/** What somebody reads who opens the sandbox in a browser. */
export function indexPage(place: Place): Html {
  return page({
    lang: 'en',
    title: 'Payment sandbox',
    look: 'sandbox',
    styles: 'index.css',
    body: html`<main>
      <header>
        <p class="brand">Payment sandbox</p>
        <p class="badge">TEST</p>
      </header>
      <h1>Two payment providers, a bank and Google Pay, on your own machine</h1>
      <p>
        This server pretends to be ProcardPay, GlobalPay Checkout, a cardholder's bank and Google Pay, for a
        shop's server in any language. It checks signatures, shows card pages and 3-D Secure, calls your
        server back, and fails on demand. No money moves, and nobody is called but your server.
      </p>
      <nav aria-label="On this page">
        <ul>
          ${Object.entries(CHAPTERS).map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
        </ul>
      </nav>
      ${heading('settings')} ${settings(place)} ${heading('inside')} ${inside()} ${heading('cards')}
      ${cards()} ${heading('faults')} ${faults(place.origin)} ${heading('certainty')} ${certainty()}
      ${heading('limits')}
      <ul>
        ${NOT_IMITATED.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
    </main>`,
  });
}

function heading(id: keyof typeof CHAPTERS): Html {
  return html`<h2 id="${id}">${CHAPTERS[id]}</h2>`;
}

function settings({ origin, credentials, globalpayCallbackUrl }: Place): Html {
  const rows = [
    ...merchantSettings(origin, credentials),
    ['Google Pay in a page', `<script src="${origin}/google-pay/pay.js"></script>`],
    ['ProcardPay calls back', 'callback_url'],
    ['GlobalPay calls back', globalpayCallbackUrl],
  ];
  return html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd><code>${value}</code></dd>
        </div>`,
    )}
  </dl>`;
}

function inside(): Html {
  return html`<ul>
    ${LOOK_INSIDE.map(([path, what]) => html`<li><a href="${path}">${path}</a>: ${what}</li>`)}
  </ul>`;
}

function cards(): Html {
  return html`<p>
      Every SMS and every bank asks for the code <code>${RIGHT_CODE}</code>. Cards are good until any month to
      come.
    </p>
    ${(['procard', 'globalpay'] as const).map(
      (provider) =>
        html`<h3>${PROVIDER_NAMES[provider]}</h3>
          <ul class="cards">
            ${cardRows(provider).map(
              ([card, label]) =>
                html`<li>
                  <b>${label}</b>
                  <span>${card}</span>
                </li>`,
            )}
          </ul>`,
    )}`;
}

const FAMILIES = {
  transport: 'On the way',
  decision: 'What the provider decides',
  callback: 'Callbacks',
} as const;

function faults(origin: string): Html {
  const orders = `${origin}/control/faults`;
  const entries = Object.entries(FAULTS) as [FaultName, (typeof FAULTS)[FaultName]][];
  return html`<p>
      Each spoils the next call of an operation, or the next few: <code>"times": 3</code>. Open one to copy
      its order.
    </p>
    ${(['transport', 'decision', 'callback'] as const).map(
      (family) =>
        html`<h3>${FAMILIES[family]}</h3>
          ${entries
            .filter(([, fault]) => fault.family === family)
            .map(
              ([name, { what, operations }]) =>
                html`<details>
                  <summary><code>${name}</code> ${withCode(what)}</summary>
                  <p>Happens to: ${operations.join(', ')}</p>
                  <pre>${command(orders, exampleOf(name))}</pre>
                </details>`,
            )}`,
    )}
    <h3>By chance, and the same in every run</h3>
    <pre>${command(orders, { seed: 7, rate: 0.2 })}</pre>
    <h3>Start afresh</h3>
    <p>Forgets every payment, fault and message.</p>
    <pre>curl -X POST ${origin}/control/reset</pre>`;
}

function command(address: string, body: object): string {
  return `curl -X POST ${address} -d '${JSON.stringify(body)}'`;
}

function certainty(): Html {
  return html`<p>
      Built from the providers' public documents, which leave things open. What nobody documents is marked:
      ask the provider before you rely on it.
    </p>
    ${CERTAINTY.map(({ party, rows }) => {
      const assumed = rows.filter((row) => row.certainty === 'assumed').length;
      return html`<details>
        <summary><b>${party}</b>: ${rows.length} things, ${assumed} of them assumed</summary>
        <table aria-label="${party}">
          <thead>
            <tr>
              <th scope="col">What it does</th>
              <th scope="col">Certainty</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ({ what, certainty }) =>
                html`<tr>
                  <td>${withCode(what)}</td>
                  <td class="${certainty === 'assumed' ? 'assumed' : ''}">${certainty}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </details>`;
    })}`;
}

/** Text between backticks is code. */
function withCode(text: string): (string | Html)[] {
  return text.split('`').map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : piece));
}
