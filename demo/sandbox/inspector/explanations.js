// @ts-check
// The inspector's words: what each message is for, for people who have never seen such a payment.

/** @typedef {import('./payments.js').Message} Message */
/** @typedef {keyof typeof CHAPTERS} ChapterName */

/** @type {Record<Message['from'], string>} */
export const PARTIES = {
  page: 'Shopper’s browser',
  widget: 'Pay button',
  google: 'Google Pay',
  server: 'Merchant’s server',
  provider: 'Provider',
  bank: 'Bank',
};

/** In the order of a payment. */
export const CHAPTERS = {
  prepare: {
    title: 'The pay button gets ready',
    text: 'It learns the price from the merchant’s server, never from the page.',
  },
  begin: {
    title: 'The shopper decides to pay',
    text: 'Until this click, nobody has been asked for money.',
  },
  google: {
    title: 'Google Pay hands over a token',
    text: 'The shop gets sealed card data in place of a card number. It cannot open them, and need not protect them.',
  },
  charge: {
    title: 'The merchant’s server turns to the provider',
    text: 'Only the server knows the secrets and the price, so only the server can ask for money.',
  },
  page: {
    title: 'The shopper pays on the provider’s page',
    text: 'The card is typed there. Neither the shop’s page nor its server ever sees it.',
  },
  bank: {
    title: '3-D Secure: the bank asks the cardholder',
    text: 'The provider’s answer brought the address of the cardholder’s bank and a question for it. The question (creq) and the bank’s answer (cres) travel through the browser; only the bank and the provider can tell whether they are genuine.',
  },
  doubt: {
    title: 'In doubt: an answer was lost',
    text: 'The card may have been charged, or not. Sending again could take the money twice, so the server asks until it knows.',
  },
  finish: {
    title: 'The server learns how it ended',
    text: 'What the browser or a callback says is a hint. The provider’s answer to the server’s own question decides.',
  },
};

/**
 * What an answer says of a payment: the merchant API's, ProcardPay's and GlobalPay's words, in lower case.
 * @type {Record<string, string>}
 */
export const STATES = {
  approved: 'paid',
  declined: 'declined',
  failed: 'failed',
  cancelled: 'cancelled',
  expired: 'expired',
  refunded: 'given back',
  processing: 'not known yet',
  requires_action: 'not yet',
  '3ds': 'not yet: the bank has to ask the cardholder',
  'waiting-auth': 'not yet: the bank is asking the cardholder',
  init: 'not yet: the shopper has not paid',
  new: 'not yet: the shopper has not paid',
};

