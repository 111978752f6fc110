// The payment sheet: a dialog on the page, where Google has a window of its own.

const SHEET_TEXTS = {
  en: {
    title: 'Google Pay stand-in',
    to: 'To',
    choose: 'Choose a test card',
    cancel: 'Cancel',
    wrong: 'Something went wrong [OR_BIBED_06]',
    failed: 'The sandbox does not answer. Is it running?',
  },
  uk: {
    title: 'Замість Google Pay',
    to: 'Кому',
    choose: 'Оберіть тестову картку',
    cancel: 'Скасувати',
    wrong: 'Сталася помилка [OR_BIBED_06]',
    failed: 'Пісочниця не відповідає. Чи вона запущена?',
  },
};

const SHEET_CSS = `
:host { all: initial; }
dialog {
  box-sizing: border-box; width: min(26rem, 100vw - 1rem); max-height: calc(100dvh - 1rem); margin: auto;
  padding: 1.25rem; overflow: auto; border: 1px solid #c4c7c5; border-radius: 1rem;
  font: 16px/1.4 system-ui, sans-serif; color: #1f1f1f; background: #fff; color-scheme: light dark;
}
dialog::backdrop { background: rgb(0 0 0 / .5); }
header { display: flex; align-items: center; justify-content: space-between; gap: .5rem; }
h2 { margin: 0; font-size: 1.1rem; }
.badge { padding: .1rem .5rem; border-radius: 1rem; font-size: .75rem; font-weight: 700; color: #fff; background: #b3261e; }
.sum { margin: .5rem 0 0; font-size: 1.5rem; font-weight: 600; }
p { margin: .25rem 0; overflow-wrap: anywhere; }
ul { list-style: none; margin: 1rem 0; padding: 0; display: grid; gap: .5rem; }
button {
  box-sizing: border-box; width: 100%; min-height: 44px; padding: .5rem .9rem; border: 1px solid #747775;
  border-radius: .75rem; font: inherit; text-align: start; color: inherit; background: transparent; cursor: pointer;
}
button b { display: block; }
button:hover { background: rgb(120 120 120 / .15); }
button:focus-visible { outline: 3px solid #4285f4; outline-offset: 2px; }
button:disabled { opacity: .5; cursor: default; }
.cancel { text-align: center; }
.problem { color: #b3261e; }
@media (prefers-color-scheme: dark) {
  dialog { color: #e3e3e3; background: #1f1f1f; border-color: #444746; }
  .problem { color: #f2b8b5; }
}
`;

const NETWORK_NAMES = { VISA: 'Visa', MASTERCARD: 'Mastercard' };

/** `Visa •••• 1000`, as Google describes a card. */
export function describe(card) {
  return `${NETWORK_NAMES[card.network]} •••• ${card.last4}`;
}

/**
 * Shows the sheet and resolves once it is closed: with what `choose(card)` answered, or undefined if the shopper
 * closed it. `choose` may answer `{ message }` instead: it is shown, and the shopper may try another card.
 */
export function openSheet({ request, problem, loadCards, choose }) {
  const lang = document.documentElement.lang.startsWith('uk') ? 'uk' : 'en';
  const text = SHEET_TEXTS[lang];
  const info = request.transactionInfo;
  const host = document.createElement('div');
  host.lang = lang;
  const root = host.attachShadow({ mode: 'open' });
  const styles = new CSSStyleSheet();
  styles.replaceSync(SHEET_CSS);
  root.adoptedStyleSheets = [styles];

  const list = element('ul');
  const alert = element('p', { className: 'problem', role: 'alert' });
  const cancel = element('button', { type: 'button', className: 'cancel' }, text.cancel);
  const dialog = element(
    'dialog',
    { ariaLabel: text.title },
    element('header', {}, element('h2', {}, text.title), element('span', { className: 'badge' }, 'TEST')),
    element('p', { className: 'sum' }, `${info.totalPrice ?? '—'} ${info.currencyCode}`),
    element('p', {}, `${text.to}: ${request.merchantInfo?.merchantName ?? '—'}`),
    element('p', {}, text.choose),
    list,
    alert,
    cancel,
  );
  root.append(dialog);
  document.body.append(host);
  dialog.showModal();

  return new Promise((resolve) => {
    let chosen;
    dialog.addEventListener('close', () => {
      host.remove();
      resolve(chosen);
    });
    cancel.addEventListener('click', () => dialog.close());
    if (problem) {
      alert.textContent = `${text.wrong} ${problem}`;
      return;
    }
    const fail = () => (alert.textContent = text.failed);
    loadCards().then((cards) => list.append(...cards.map(cardItem)), fail);

    function cardItem(card) {
      const button = element('button', { type: 'button' }, element('b', {}, describe(card)), card.label);
      button.dataset.card = card.id;
      button.addEventListener('click', () => {
        for (const each of list.querySelectorAll('button')) each.disabled = true;
        choose(card).then((answer) => {
          if (!answer.message) {
            chosen = answer;
            dialog.close();
            return;
          }
          alert.textContent = answer.message;
          for (const each of list.querySelectorAll('button')) each.disabled = false;
        }, fail);
      });
      return element('li', {}, button);
    }
  });
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
