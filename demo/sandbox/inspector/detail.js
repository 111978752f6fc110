// @ts-check
// Everything that the journal knows of one message.
import { element } from './dom.js';
import { FIELDS } from './fields.js';

/** @typedef {import('./payments.js').Message} Message */

/** @param {Message} message */
export function detailOf(message) {
  const { operation, at, tookMs, status, checks = [], about, parts, sent, answer } = message;
  const isCall = status !== null || answer !== null;
  return element(
    'div',
    { className: 'detail' },
    section('Message', table([['operation', operation], ['at', at], ...rest({ isCall, tookMs, status })])),
    ...(checks.length > 0 ? [section('Checked by the receiver', checkList(checks))] : []),
    ...filled('Sent', parts ?? flat(sent)),
    ...filled('Answered', flat(answer)),
    ...(about.length > 0 ? [section('Belongs to', table(about.map((name) => ['name', name])))] : []),
  );
}

/** @param {{ isCall: boolean, tookMs: number, status: number | null }} facts */
function rest({ isCall, tookMs, status }) {
  /** @type {[string, string][]} */
  const rows = [];
  if (isCall) rows.push(['took', `${Math.round(tookMs)} ms`]);
  if (status !== null) rows.push(['HTTP status', String(status)]);
  return rows;
}

/**
 * @param {string} title
 * @param {[string, string][]} rows
 */
function filled(title, rows) {
  return rows.length > 0 ? [section(title, table(rows))] : [];
}

/**
 * @param {string} title
 * @param {HTMLElement} content
 */
function section(title, content) {
  return element('section', {}, element('h4', {}, title), content);
}

/** @param {[string, string][]} rows */
function table(rows) {
  const items = rows.map(([name, value]) => {
    const meaning = FIELDS.get(name.replace(/^.*\./, ''));
    return element(
      'div',
      {},
      element('dt', {}, name),
      element('dd', {}, value, ...(meaning ? [element('small', {}, meaning)] : [])),
    );
  });
  return element('dl', {}, ...items);
}

/** @param {NonNullable<Message['checks']>} checks */
function checkList(checks) {
  const items = checks.map(({ what, passed }) =>
    element(
      'li',
      { className: passed ? 'passed' : 'wrong' },
      passed ? '✓ right: ' : '✗ wrong: ',
      what.replaceAll(';', ';\u200b'),
    ),
  );
  return element('ul', {}, ...items);
}

/**
 * `{ a: { b: 1 } }` → `a.b`: `1`.
 * @param {unknown} value
 * @param {string} [name]
 * @returns {[string, string][]}
 */
function flat(value, name = '') {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [[name || 'text', String(value)]];
  return Object.entries(value).flatMap(([inner, content]) =>
    flat(content ?? '—', name ? `${name}.${inner}` : inner),
  );
}