/** @type {Record<string, { title: string, text: string, chapter?: ChapterName }>} */
const MESSAGES = {
  'widget>server GET /offers/{order}': {
    chapter: 'prepare',
    title: 'What does the order cost?',
    text: 'The pay button asks for the price and for the ways to pay this order.',
  },
  'widget>page pay-ready': {
    chapter: 'prepare',
    title: 'Ready to pay',
    text: 'A way to pay works in this browser, so its button is shown.',
  },
  'widget>page pay-begin': {
    chapter: 'begin',
    title: 'The shopper clicked',
    text: 'Nothing has happened yet; the shop’s page may still say no.',
  },
  'widget>page pay-dismissed': {
    title: 'The sheet was closed',
    text: 'The shopper closed Google’s sheet. Nothing was started, nothing is to be undone.',
  },
  'widget>page pay-result': {
    chapter: 'finish',
    title: 'The result, for the shop’s page',
    text: 'The pay button tells the page once how the payment ended. The order is fulfilled by the server, not by this.',
  },
  'widget>page pay-error': {
    title: 'Something was refused or broke',
    text: 'The pay button tells the page, and the shopper whether to try again.',
  },
  'widget>widget pay-phase': {
    title: 'The pay button moves on',
    text: '',
  },
  'widget>page threeds-shown': {
    chapter: 'bank',
    title: 'The bank’s page is open',
    text: 'It stands in a frame that belongs to the bank: the shop can neither read it nor type into it.',
  },
  'widget>page threeds-return': {
    chapter: 'bank',
    title: 'The bank’s page is done',
    text: 'The frame closes. That says nothing about the result, so the server is asked.',
  },
  'widget>page threeds-cancel': {
    chapter: 'bank',
    title: 'The shopper closes the bank’s page',
    text: 'Whether the payment is off, only the provider knows: the server asks before it says so.',
  },
  'widget>page threeds-error': {
    chapter: 'bank',
    title: 'The bank’s page could not be shown',
    text: 'The payment goes on; the shopper is offered the bank’s page in the whole window.',
  },
  'widget>google isReadyToPay': {
    chapter: 'prepare',
    title: 'Can this browser pay?',
    text: 'Google answers yes or no, and nothing about the shopper or the cards.',
  },
  'widget>google loadPaymentData': {
    chapter: 'google',
    title: 'Let the shopper choose a card',
    text: 'Google shows its own sheet. Back comes a token, sealed for the provider and bound to this merchant.',
  },
  'google>widget onPaymentAuthorized': {
    chapter: 'google',
    title: 'The shopper chose a card',
    text: 'Google hands the token over while its sheet stays open for the result.',
  },
  'google>widget onPaymentDataChanged': {
    chapter: 'google',
    title: 'The shopper changed something',
    text: 'Google asks the page whether the price changes with it.',
  },
  'page>provider payment page': {
    chapter: 'page',
    title: 'Show the payment page',
    text: 'The shopper has left the shop: this page is the provider’s.',
  },
  'page>provider card': {
    chapter: 'page',
    title: 'The card’s number',
    text: 'Typed into the provider’s page, so the shop never has it.',
  },
  'page>provider SMS code': {
    chapter: 'page',
    title: 'The code from the text message',
    text: 'The bank sent it to the cardholder’s phone: who has the phone may pay.',
  },
  "page>provider the bank's answer": {
    chapter: 'bank',
    title: 'The bank’s answer, for the provider',
    text: 'The provider verifies it and charges the card.',
  },
  'page>provider sandbox control': {
    chapter: 'page',
    title: 'A button that only the sandbox has',
    text: 'It refuses the payment, or lets its time run out.',
  },
  'provider>page return to the shop': {
    chapter: 'finish',
    title: 'Back to the shop',
    text: 'Anybody can open this address, so it proves nothing. The server asks the provider.',
  },
  'page>bank CReq': {
    chapter: 'bank',
    title: 'The question for the bank (Challenge Request)',
    text: 'The browser posts creq to the bank’s page, in a frame. It names the check; nothing in it is secret or worth forging.',
  },
  'page>bank PaReq': {
    chapter: 'bank',
    title: 'The question for the bank (3-D Secure 1)',
    text: 'The browser posts PaReq and MD to the bank’s page, and TermUrl: where the answer shall go.',
  },
  'page>bank decision': {
    chapter: 'bank',
    title: 'The cardholder answers the bank',
    text: 'The code goes to the bank alone. Here the bank decides whether this is the cardholder.',
  },
  'page>bank decision in the app': {
    chapter: 'bank',
    title: 'The cardholder answers in the bank’s app',
    text: 'Out of the browser’s sight. The page waits until the bank has heard from the app.',
  },
  'bank>server CRes': {
    chapter: 'bank',
    title: 'The bank’s answer (Challenge Response)',
    text: 'The browser carries cres to the server’s address. transStatus says Y or N, but it came through a browser: only the provider can tell whether it is genuine.',
  },
  'bank>server Erro': {
    chapter: 'bank',
    title: 'The bank cannot answer',
    text: 'The question contradicted what the bank knows. An error message goes where the answer would have gone.',
  },
  'bank>server PaRes': {
    chapter: 'bank',
    title: 'The bank’s answer (3-D Secure 1)',
    text: 'The browser carries PaRes to TermUrl. Only the provider can tell whether it is genuine.',
  },
  'bank>provider CRes': {
    chapter: 'bank',
    title: 'The bank’s answer (Challenge Response)',
    text: 'The browser carries cres to the provider’s page: the shop has no part in this check.',
  },
  'bank>provider PaRes': {
    chapter: 'bank',
    title: 'The bank’s answer (3-D Secure 1)',
    text: 'The browser carries PaRes to the provider’s page: the shop has no part in this check.',
  },
  'widget>server POST /payments': {
    chapter: 'charge',
    title: 'Start the payment',
    text: 'The pay button sends the order’s name, what the shopper was shown and, with Google Pay, the sealed token. An Idempotency-Key makes a repeated request harmless.',
  },
  'widget>server GET /payments/{id}': {
    title: 'How does it stand?',
    text: 'The server holds the answer back until something changes, so asking costs little.',
  },
  'widget>server GET /payments': {
    title: 'Did I start a payment?',
    text: 'After a reload the pay button finds its payment again by its Idempotency-Key.',
  },
  'widget>server POST /payments/{id}/cancel': {
    title: 'The shopper gives up',
    text: 'The server first asks the provider: a payment that went through is not cancelled by closing a window.',
  },
  'server>provider GooglePayPurchase': {
    chapter: 'charge',
    title: 'Charge the card in this token',
    text: 'The server signs merchant, order, amount and description with its secret, and passes Google’s token on unread: only the provider can open it.',
  },
  'server>provider Purchase': {
    chapter: 'charge',
    title: 'Open a payment page for this order',
    text: 'The server signs the order and says where the shopper should come back to. The answer is the page’s address.',
  },
  'server>provider Complete3DS': {
    chapter: 'finish',
    title: 'Here is the bank’s answer: finish the payment',
    text: 'The server hands on what the bank sent back. The provider asks the bank’s side whether it is genuine, and charges only then.',
  },
  'server>provider check': {
    chapter: 'finish',
    title: 'What became of this payment?',
    text: 'A question that moves no money. It can be repeated as often as needed.',
  },
  'server>provider reverse': {
    title: 'Give the money back',
    text: 'The whole amount of a finished payment is returned to the card.',
  },
  'server>provider auth': {
    chapter: 'charge',
    title: 'Log in at GlobalPay',
    text: 'User and password give an access token for some minutes. It serves many payments, so it belongs to none.',
  },
  'server>provider create': {
    chapter: 'charge',
    title: 'Open a payment page for this order',
    text: 'The server registers amount, items for the tax receipt and the ways back. The answer is the address of GlobalPay’s page.',
  },
  'server>provider status': {
    chapter: 'finish',
    title: 'What became of this payment?',
    text: 'A question that moves no money. Only this answer decides; the shopper’s way back proves nothing.',
  },
  'provider>server callback': {
    chapter: 'finish',
    title: 'The provider calls back',
    text: 'A hint that something happened. It could be forged, late or lost, so the server takes it as a reason to ask.',
  },
};

/**
 * @param {Message} message
 * @returns {{ title: string, text: string, chapter?: ChapterName }}
 */
export function explain({ from, to, operation }) {
  return MESSAGES[`${from}>${to} ${operation}`] ?? { title: operation, text: '' };
}
