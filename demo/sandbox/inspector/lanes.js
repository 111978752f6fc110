// @ts-check
// The sequence diagram: a list of buttons, laid out between the parties' lines where there is room for them.
import { detailOf } from './detail.js';
import { element, rove, show } from './dom.js';
import { PARTIES } from './explanations.js';
import { verdictsOf } from './story.js';

/** @typedef {import('./story.js').Line} Line */
/** @typedef {import('./story.js').Party} Party */

const lanes = /** @type {HTMLElement} */ (document.getElementById('lanes'));
const heads = /** @type {HTMLElement} */ (document.getElementById('parties'));
const list = /** @type {HTMLElement} */ (document.getElementById('lines'));
const settle = rove(list, 'button');

list.addEventListener('keydown', ({ key, target }) => {
  const item = target instanceof Element && target.closest('li');
  const button = item && item.querySelector('button');
  if (key !== 'Escape' || !button) return;
  if (button.ariaExpanded === 'true') button.click();
  button.focus();
});

/** Lines whose details are open. */
const opened = new Set();

/**
 * @param {{ parties: Party[], lines: Line[] }} story
 * @param {string} provider
 */
export function showStory({ parties, lines }, provider) {
  lanes.style.setProperty('--lanes', String(parties.length));
  /** @param {Party} party */
  const nameOf = (party) => (party === 'provider' && provider) || PARTIES[party];
  show(heads, parties.map(nameOf), String, (name) => element('span', {}, name));
  const items = lines.map((line) => ({ line, parties }));
  show(
    list,
    items,
    ({ line }) => line.key,
    ({ line }) => itemOf(line, parties, nameOf),
  );
  settle();
}

/** Whether somebody reads a message's details. */
export function isReading() {
  return list.querySelector('[aria-expanded="true"]') !== null;
}

/**
 * @param {Line} line
 * @param {Party[]} parties
 * @param {(party: Party) => string} nameOf
 */
function itemOf(line, parties, nameOf) {
  const { key, kind, message, from, to, offsetMs, title, text, reply, chapter, problem } = line;
  const id = `line-${key.replace(' ', '-')}`;
  const time = element('span', { className: 'time' }, offsetText(offsetMs));
  const who = element(
    'span',
    { className: 'who' },
    nameOf(from),
    ...(kind === 'note' ? [] : [' → ', nameOf(to)]),
    ' ',
  );
  const label = element('span', { className: 'label' }, element('b', {}, title), ' ', ...labelsOf(line));
  const button = element(
    'button',
    { type: 'button', className: 'line', ariaExpanded: 'false' },
    time,
    element('span', { className: 'way' }, who, label, arrow(line), ...(reply ? [replyOf(line)] : [])),
  );
  const why = element('p', { className: 'why', id: `${id}-why` }, text);
  if (problem) why.append(element('span', { className: 'fault' }, `Fault: ${problem}`));
  button.setAttribute('aria-describedby', why.id);
  const item = element('li', { className: kind }, button, why);
  if (chapter)
    item.prepend(element('h3', {}, chapter.title), element('p', { className: 'about' }, chapter.text));
  placeBetween(item, parties.indexOf(from), parties.indexOf(to), parties.length);
  item.style.setProperty('--speaker', `var(--${from})`);
  item.style.setProperty('--listener', `var(--${to})`);

  const toggle = () => {
    item.querySelector('.detail')?.remove();
    if (opened.has(key)) item.append(detailOf(message));
    button.ariaExpanded = String(opened.has(key));
  };
  button.addEventListener('click', () => {
    if (!opened.delete(key)) opened.add(key);
    toggle();
  });
  toggle();
  return item;
}

/** @param {Line} line */
function labelsOf({ kind, message, times, lost }) {
  const labels = [];
  if (kind !== 'note') labels.push(element('code', {}, message.operation));
  if (times > 1) labels.push(element('span', { className: 'times' }, `×${times}`));
  if (kind === 'answers' && lost) labels.push(element('span', { className: 'wrong' }, '✗ lost'));
  for (const { text, passed } of kind === 'answers' ? [] : verdictsOf(message)) {
    labels.push(element('span', { className: passed ? 'passed' : 'wrong' }, text));
  }
  return labels.flatMap((label) => [label, ' ']);
}

/** @param {Line} line */
function arrow({ kind, lost }) {
  const isBroken = lost && kind === 'answers';
  return element('span', { className: isBroken ? 'arrow broken' : 'arrow', ariaHidden: 'true' });
}

/** @param {Line} line */
function replyOf({ reply, lost }) {
  return element(
    'span',
    { className: 'reply' },
    element('span', { className: lost ? 'arrow broken' : 'arrow', ariaHidden: 'true' }),
    element('span', { className: lost ? 'said wrong' : 'said' }, lost ? '✗ ' : '↩ ', reply),
  );
}

/**
 * Tells the style sheet where the arrow begins and ends, and on which side of the picture there is room for words.
 * @param {HTMLElement} item
 * @param {number} from
 * @param {number} to
 * @param {number} count
 */
function placeBetween(item, from, to, count) {
  const first = Math.min(from, to);
  const span = Math.abs(to - from) + 1;
  item.style.setProperty('--first', String(first + 1));
  item.style.setProperty('--span', String(span));
  item.classList.toggle('leftward', to < from);
  item.classList.toggle('late', first + span / 2 > count / 2);
}

/** @param {number} ms */
function offsetText(ms) {
  return ms < 10_000 ? `+${Math.round(ms)} ms` : `+${(ms / 1000).toFixed(1)} s`;
}
