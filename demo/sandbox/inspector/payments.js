// @ts-check
// Which messages belong to one payment. Runs in the browser and in the sandbox.

/** @typedef {import('../journal.js').JournalEntry} Message */
/**
 * @typedef {object} Payment
 * @property {number} key The id of its first message.
 * @property {Message[]} messages In the order in which they were sent.
 */

/** A server logs in before it asks; its login names no payment. */
const LEAD_MS = 2_000;

/**
 * Messages that share a name, directly or through others, are one payment. A message about nobody, such as a login,
 * is shown with each payment in whose time it falls. The newest payment comes first; what belongs to none comes last.
 * @param {readonly Message[]} messages
 * @returns {Payment[]}
 */
export function paymentsOf(messages) {
  const leaders = leadersOf(messages);
  /** @type {Map<string, Message[]>} */
  const groups = new Map();
  for (const message of messages) {
    const [name] = message.about;
    if (name === undefined) continue;
    const leader = leaderOf(leaders, name);
    groups.set(leader, [...(groups.get(leader) ?? []), message]);
  }
  const nobodys = messages.filter(({ about }) => about.length === 0);
  const payments = [...groups.values()].map((own) => ({
    key: Math.min(...own.map(({ id }) => id)),
    messages: inOrder([...own, ...nobodys.filter((message) => fallsInto(own, message))]),
  }));
  payments.sort((a, b) => b.key - a.key);
  const left = nobodys.filter((message) => !payments.some((payment) => payment.messages.includes(message)));
  const [first] = left;
  return first ? [...payments, { key: first.id, messages: inOrder(left) }] : payments;
}

/**
 * The payment that a message belongs to. Its key may have been another before its messages were known to be one.
 * @param {readonly Payment[]} payments
 * @param {number} id
 */
export function paymentWith(payments, id) {
  return (
    payments.find(({ key }) => key === id) ??
    payments.find(({ messages }) => messages.some((message) => message.id === id))
  );
}

/**
 * Every name, and another one that it belongs with; at the end of each such way stands a name that is its own.
 * @param {readonly Message[]} messages
 */
function leadersOf(messages) {
  /** @type {Map<string, string>} */
  const leaders = new Map();
  for (const { about } of messages) {
    for (const name of about) leaders.set(leaderOf(leaders, name), leaderOf(leaders, about[0] ?? name));
  }
  return leaders;
}

/**
 * @param {Map<string, string>} leaders
 * @param {string} name
 * @returns {string}
 */
function leaderOf(leaders, name) {
  const next = leaders.get(name) ?? name;
  return next === name ? name : leaderOf(leaders, next);
}

/**
 * @param {Message[]} own
 * @param {Message} message
 */
function fallsInto(own, message) {
  const times = own.map(({ at }) => Date.parse(at));
  const at = Date.parse(message.at);
  const isOfItsProvider =
    message.provider === undefined || own.some(({ provider }) => provider === message.provider);
  return isOfItsProvider && at >= Math.min(...times) - LEAD_MS && at <= Math.max(...times);
}

/** @param {Message[]} messages */
function inOrder(messages) {
  return messages.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.id - b.id);
}
