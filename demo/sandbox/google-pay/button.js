// A button of the sandbox's own drawing: Google's logo belongs to Google. Class names and sizes are Google's, so that
// pages which measure or place the button behave as in life.

const CAPTIONS = {
  en: {
    book: 'Book with Google Pay',
    buy: 'Buy with Google Pay',
    checkout: 'Checkout with Google Pay',
    donate: 'Donate with Google Pay',
    order: 'Order with Google Pay',
    pay: 'Pay with Google Pay',
    subscribe: 'Subscribe with Google Pay',
  },
  uk: {
    book: 'Забронювати через Google Pay',
    buy: 'Купити через Google Pay',
    checkout: 'Оформити через Google Pay',
    donate: 'Пожертвувати через Google Pay',
    order: 'Замовити через Google Pay',
    pay: 'Сплатити через Google Pay',
    subscribe: 'Підписатися через Google Pay',
  },
  ru: {
    book: 'Забронировать через Google Pay',
    buy: 'Купить через Google Pay',
    checkout: 'Оформить через Google Pay',
    donate: 'Пожертвовать через Google Pay',
    order: 'Заказать через Google Pay',
    pay: 'Оплатить через Google Pay',
    subscribe: 'Подписаться через Google Pay',
  },
};

const BUTTON_CSS = `
.gpay-button {
  box-sizing: border-box; min-width: 240px; min-height: 40px; width: 240px; height: 40px; padding: 0 12px;
  border: 1px solid #747775; border-radius: var(--gpay-button-radius, 4px); cursor: pointer;
  font: 500 15px/1.2 system-ui, sans-serif; color: #fff; background: #1f1f1f;
}
.gpay-button.white { color: #1f1f1f; background: #fff; }
.gpay-button.short { min-width: 90px; width: 160px; }
.gpay-button:hover { background: #3c4043; }
.gpay-button.white:hover { background: #f1f3f4; }
.gpay-button:focus-visible { outline: 3px solid #4285f4; outline-offset: 2px; }
.gpay-button small { font-size: 11px; font-weight: 600; letter-spacing: .04em; opacity: .8; }
.gpay-button-fill, .gpay-button-fill > .gpay-button { width: 100%; height: 100%; }
@media (forced-colors: active) { .gpay-button { border-color: ButtonText; } }
`;

let buttonSheet;

/** `createButton` of the client. Options that it does not know fall back without an error, as at Google. */
export function createButton(options = {}) {
  const root = options.buttonRootNode ?? document;
  if (root !== document && !(root instanceof ShadowRoot)) {
    throw new Error("Parameter 'buttonRootNode' should be either document or a shadowroot.");
  }
  if (!buttonSheet) {
    buttonSheet = new CSSStyleSheet();
    buttonSheet.replaceSync(BUTTON_CSS);
  }
  if (!root.adoptedStyleSheets.includes(buttonSheet)) root.adoptedStyleSheets.push(buttonSheet);
  if (!options.onClick) throw new Error("Parameter 'onClick' must be set.");

  const type = buttonType(options.buttonType);
  const locale = buttonLocale(options.buttonLocale);
  const color = options.buttonColor === 'white' ? 'white' : 'black';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = `gpay-button ${color} ${type} ${type === 'plain' ? 'short' : 'long'} ${locale}`;
  // Google's own button is an image and needs a label; this one speaks for itself.
  const radius = Number(options.buttonRadius ?? NaN); // text where it comes from an attribute
  if (radius >= 0) button.style.setProperty('--gpay-button-radius', `${radius}px`);
  const test = document.createElement('small');
  test.textContent = '(TEST)';
  button.append(`${CAPTIONS[locale][type] ?? 'Google Pay'} `, test);
  button.addEventListener('click', options.onClick);

  const frame = document.createElement('div');
  if (options.buttonSizeMode === 'fill') frame.className = 'gpay-button-fill';
  frame.append(button);
  return frame;
}

function buttonType(type) {
  if (type === 'plain' || type === 'short') return 'plain';
  return Object.hasOwn(CAPTIONS.en, type) ? type : 'buy';
}

function buttonLocale(locale) {
  const asked = (locale ?? navigator.language).slice(0, 5);
  if (Object.hasOwn(CAPTIONS, asked)) return asked;
  if (locale) {
    console.error(
      `DEVELOPER_ERROR in createButton: Button locale "${locale}" is not supported, falling back to browser locale.`,
    );
  }
  const browsers = navigator.language.slice(0, 2);
  return Object.hasOwn(CAPTIONS, browsers) ? browsers : 'en';
}
