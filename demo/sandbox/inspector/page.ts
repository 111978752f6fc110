import { html } from 'hono/html';
import type { Html } from '../page.js';

/** The frame of the inspector; app.js fills it. */
export function inspectorPage(): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Payment inspector</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/inspector/inspector.css" />
        <link rel="stylesheet" href="/inspector/lanes.css" />
        <link rel="stylesheet" href="/inspector/detail.css" />
        <script type="module" src="/inspector/app.js"></script>
      </head>
      <body>
        <header class="top">
          <div>
            <h1>Payment inspector</h1>
            <p>Every message of a payment, as it happens: who says what to whom, and why.</p>
          </div>
          <p class="controls">
            <span id="connection" role="status">Connecting…</span>
            <button type="button" id="follow" aria-pressed="true">Follow the newest</button>
          </p>
        </header>
        <main>
          <nav aria-labelledby="payments-title">
            <h2 id="payments-title">Payments</h2>
            <ul id="payments"></ul>
          </nav>
          <section id="none" hidden>
            <h2>Nothing has happened yet</h2>
            <p>
              Pay in the shop, or let a server of yours call one of <a href="/">the providers</a>. Each
              message appears here at once.
            </p>
          </section>
          <article id="payment" aria-labelledby="payment-title" hidden>
            <header>
              <h2 id="payment-title"></h2>
              <p id="standing"></p>
              <p class="exports">
                <a id="svg" download>Save as picture (SVG)</a>
                <a id="json" download>Save as data (JSON)</a>
              </p>
              <p class="hint">
                Arrow keys move along the messages, Enter opens one, Escape closes it. Times count from the
                first message on the sandbox’s clock; what happens in the browser is reported by the shop’s
                page.
              </p>
            </header>
            <div id="lanes">
              <div id="parties" aria-hidden="true"></div>
              <ol id="lines" aria-label="Messages"></ol>
            </div>
          </article>
        </main>
        <p id="news" class="unseen" role="status"></p>
      </body>
    </html>`;
}
