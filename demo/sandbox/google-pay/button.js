// A button of the sandbox's own drawing: Google's logo belongs to Google. Class names, sizes and the way its style
// comes into the page are Google's, so that pages which place or restrict it behave as in life.
import { CAPTIONS, LOCALES } from './captions.js';

const BUTTON_CSS = `
.gpay-button {
  box-sizing: border-box; min-width: 240px; min-height: 40px; width: 240px; height: 40px; padding: 0 12px;
  border: 1px solid #747775; border-radius: var(--gpay-button-radius, 4px); cursor: pointer;
  font: 500 15px/1.2 system-ui, sans-serif; color: #fff; background: #1f1f1f;
}
.gpay-button.white { color: #1f1f1f; background: #fff; }
.gpay-button.plain, .gpay-button.short { min-width: 90px; width: 160px; }
.gpay-button.hover { background: #3c4043; }
.gpay-button.active { background: #5f6368; }
.gpay-button.white.hover { background: #f1f3f4; }
.gpay-button.white.active { background: #e3e5e8; }
.gpay-button:focus-visible { outline: 3px solid #4285f4; outline-offset: 2px; }
.gpay-button::before { content: attr(data-caption); }
.gpay-button::after { content: ' (TEST)'; font-size: 11px; font-weight: 600; letter-spacing: .04em; opacity: .8; }
.gpay-button-fill, .gpay-button-fill > .gpay-button { width: 100%; height: inherit; }
@media (forced-colors: active) { .gpay-button { border-color: ButtonText; } }
`;

const TYPES = ['long', 'short', 'plain', ...Object.keys(CAPTIONS.en)];

/** Two types have a second class, from the time when there were only two. */
const TYPE_CLASSES = { buy: 'buy long', plain: 'plain short' };

/** Classes in place of `:hover` and its like. */
const STATES = [
  ['hover', 'mouseover', ['mouseout']],
  ['active', 'mousedown', ['mouseup', 'mouseout']],
  ['focus', 'focus', ['blur']],
];

/** Where a style has been put. It is put once, even if somebody takes it away. */
const styled = new WeakSet();

/** `createButton` of the client. Options that it does not know fall back without an error, as at Google. */
export function createButton(options, nonce) {
  const type = TYPES.includes(options.buttonType) ? options.buttonType : 'long';
  const locale = localeOf(options.buttonLocale);
  addStyle(options.buttonRootNode ?? document, nonce);
  if (!options.onClick) throw new Error("Parameter 'onClick' must be set.");

  const button = document.createElement('button');
  const color = options.buttonColor === 'white' ? 'white' : 'black';
  button.type = 'button';
  button.className = `gpay-button ${color} ${TYPE_CLASSES[type] ?? type} ${locale}`;
  button.setAttribute('aria-label', 'Google Pay');
  button.dataset.caption = caption(type, locale); // Google's words are an image, too
  shape(button, options);
  for (const [name, start, ends] of STATES) {
    button.addEventListener(start, () => button.classList.add(name));
    for (const end of ends) button.addEventListener(end, () => button.classList.remove(name));
  }
  button.addEventListener('click', options.onClick);

  const frame = document.createElement('div');
  if (options.buttonSizeMode === 'fill') frame.className = 'gpay-button-fill';
  frame.append(button);
  return frame;
}

function addStyle(root, nonce) {
  if (root !== document && !(root instanceof ShadowRoot)) {
    throw new Error("Parameter 'buttonRootNode' should be either document or a shadowroot.");
  }
  if (styled.has(root)) return;
  styled.add(root);
  const style = document.createElement('style');
  if (nonce) style.nonce = nonce;
  style.textContent = BUTTON_CSS;
  (root === document ? document.head : root).append(style);
}

function caption(type, locale) {
  const words = CAPTIONS[locale] ?? CAPTIONS.en;
  return words[type === 'long' ? 'buy' : type] ?? 'Google Pay';
}

function shape(button, { buttonRadius, buttonBorderType }) {
  const radius = Number(buttonRadius ?? NaN); // text where it comes from an attribute
  if (radius >= 0) button.style.setProperty('--gpay-button-radius', `${radius}px`);
  if (buttonBorderType === 'no_border') button.style.border = 'none';
}

function localeOf(asked) {
  const browsers = navigator.language.slice(0, 5);
  const locale = (asked || browsers).slice(0, 5);
  if (LOCALES.includes(locale)) return locale;
  if (locale !== browsers) {
    console.error(
      `DEVELOPER_ERROR in createButton: Button locale "${asked}" is not supported, falling back to browser locale.`,
    );
  }
  return LOCALES.includes(browsers) ? browsers : 'en';
}
