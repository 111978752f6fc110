// @ts-check
// What a payment is about and how it stands, read off its messages.

/** @typedef {import('./payments.js').Message} Message */
/** @typedef {import('./payments.js').Payment} Payment */
/** @typedef {{ word: string, tone: 'good' | 'bad' | 'open' | 'doubt' }} Standing */
/**
 * @typedef {object} Summary
 * @property {string} provider
 * @property {string} amount `125.00 UAH`, or nothing where no message says it.
 * @property {string} reference The order, or the provider's name for the payment.
 * @property {Standing} standing
 * @property {string[]} faults Those that were ordered for its messages.
 */

const PROVIDERS = { procard: 'ProcardPay', globalpay: 'GlobalPay' };

/** Faults of which nothing arrives, or nothing that can be read. The journal keeps what the provider meant to say. */
const SILENT = new Set(['down', 'no_answer', 'answer_lost', 'reset']);
const UNREADABLE = new Set(['html', 'http_500', 'truncated_json', 'wrong_types']);

/** @type {Record<string, Standing>} */
const STANDINGS = {
  approved: { word: 'Paid', tone: 'good' },
  declined: { word: 'Declined', tone: 'bad' },
  failed: { word: 'Failed', tone: 'bad' },
  cancelled: { word: 'Cancelled', tone: 'bad' },
  expired: { word: 'Expired', tone: 'bad' },
  refunded: { word: 'Given back', tone: 'good' },
  processing: { word: 'Being checked', tone: 'doubt' },
  requires_action: { word: 'Waits for the shopper', tone: 'open' },
  'waiting-auth': { word: 'Waits for the bank', tone: 'open' },
  '3ds': { word: 'Waits for the bank', tone: 'open' },
  init: { word: 'Waits for the shopper', tone: 'open' },
  new: { word: 'Waits for the shopper', tone: 'open' },
};

/**
 * @param {Payment} payment
 * @returns {Summary}
 */
export function summaryOf({ messages }) {
  const provider = messages.find((message) => message.provider)?.provider;
  const fields = messages.flatMap(({ sent, answer }) => [recordOf(sent), recordOf(answer)]);
  return {
    provider: provider ? PROVIDERS[provider] : '',
    amount: fields.map(amountIn).find(Boolean) ?? '',
    reference: fields.map(referenceIn).find(Boolean) ?? '',
    standing: standingOf(messages),
    faults: messages.flatMap(({ fault }) => fault ?? []),
  };
}

/**
 * What the latest message that knows says. Why a payment came to nothing, the merchant's server says more exactly than
 * GlobalPay, whose one word for it is FAILED.
 * @param {Message[]} messages
 * @returns {Standing}
 */
function standingOf(messages) {
  const latest = messages.map(standingIn).findLast(Boolean) ?? { word: 'Not begun', tone: 'open' };
  if (latest.tone !== 'bad') return latest;
  const merchants = messages.filter(({ from }) => from === 'widget').map(standingIn);
  return merchants.findLast((standing) => standing?.tone === 'bad') ?? latest;
}

/**
 * Whether the sender waits for an answer in vain. Events and notes have none to wait for.
 * @param {Message} message
 */
export function isLost({ from, to, status, fault }) {
  const waits = from === 'server' || (to === 'server' && from !== 'bank');
  return waits && (status === null || (fault !== undefined && SILENT.has(fault)));
}

/**
 * Whether what arrived says nothing.
 * @param {Message} message
 */
export function isUnreadable({ fault }) {
  return fault !== undefined && UNREADABLE.has(fault);
}

/**
 * The state that an answer gives: `approved`, `waiting-auth`, `init`. What a callback says is none: it may be forged.
 * @param {Message} message
 */
export function stateIn(message) {
  if (isLost(message) || isUnreadable(message)) return undefined;
  const fields = recordOf(message.operation === 'pay-result' ? message.sent : message.answer);
  const state = fields['transactionStatus'] ?? fields['status'];
  return typeof state === 'string' ? state.toLowerCase() : undefined;
}

/**
 * @param {Message} message
 * @returns {Standing | undefined}
 */
function standingIn(message) {
  if (message.operation === 'pay-begin') return { word: 'Begun', tone: 'open' };
  if (message.operation === 'pay-dismissed') return { word: 'Closed by the shopper', tone: 'open' };
  if (message.to === 'provider' && (isLost(message) || isUnreadable(message)))
    return { word: 'In doubt', tone: 'doubt' };
  const state = stateIn(message);
  return state === undefined ? undefined : STANDINGS[state];
}

/**
 * `125.00 UAH`, from what the merchant API, ProcardPay or GlobalPay was sent.
 * @param {Record<string, unknown>} fields
 */
export function amountIn(fields) {
  const { amount, currency_iso, requestFields } = fields;
  if (typeof amount === 'string' && typeof currency_iso === 'string') return `${amount} ${currency_iso}`;
  if (typeof fields['money.minor'] === 'number') {
    return `${(fields['money.minor'] / 100).toFixed(2)} ${String(fields['money.currency'])}`;
  }
  if (!Array.isArray(requestFields)) return undefined;
  const named = Object.fromEntries(requestFields.map(({ name, value }) => [name, value]));
  return `${(Number(named['amount']) / 100).toFixed(2)} ${String(named['currency'])}`;
}

/** @param {Record<string, unknown>} fields */
function referenceIn({ orderId, order_id, externalId, orderReference }) {
  const reference = orderId ?? order_id ?? externalId ?? orderReference;
  return typeof reference === 'string' ? reference : undefined;
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
export function recordOf(value) {
  return typeof value === 'object' && value !== null ? /** @type {Record<string, unknown>} */ (value) : {};
}
