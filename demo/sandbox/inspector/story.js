// @ts-check
// A payment's messages as the lines of a picture: what is drawn, in which order, and what is said beside it. The page
// and the exported picture are drawn from the same lines.
import { CHAPTERS, explain, STATES } from './explanations.js';
import { amountIn, isLost, isUnreadable, recordOf, stateIn } from './standing.js';

/** @typedef {import('./payments.js').Message} Message */
/** @typedef {import('./payments.js').Payment} Payment */
/** @typedef {Message['from']} Party */
/** @typedef {Record<string, { what: string }>} FaultWords */
/**
 * @typedef {object} Line
 * @property {string} key
 * @property {'both' | 'asks' | 'answers' | 'event' | 'note'} kind `both`: nothing happens between question and answer.
 * @property {Message} message
 * @property {Party} from
 * @property {Party} to
 * @property {number} offsetMs Since the payment's first message.
 * @property {string} title
 * @property {string} text What it is for.
 * @property {string} reply Of `both` and `answers`: what the answer says.
 * @property {boolean} lost No answer arrives.
 * @property {number} times How often the same question got the same answer.
 * @property {string} problem What the sandbox was ordered to spoil.
 * @property {{ title: string, text: string }} [chapter] Begins with this line.
 */

const PARTY_ORDER = /** @type {const} */ (['page', 'widget', 'google', 'server', 'provider', 'bank']);

const UNNAMED = 'It names no payment, and is shown with each in whose time it falls.';

/** Questions that may be asked again and again. */
const QUESTIONS = new Set(['GET /payments/{id}', 'check', 'status']);

/**
 * @param {Payment} payment
 * @param {FaultWords} faults
 * @returns {{ parties: Party[], lines: Line[] }}
 */
export function storyOf({ messages }, faults) {
  const start = Math.min(...messages.map(startOf));
  const folded = fold(messages);
  const moments = folded.flatMap(momentsOf).sort(inOrder);
  const lines = join(moments).map(({ message, kind, time, times }) => ({
    ...wordsOf(message, kind, faults),
    key: `${message.id} ${kind}`,
    kind,
    message,
    from: kind === 'answers' ? message.to : message.from,
    to: kind === 'answers' ? message.from : message.to,
    offsetMs: time - start,
    lost: isLost(message),
    times,
  }));
  const spoken = new Set(messages.flatMap(({ from, to }) => [from, to]));
  return { parties: PARTY_ORDER.filter((party) => spoken.has(party)), lines: withChapters(lines) };
}

/** @typedef {{ message: Message, times: number }} Folded */
/** @typedef {Folded & { kind: Line['kind'], time: number }} Moment */

/**
 * A question that gets the answer it got before tells nothing new.
 * @param {Message[]} messages
 */
function fold(messages) {
  /** @type {Map<string, Folded & { state: string | undefined }>} */
  const latest = new Map();
  /** @type {Folded[]} */
  const folded = [];
  for (const message of messages) {
    const known = latest.get(`${message.from} ${message.operation}`);
    const state = stateIn(message);
    if (known && state !== undefined && known.state === state) {
      known.times += 1;
      continue;
    }
    const first = { message, state, times: 1 };
    if (QUESTIONS.has(message.operation)) latest.set(`${message.from} ${message.operation}`, first);
    folded.push(first);
  }
  return folded;
}

/**
 * @param {Folded} folded
 * @returns {Moment[]}
 */
function momentsOf(folded) {
  const { message } = folded;
  const time = startOf(message);
  const { from, to, status, answer, tookMs } = message;
  if (from === to) return [{ ...folded, kind: 'note', time }];
  if (status === null && answer === null && !isLost(message)) return [{ ...folded, kind: 'event', time }];
  // A page that sends the browser on is followed by where it went.
  if (status !== null && status >= 300 && status < 400) return [{ ...folded, kind: 'event', time }];
  if (from === 'page' || tookMs === 0) return [{ ...folded, kind: 'both', time }];
  return [
    { ...folded, kind: 'asks', time },
    { ...folded, kind: 'answers', time: time + tookMs },
  ];
}

/**
 * Within one millisecond answers come first, and then browsers make servers speak, and servers providers. A message's
 * number is given when it is over.
 * @param {Moment} a
 * @param {Moment} b
 */
function inOrder(a, b) {
  return a.time - b.time || rankOf(a) - rankOf(b) || a.message.id - b.message.id;
}

/** @param {Moment} moment */
function rankOf({ kind, message }) {
  return kind === 'answers' ? -1 : PARTY_ORDER.indexOf(message.from);
}

/**
 * Draws a question and the answer that follows at once as one line.
 * @param {Moment[]} moments
 */
function join(moments) {
  return moments.flatMap((moment, index) => {
    if (moment.kind === 'answers' && moments[index - 1]?.message === moment.message) return [];
    return moment.kind === 'asks' && moments[index + 1]?.message === moment.message
      ? [{ ...moment, kind: /** @type {const} */ ('both') }]
      : [moment];
  });
}

