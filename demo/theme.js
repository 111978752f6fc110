// The theme page: all moments of the elements, and the tokens that colour them. `?theme=ink&scheme=dark&lang=uz` is
// where it starts.
import { MOMENTS, makeMoment } from './moments.js';

const form = document.getElementById('tokens');
const stage = document.getElementById('stage');
const readyTheme = document.getElementById('ready-theme');
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);

const tokens = [...form.querySelectorAll('[name^="--pay-"]')].map((input) => ({
  input,
  usual: input.placeholder,
}));

/** Google's options that were chosen, as attributes. */
function chosenOptions() {
  const fields = [...form.querySelectorAll('[name^="button-"]')];
  return fields.filter(({ value, validity }) => value && validity.valid);
}

/** Only what was typed and can be understood: everything else is the chosen theme's, or the default. */
function writtenCss() {
  const typed = tokens.filter(({ input }) => {
    const value = input.value.trim();
    const isUnknown = value && !window.CSS.supports(input.dataset.like, value);
    input.setCustomValidity(isUnknown ? 'CSS has no such value.' : '');
    return value && !isUnknown;
  });
  const lines = typed.map(({ input }) => `  ${input.name}: ${input.value.trim()};`);
  return lines.length ? `pay-button,\npay-status,\nthreeds-frame {\n${lines.join('\n')}\n}\n` : '';
}

async function showCss() {
  const typed = writtenCss();
  sheet.replaceSync(typed);
  document.getElementById('copied').textContent = '';
  const theme = form.elements.theme.value;
  const ready = theme ? await (await fetch(`/demo/themes/${theme}.css`)).text() : '';
  for (const { input, usual } of tokens) {
    input.placeholder = ready.match(`${input.name}: (.*);`)?.[1] ?? usual;
  }
  document.getElementById('css').textContent =
    [ready, typed].filter(Boolean).join('\n') || '/* The defaults need no CSS. */';
}

function showTheme() {
  const theme = form.elements.theme.value;
  if (theme) readyTheme.href = `/demo/themes/${theme}.css`;
  readyTheme.disabled = !theme;
}

/** Google's button takes its looks when it is made, so a new scheme or option makes everything anew. */
function showMoments() {
  document.documentElement.style.colorScheme = form.elements.scheme.value;
  const attributes = chosenOptions().map(({ name, value }) => `\n  ${name}="${value}"`);
  document.getElementById('tag').textContent =
    `<pay-button\n  endpoint="/pay"\n  order-id="A-1001"${attributes.join('')}\n></pay-button>`;
  stage.replaceChildren(...Object.keys(MOMENTS).map(sectionOf));
}

function sectionOf(tag) {
  const section = document.createElement('section');
  const title = document.createElement('h2');
  title.textContent = `<${tag}>`;
  section.append(title, ...Object.keys(MOMENTS[tag]).map((name) => figureOf(tag, name)));
  return section;
}

function figureOf(tag, name) {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  figure.dataset.moment = `${tag}: ${name}`;
  caption.textContent = name;
  caption.lang = 'en';
  const element = makeMoment(tag, name);
  if (tag === 'pay-button') {
    for (const { name: option, value } of chosenOptions()) element.setAttribute(option, value);
  }
  if (element.presentation === 'inline') withoutFocus(figure);
  figure.append(caption, element);
  return figure;
}

/** A bank's check in the page takes the focus as it begins, and the reader's place with it. */
function withoutFocus(figure) {
  figure.inert = true;
  for (const begun of ['threeds-shown', 'threeds-error']) {
    figure.addEventListener(begun, () => (figure.inert = false), { once: true });
  }
}

function showDialog() {
  const frame = document.createElement('threeds-frame');
  frame.presentation = 'modal';
  frame.frameUrl = new URL('/demo/theme-bank.html?dialog', location.href).href;
  frame.windowSize = '02';
  frame.addEventListener('threeds-cancel', () => frame.remove());
  stage.append(frame);
}

function showLanguage() {
  stage.lang = form.elements.lang.value;
}

function showRoom() {
  stage.style.setProperty('--room', form.elements.room.value);
}

const changes = {
  theme: [showTheme, showCss],
  scheme: [showMoments],
  lang: [showLanguage],
  room: [showRoom],
  'button-color': [showMoments],
  'button-type': [showMoments],
  'button-radius': [showMoments],
};

form.addEventListener('input', ({ target }) => (changes[target.name] ?? [showCss]).forEach((show) => show()));
form.addEventListener('reset', () => queueMicrotask(showAll));
form.addEventListener('submit', (event) => event.preventDefault());
document.getElementById('show-dialog').addEventListener('click', showDialog);
document.getElementById('copy').addEventListener('click', async () => {
  await navigator.clipboard.writeText(document.getElementById('css').textContent);
  document.getElementById('copied').textContent = 'Copied.';
});

function showAll() {
  showLanguage();
  showTheme();
  showRoom();
  showMoments();
  return showCss();
}

for (const [name, value] of new URLSearchParams(location.search)) {
  if (form.elements[name]) form.elements[name].value = value;
}
await customElements.whenDefined('pay-button');
await showAll();
