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

/** What is wrong with a typed expiry date, `12/30` or `1230`, as a name for a text. A card lasts to its month's end. */
export function expiryProblem(typed: string, now: number): 'unreadableExpiry' | 'pastExpiry' | undefined {
  const match = /^\s*(0[1-9]|1[0-2])\s*\/?\s*(\d{2})\s*$/.exec(typed);
  if (!match) return 'unreadableExpiry';
  return Date.UTC(2000 + Number(match[2]), Number(match[1])) <= now ? 'pastExpiry' : undefined;
}

/** A typed card number for the journal: its first six digits and its last four, if it is long enough to be one. */
export function maskedNumber(typed: string): string {
  const digits = typed.replaceAll(/\D/g, '');
  if (digits.length < 13) return `[${typed.length} characters]`;
  return `${digits.slice(0, 6)}${'*'.repeat(digits.length - 10)}${digits.slice(-4)}`;
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
