// The theme page: all moments of the elements, and the tokens that colour them. `?theme=ink&scheme=dark&lang=uz` is
// where it starts.
import { MOMENTS, makeMoment } from './moments.js';

const form = document.getElementById('tokens');
const stage = document.getElementById('stage');
const readyTheme = document.getElementById('ready-theme');
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);

/** Only what was typed: everything else is the chosen theme's, or the default. */
function writtenCss() {
  const typed = [...form.elements].filter(({ name, value }) => name?.startsWith('--pay-') && value.trim());
  if (typed.length === 0) return '';
  const lines = typed.map(({ name, value }) => `  ${name}: ${value.replaceAll(/[;{}]/g, '').trim()};`);
  return `pay-button,\npay-status,\nthreeds-frame {\n${lines.join('\n')}\n}\n`;
}

async function showCss() {
  const typed = writtenCss();
  sheet.replaceSync(typed);
  const theme = form.elements.theme.value;
  const ready = theme && (await (await fetch(`/demo/themes/${theme}.css`)).text());
  document.getElementById('css').textContent =
    [ready, typed].filter(Boolean).join('\n') || '/* The defaults need no CSS. */';
}

function showTheme() {
  const theme = form.elements.theme.value;
  if (theme) readyTheme.href = `/demo/themes/${theme}.css`;
  readyTheme.disabled = !theme;
}

/** Google's button takes its colour when it is made, so a new scheme makes everything anew. */
function showScheme() {
  document.documentElement.style.colorScheme = form.elements.scheme.value;
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
  figure.append(caption, makeMoment(tag, name));
  return figure;
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

const changes = { theme: [showTheme, showCss], scheme: [showScheme], lang: [showLanguage] };

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
  showScheme();
  return showCss();
}

for (const [name, value] of new URLSearchParams(location.search)) {
  if (form.elements[name]) form.elements[name].value = value;
}
await customElements.whenDefined('pay-button');
await showAll();
