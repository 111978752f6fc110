// @ts-check
// Listens to the sandbox and keeps the page up to date.
import { showStory, isReading } from './lanes.js';
import { showPayments, standingOf } from './list.js';
import { explain } from './explanations.js';
import { paymentsOf, paymentWith } from './payments.js';
import { summaryOf } from './standing.js';
import { storyOf } from './story.js';

/** @typedef {import('./payments.js').Message} Message */
/** @typedef {import('./payments.js').Payment} Payment */

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const { faults } = await (await fetch('/control/faults')).json();

/** @type {Message[]} */
let messages = [];
/** Messages that have come since the page was drawn. @type {Message[]} */
let news = [];
let isDue = false;

const events = new EventSource('/inspector/events');
events.addEventListener('history', ({ data }) => {
  messages = JSON.parse(data);
  news = [];
  byId('connection').textContent = 'Live';
  drawSoon();
});
events.addEventListener('message', ({ data }) => {
  const message = JSON.parse(data);
  messages.push(message);
  news.push(message);
  drawSoon();
});
events.addEventListener('error', () => {
  byId('connection').textContent = 'Not connected. Is the sandbox running?';
});

// The address names the payment that somebody chose; without one, the page follows the newest.
window.addEventListener('hashchange', () => {
  drawSoon();
  requestAnimationFrame(() => byId('payment').scrollIntoView());
});
byId('follow').addEventListener('click', () => {
  const [newest] = paymentsOf(messages);
  history.pushState(null, '', isFollowing() && newest ? `#${newest.key}` : location.pathname);
  drawSoon();
});

function isFollowing() {
  return location.hash === '';
}

function drawSoon() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    draw();
  });
}

function draw() {
  const payments = paymentsOf(messages);
  const chosen = isFollowing() ? payments[0] : paymentWith(payments, Number(location.hash.slice(1)));
  byId('follow').ariaPressed = String(isFollowing());
  byId('payment').hidden = !chosen;
  showPayments(payments, chosen);
  if (chosen) showPayment(chosen);
  news = [];
}

/** @param {Payment} payment */
function showPayment(payment) {
  const summary = summaryOf(payment);
  const { provider, amount, reference } = summary;
  byId('payment-title').textContent = [amount || 'Messages', reference].filter(Boolean).join(' · ');
  byId('standing').replaceChildren(standingOf(summary.standing));
  for (const format of ['svg', 'json']) {
    byId(format).setAttribute('href', `/inspector/payments/${payment.key}.${format}`);
  }
  showStory(storyOf(payment, faults), provider);

  const heard = news.filter(({ id }) => payment.messages.some((message) => message.id === id));
  const latest = heard.at(-1);
  if (!latest) return;
  const more = heard.length > 1 ? `${heard.length} new messages, the last: ` : '';
  byId('news').textContent = `${more}${explain(latest).title}`;
  if (isFollowing() && !isReading()) byId('lines').lastElementChild?.scrollIntoView({ block: 'nearest' });
}
