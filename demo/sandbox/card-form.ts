import { html } from 'hono/html';
import { NETWORK_NAMES } from './cards.js';
import type { Html } from './page.js';
import type { SandboxCard } from './scenarios.js';

interface CardForm {
  action: string;
  cards: readonly SandboxCard[];
  texts: { pay: string; number: string; expiry: string; cards: string };
  /** Uzcard and Humo have no code on the card. */
  withCvv: boolean;
  /** Why the last try was refused. */
  problem?: string;
  /** Further buttons of the sandbox strip; they belong to the form by `form="card-form"`. */
  controls: Html;
}

/** A card form, and below it a strip of what only a sandbox has: its cards, which fill the form at a click. */
export function cardForm({ action, cards, texts, withCvv, problem, controls }: CardForm): Html {
  return html`<form id="card-form" method="post" action="${action}" data-card-form>
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
      <label for="number">${texts.number}</label>
      <input id="number" name="number" inputmode="numeric" autocomplete="cc-number" maxlength="23" required />
      <div class="pair">
        <div>
          <label for="expiry">${texts.expiry}</label>
          <input
            id="expiry"
            name="expiry"
            inputmode="numeric"
            autocomplete="cc-exp"
            placeholder="MM/YY"
            maxlength="5"
            required
          />
        </div>
        ${
          withCvv
            ? html`<div>
                <label for="cvv">CVV</label>
                <input id="cvv" name="cvv" inputmode="numeric" autocomplete="cc-csc" maxlength="3" required />
              </div>`
            : ''
        }
      </div>
      <button type="submit" class="primary" name="action" value="pay" data-action="pay">${texts.pay}</button>
    </form>
    <aside class="strip" aria-labelledby="strip">
      <h2 id="strip">${texts.cards}</h2>
      <ul>
        ${cards.map(
          (card) =>
            html`<li>
              <button type="button" data-card="${card.id}" data-pan="${card.pan}">
                <b>${NETWORK_NAMES[card.network]} •••• ${card.pan.slice(-4)}</b>
                <span>${card.label}</span>
              </button>
            </li>`,
        )}
      </ul>
      <div class="actions">${controls}</div>
    </aside>`;
}
