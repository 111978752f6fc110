// @ts-check
// The payments, newest first. Each is a link, so that Back, bookmarks and the keyboard work as everywhere.
import { element, rove, show } from './dom.js';
import { summaryOf } from './standing.js';

/** @typedef {import('./payments.js').Payment} Payment */
/** @typedef {import('./standing.js').Summary} Summary */

const list = /** @type {HTMLElement} */ (document.getElementById('payments'));
const none = /** @type {HTMLElement} */ (document.getElementById('none'));
const settle = rove(list, 'a');

/**
 * @param {Payment[]} payments
 * @param {Payment | undefined} chosen
 */
export function showPayments(payments, chosen) {
  const items = payments.map((payment) => ({
    key: payment.key,
    ...summaryOf(payment),
    chosen: payment.key === chosen?.key,
  }));
  show(list, items, ({ key }) => String(key), itemOf);
  none.hidden = payments.length > 0;
  settle();
}

/** @param {Summary & { key: number, chosen: boolean }} payment */
function itemOf({ key, chosen, provider, amount, reference, standing, faults }) {
  const link = element(
    'a',
    { href: `#${key}` },
    element('b', {}, amount || (reference ? 'A payment' : 'Without a payment')),
    ' ',
    standingOf(standing),
    ' ',
    element('span', {}, [provider, reference].filter(Boolean).join(' · ')),
  );
  if (faults.length > 0)
    link.append(' ', element('span', { className: 'fault' }, `Fault: ${faults.join(', ')}`));
  if (chosen) link.setAttribute('aria-current', 'true');
  return element('li', {}, link);
}

/** @param {import('./standing.js').Standing} standing */
export function standingOf({ word, tone }) {
  return element('span', { className: `standing ${tone}` }, word);
}
