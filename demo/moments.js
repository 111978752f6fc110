// Every moment in which a shopper may see the elements, each with what the merchant's server would have said by then.
// No server is asked: `fetch` answers for the addresses of the moments, and leaves all others alone.

const money = { minor: 12_500, currency: 'UAH' };
const sums = { minor: 15_000_000, currency: 'UZS' };

const googlePay = {
  type: 'google-pay',
  environment: 'TEST',
  gateway: 'procard',
  gatewayMerchantId: 'shop',
  merchantName: 'Piala',
  networks: ['VISA', 'MASTERCARD'],
  authMethods: ['PAN_ONLY', 'CRYPTOGRAM_3DS'],
};
const offer = { description: 'Coffee', money, country: 'UA', methods: [googlePay] };
const providersPage = { ...offer, money: sums, country: 'UZ', methods: [{ type: 'hosted-page' }] };

const payment = (rest) => ({
  id: 'p1',
  money,
  method: 'google-pay',
  action: null,
  decline: null,
  receiptUrl: null,
  late: false,
  version: 1,
  ...rest,
});
const paid = payment({
  status: 'approved',
  money: sums,
  receiptUrl: 'https://ofd.example/check?t=UZ210317292103&r=80742&c=20260101120000&s=612345678901',
});
const declined = (reason) => payment({ status: 'declined', decline: { reason } });
const waiting = (action) => payment({ status: 'requires_action', action });
const atProvider = waiting({ type: 'redirect', id: 'r1', url: 'https://provider.example/page' });
const bank = (name) => new URL(`/demo/theme-bank.html?${name}`, location.href).href;
const atBank = (frameUrl) =>
  waiting({
    type: 'threeds',
    id: 'c1',
    version: 2,
    frameUrl,
    acsUrl: 'https://bank.example/acs',
    fields: { creq: 'e30' },
    windowSize: '01',
  });

/** Answers that are no payment: nothing yet, nothing at all, and a refusal. */
const SILENCE = 'silence';
const OFFLINE = 'offline';
const refusal = (code, status = 409) => ({ type: 'about:blank', title: '', status, code, trace: 'none' });

const pay = (element) => element.pay();

/** The shopper clicks Google's button, and the wallet answers with this instead of its sheet. */
const payWith = (answer) => (element) => {
  const wallet = window.google.payments.api.PaymentsClient.prototype;
  const { loadPaymentData } = wallet;
  wallet.loadPaymentData = answer;
  element.pay();
  wallet.loadPaymentData = loadPaymentData;
};

/** This page stays where it is. */
const stay = { navigate() {}, visit: () => true };

/**
 * `offer`, `create`, `payment`: answers. `attributes` and `own` (what it has in place of its class's) are the element's;
 * `then` is what the shopper does once the element has something to show. A pay-button with an answer to `payment` takes
 * that payment up.
 */