/**
 * @param {Message} message
 * @param {Line['kind']} kind
 * @param {FaultWords} faults
 */
function wordsOf(message, kind, faults) {
  const { title, text } = explain(message);
  const note = message.about.length === 0 ? [UNNAMED] : [];
  const what = message.fault === undefined ? '' : (faults[message.fault]?.what ?? message.fault);
  const problem = what.replaceAll('`', '');
  if (kind === 'note') return { title: noteOf(message) || title, text, reply: '', problem };
  if (kind === 'answers') return { title: replyOf(message), text: '', reply: '', problem };
  const end = recordOf(message.sent)['status'];
  const outcome = kind === 'event' && typeof end === 'string' ? `: ${STATES[end] ?? end}` : '';
  return {
    title: title + outcome,
    text: [text, ...note].join(' '),
    reply: kind === 'both' ? replyOf(message) : '',
    problem,
  };
}

/**
 * The receiver's checks in short: how many are right, and each that is wrong.
 * @param {Message} message
 */
export function verdictsOf({ checks = [] }) {
  const wrong = checks.filter(({ passed }) => !passed);
  const right = checks.length - wrong.length;
  const count = right === 1 ? '✓ 1 check passed' : `✓ ${right} checks passed`;
  return [
    ...(right > 0 ? [{ passed: true, text: count }] : []),
    ...wrong.map(({ what }) => ({ passed: false, text: `✗ ${what}` })),
  ];
}

/** @param {Message} message */
function noteOf({ sent }) {
  const { phase, previous } = recordOf(sent);
  return phase === undefined ? '' : `${String(previous)} → ${String(phase)}`;
}

/** @param {Message} message */
function replyOf(message) {
  const { from, operation, status } = message;
  const answer = recordOf(message.answer);
  if (isLost(message)) return operation === 'callback' ? 'not delivered' : 'no answer arrives';
  if (isUnreadable(message)) return 'an answer that cannot be read';
  if (from === 'page')
    return String(answer['shows'] ?? (isRefusal(status) ? 'the page again: refused' : 'a page'));
  const state = stateIn(message);
  if (state !== undefined) return [STATES[state] ?? state, reasonIn(answer)].filter(Boolean).join(': ');
  return resultIn(answer) ?? (isRefusal(status) ? `HTTP ${status}` : 'OK');
}

/** @param {number | null} status */
function isRefusal(status) {
  return status !== null && status >= 400;
}

/**
 * What an answer without a payment's state gives.
 * @param {Record<string, unknown>} answer
 */
function resultIn(answer) {
  const { userRedirectUrl, url, code, message, methods, result, statusCode, paymentMethodData } = answer;
  if (typeof (userRedirectUrl ?? url) === 'string') return 'the page’s address';
  if (code !== undefined && code !== 0) return `refused: ${String(message ?? code)}`;
  if (typeof methods === 'string') return `${amountIn(answer)}, by ${methods.replace(', ', ' or ')}`;
  if (typeof result === 'boolean') return result ? 'yes' : 'no';
  if (typeof statusCode === 'string') return statusCode.toLowerCase();
  const card = recordOf(paymentMethodData)['description'];
  return typeof card === 'string' ? `${card}, sealed` : undefined;
}

/** @param {Record<string, unknown>} answer */
function reasonIn(answer) {
  const action = answer['action.type'];
  if (action === 'threeds') return 'the bank has to ask the cardholder';
  if (action === 'redirect') return 'pay on the provider’s page';
  const reason = answer['decline.reason'] ?? answer['error'];
  return typeof reason === 'string' ? reason.replaceAll('_', ' ') : '';
}

/**
 * A chapter begins where the first message of its kind stands, and none comes back once it is over.
 * @param {Line[]} lines
 */
function withChapters(lines) {
  /** @type {Set<string>} */
  const begun = new Set();
  let doubtful = false;
  for (const line of lines) {
    const name = doubtful && line.from === 'server' ? 'doubt' : chapterOf(line);
    if (line.message.to === 'provider' && line.kind !== 'asks') {
      doubtful = line.lost || isUnreadable(line.message);
    }
    if (name === undefined || begun.has(name)) continue;
    begun.add(name);
    line.chapter = CHAPTERS[name];
  }
  return lines;
}

/** @param {Line} line */
function chapterOf({ kind, message }) {
  const { chapter } = explain(message);
  if (kind === 'answers') return stateIn(message) === '3ds' ? 'bank' : undefined;
  const isOpen = ['init', 'new', 'waiting-auth'].includes(stateIn(message) ?? '');
  return isOpen ? undefined : chapter;
}

/** @param {Message} message */
function startOf({ at }) {
  return Date.parse(at);
}
