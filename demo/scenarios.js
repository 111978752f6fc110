// Shows the sandbox's scenario table and lets each row be tried. Leaving for a provider's page and coming back is part
// of it: the way back names the row and its order.
import { placeOrder } from './orders.js';

const PRODUCTS = { procard: 'A-1001', globalpay: 'U-2001' };
const EVENTS = ['pay-ready', 'pay-begin', 'pay-phase', 'pay-dismissed', 'pay-result', 'pay-error'];

const sandbox = document.getElementById('sandbox').href;
const scenarios = await (await fetch(new URL('control/scenarios', sandbox))).json();
const outcomes = JSON.parse(sessionStorage.getItem('outcomes') ?? '{}');

for (const scenario of scenarios) document.getElementById(scenario.provider).append(row(scenario));
showProgress();

const back = new URLSearchParams(location.search);
const returned = scenarios.find(({ id }) => id === back.get('row'));
if (returned) {
  document.querySelector(`#${returned.id} h3`).focus();
  offerPayment(returned, back.get('order'));
}

function row(scenario) {
  const { card } = scenario;
  const article = document.importNode(document.getElementById('scenario').content, true).firstElementChild;
  const part = (selector) => article.querySelector(selector);
  article.id = scenario.id;
  part('h3').textContent = scenario.title;
  part('.label').textContent = card.label;
  part('.number').textContent = card.pan.replace(/(.{4})(?=.)/g, '$1 ');
  part('.network').textContent = card.network;
  part('.steps').append(...steps(scenario).map((text) => line(text)));
  part('.expected strong').textContent = wording(scenario.final, scenario.declineReason);
  part('button').addEventListener('click', async () => {
    offerPayment(scenario, await placeOrder(PRODUCTS[scenario.provider]));
  });
  showOutcome(article, scenario);
  return article;
}

/** Puts a pay button for this order into the row, and writes down what it says. */
function offerPayment(scenario, orderId) {
  const article = document.getElementById(scenario.id);
  const payButton = document.createElement('pay-button');
  const log = article.querySelector('.log');
  payButton.setAttribute('endpoint', '/pay');
  payButton.setAttribute('order-id', orderId);
  payButton.setAttribute('method', scenario.method);
  const comeBack = new URLSearchParams({ row: scenario.id, order: orderId });
  payButton.setAttribute('return-url', `${location.origin}${location.pathname}?${comeBack}`);
  for (const type of EVENTS) {
    payButton.addEventListener(type, ({ detail }) => log.append(line(`${type} ${told(type, detail)}`)));
  }
  payButton.addEventListener('pay-result', ({ detail: { payment } }) => {
    outcomes[scenario.id] = { status: payment.status, reason: payment.decline?.reason };
    sessionStorage.setItem('outcomes', JSON.stringify(outcomes));
    showOutcome(article, scenario);
    showProgress();
  });
  log.replaceChildren();
  article.querySelector('details').hidden = false;
  article.querySelector('button').textContent = 'New order';
  article.querySelector('.pay').replaceChildren(payButton);
}

function steps({ method, card, shopper }) {
  const then = {
    none: [],
    'enters the right code': ['Enter the code 123456.'],
    'enters a wrong code': ['Enter any code but 123456.'],
    'closes the window': ['Close the bank’s window.'],
    'approves in the bank’s app': ['Open the bank’s app, and approve there.'],
    'goes on in a new tab': ['Enter the code 123456.', 'Open the bank in a new tab.'],
    waits: ['Wait.'],
    'gives up': ['Cancel below the pay button.'],
    'pays on the page': ['Pay on the page.'],
    'lets the time run out': ['Let the time run out: the page has a sandbox control for it.'],
  };
  const place = method === 'google-pay' ? 'In the Google Pay sheet' : 'On the provider’s page';
  return [`${place}, take “${card.label}”.`, ...then[shopper]];
}

function matches({ final, declineReason }, { status, reason }) {
  return status === final && reason === declineReason;
}

function showOutcome(article, scenario) {
  const outcome = outcomes[scenario.id];
  if (!outcome) return;
  const matched = matches(scenario, outcome);
  article.dataset.outcome = matched ? 'matched' : 'differs';
  article.querySelector('.outcome').textContent =
    `${matched ? 'As expected' : 'Not as expected'}: ${wording(outcome.status, outcome.reason)}`;
}

function showProgress() {
  const tried = scenarios.filter(({ id }) => outcomes[id]);
  const matched = tried.filter((scenario) => matches(scenario, outcomes[scenario.id]));
  document.getElementById('progress').textContent =
    `${tried.length} of ${scenarios.length} tried, ${matched.length} as expected.`;
}

function told(type, detail) {
  if (type === 'pay-phase') return `${detail.previous} → ${detail.phase}`;
  if (type === 'pay-result') return `${detail.payment.status}, version ${detail.payment.version}`;
  return detail ? Object.values(detail).join(', ') : '';
}

function wording(status, reason) {
  return reason ? `${status} (${reason.replaceAll('_', ' ')})` : status;
}

function line(text) {
  const item = document.createElement('li');
  item.textContent = text;
  return item;
}