export const MOMENTS = {
  'pay-button': {
    loading: { offer: SILENCE },
    'ready for Google Pay': { offer },
    'ready for the provider’s page': { offer: providersPage },
    disabled: { offer: providersPage, attributes: { disabled: '' } },
    'Google’s sheet is open': { offer, then: payWith(() => new Promise(() => {})) },
    'Google Pay failed': { offer, then: payWith(() => Promise.reject({ statusCode: 'INTERNAL_ERROR' })) },
    'the sheet was blocked': { offer, then: payWith(() => Promise.reject('failed to open window')) },
    submitting: { offer: providersPage, create: SILENCE, then: pay },
    'refused, and ready again': { offer: providersPage, create: refusal('order_busy'), then: pay },
    'leaving for the provider’s page': { offer: providersPage, create: atProvider, own: stay, then: pay },
    'the bank’s check, inline': {
      offer,
      attributes: { presentation: 'inline' },
      payment: atBank(bank('inline')),
    },
    checking: { offer, payment: payment({ status: 'processing' }) },
    'waiting at the provider': { offer, payment: atProvider },
    'the bank’s page is blocked': {
      offer,
      attributes: { presentation: 'inline' },
      payment: atBank('https://bank.example/3ds/none'),
    },
    'without connection': { offer, payment: OFFLINE },
    'paid, with a receipt': { offer, payment: paid },
    'declined: no money': { offer, payment: declined('insufficient_funds') },
    'declined: expired card': { offer, payment: declined('card_expired') },
    'declined: blocked card': { offer, payment: declined('card_blocked') },
    'declined: limit': { offer, payment: declined('limit_exceeded') },
    'declined: 3-D Secure': { offer, payment: declined('authentication_failed') },
    'declined: silent bank': { offer, payment: declined('issuer_unavailable') },
    'declined: fraud': { offer, payment: declined('suspected_fraud') },
    'declined: wrong card': { offer, payment: declined('invalid_card') },
    'declined: no reason': { offer, payment: declined('other') },
    cancelled: { offer, payment: payment({ status: 'cancelled' }) },
    expired: { offer, payment: payment({ status: 'expired' }) },
    failed: { offer, payment: payment({ status: 'failed' }) },
    'no such order': { offer: refusal('order_not_found', 404) },
    'no connection to the shop': { offer: OFFLINE },
    'the shop’s server is broken': { offer: refusal('internal', 500) },
    'no method for this browser': { offer: providersPage, attributes: { method: 'google-pay' } },
    'paid before': { offer: providersPage, create: refusal('already_paid'), then: pay },
    'another price': { offer: providersPage, create: refusal('amount_mismatch'), then: pay },
    'misspelt by the page': { attributes: { 'order-id': 'no such thing' } },
  },
  'pay-status': {
    checking: { payment: payment({ status: 'processing' }) },
    'without connection': { payment: OFFLINE },
    'paid, with a receipt': { payment: paid },
    'paid, no receipt yet': { payment: payment({ status: 'approved' }) },
    declined: { payment: declined('insufficient_funds') },
    cancelled: { payment: payment({ status: 'cancelled' }) },
    expired: { payment: payment({ status: 'expired' }) },
    failed: { payment: payment({ status: 'failed' }) },
    'no such payment': { payment: refusal('payment_not_found', 404) },
    'misspelt by the page': { attributes: { endpoint: 'no such thing' } },
  },
  'threeds-frame': {
    'the bank’s page': {
      attributes: { presentation: 'inline', 'frame-url': bank('alone'), 'window-size': '01' },
    },
    'waiting for the bank’s page': {
      attributes: { presentation: 'inline', 'frame-url': bank('silent'), 'window-size': '01' },
    },
    'open in this page already': {
      attributes: { presentation: 'inline', 'frame-url': bank('alone'), 'window-size': '01' },
    },
    'leaving for the bank, which shows nothing': {
      attributes: { presentation: 'redirect', 'frame-url': bank('whole') },
      own: stay,
    },
    'forbidden by the page’s policy': {
      attributes: { presentation: 'inline', 'frame-url': 'https://bank.example/3ds/none' },
    },
    interrupted: {
      attributes: { presentation: 'inline', 'frame-url': bank('moved'), 'window-size': '01' },
      then: (element) => element.replaceWith(element),
    },
  },
};

const ROOT = '/demo/moments/';

/** An element in one of its moments, outside the page: what it does begins once it is put there. */
export function makeMoment(tag, name) {
  const { attributes, own, payment, then } = MOMENTS[tag][name];
  const element = Object.assign(document.createElement(tag), own);
  const usual = { endpoint: `${ROOT}${tag}/${encodeURIComponent(name)}` };
  if (tag === 'pay-button') usual['order-id'] = 'A-1';
  if (tag === 'pay-status') usual['payment-id'] = 'p1';
  const given = { ...(tag !== 'threeds-frame' && usual), ...attributes };
  for (const [key, value] of Object.entries(given)) element.setAttribute(key, value);
  if (tag === 'pay-button' && payment) void element.updateComplete.then(() => element.resume('p1'));
  if (then)
    element.addEventListener(tag === 'pay-button' ? 'pay-ready' : 'threeds-shown', () => then(element), {
      once: true,
    });
  return element;
}

const network = window.fetch.bind(window);

window.fetch = (address, init) => {
  const { pathname } = new URL(address, location.href);
  if (!pathname.startsWith(ROOT)) return network(address, init);
  const [tag, name, what] = pathname.slice(ROOT.length).split('/').map(decodeURIComponent);
  const moment = MOMENTS[tag][name];
  const known = what === 'offers' ? moment.offer : init?.method === 'POST' ? moment.create : moment.payment;
  return answer(known, init, /[?&]after=/.test(address));
};

/** A question for what comes after the known answer waits for good, as does one that nothing is known of. */
function answer(known, { signal } = {}, isLater) {
  if (known === OFFLINE) return Promise.reject(new TypeError('There is no connection at this moment.'));
  if (known === undefined || known === SILENCE || isLater) {
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  }
  return Promise.resolve(
    Response.json({ orderId: 'A-1', ...known }, { status: known.code ? known.status : 200 }),
  );
}
