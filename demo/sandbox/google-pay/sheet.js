// The payment sheet: a dialog on the page, where Google has a window of its own.
import { cardList, choices, element, otherEndings, summary } from './sheet-parts.js';
import { SHEET_CSS } from './sheet-style.js';
import { sheetTexts } from './sheet-texts.js';
import { transactionOf } from './transaction.js';

/**
 * Shows the sheet. It tells `on` what the shopper does: `card(card)`, `choice(trigger, choice)`, `ending(name)`, and
 * `close()` at the very end, whoever closed it.
 */
export function openSheet(on) {
  const text = sheetTexts(document.documentElement.lang || navigator.language);
  const parts = {
    summary: element('div'),
    alert: element('p', { className: 'problem', role: 'alert' }),
    progress: element('p', { className: 'quiet', role: 'status' }),
    choices: element('div'),
    cards: element('div'),
  };
  const cancel = element('button', { type: 'button', className: 'cancel' }, text.cancel);
  // The first thing to be read, and nothing that a second press of Enter could set off.
  const title = element('h2', { id: 'title', tabIndex: -1 }, text.title);
  title.append(element('span', { className: 'badge' }, 'TEST'));
  const part = (className, ...children) => element('div', { className }, ...children);
  const dialog = element(
    'dialog',
    {},
    part('top', title, parts.summary),
    part('middle', parts.alert, parts.choices, parts.progress, parts.cards),
    part('bottom', cancel),
  );
  dialog.setAttribute('aria-labelledby', 'title');
  const host = element('div', { lang: text.lang });
  attach(host, dialog);
  dialog.showModal();

  let isWaiting = false;
  cancel.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    host.remove();
    on.close();
  });

  return {
    text,
    isOpen: () => dialog.open,
    close: () => dialog.close(),
    /** The payment and the shopper's choices as they are now. */
    show(request, choice) {
      const focused = host.shadowRoot.activeElement?.dataset.choice;
      parts.summary.replaceChildren(...summary(request, text));
      parts.choices.replaceChildren(
        ...choices(request, choice, text, (trigger, chosen) => {
          if (isWaiting) return false;
          on.choice(trigger, chosen);
          return true;
        }),
      );
      if (focused) parts.choices.querySelector(`[data-choice="${focused}"]`)?.focus();
    },
    offer(cards, request) {
      const { isPaidNow } = transactionOf(request);
      parts.cards.append(
        element('p', {}, isPaidNow ? text.chooseToPay : text.chooseToGoOn),
        ...cardList(cards, text, on.card),
        otherEndings(text, on.ending),
      );
    },
    /**
     * `waiting` for the shop or the sandbox: nothing can be chosen. `refused`: anything but a card. What has the
     * focus keeps it.
     */
    become(state) {
      isWaiting = state === 'waiting';
      parts.progress.textContent = isWaiting ? text.waiting : '';
      for (const button of parts.cards.querySelectorAll('[data-card]')) {
        button.setAttribute('aria-disabled', String(state !== 'open'));
      }
    },
    /** `help` is for the developer, and in English. */
    say(message, help) {
      parts.alert.replaceChildren(message);
      if (help) parts.alert.append(element('span', { className: 'help', lang: 'en' }, `TEST: ${help}`));
    },
  };
}

/** In a shadow root and with a sheet of its own, so that neither page nor policy can spoil it. */
function attach(host, dialog) {
  const root = host.attachShadow({ mode: 'open' });
  const styles = new CSSStyleSheet();
  styles.replaceSync(SHEET_CSS);
  root.adoptedStyleSheets = [styles];
  root.append(dialog);
  document.body.append(host);
}
