// @ts-check
// A payment as one SVG picture that needs nothing else: for a report, a ticket, a printed page.
import { PARTIES } from './explanations.js';
import { verdictsOf } from './story.js';

/** @typedef {import('./story.js').Line} Line */
/** @typedef {import('./story.js').Party} Party */
/**
 * @typedef {object} Layout
 * @property {number} width
 * @property {number} lanesEnd Where the words beside the lanes begin.
 * @property {(party: Party) => number} laneOf
 */

const TIME = 84;
const LANES = 800;
const WORDS = 330;
const MARGIN = 16;
const LEADING = 16;
/** Characters that fit, reckoned generously: nobody knows which font will be there. */
const WORDS_FIT = 44;
const CHAPTER_FIT = 140;

const STYLE = `text { font: 12px system-ui, sans-serif; fill: #1c2230; }
.title { font-size: 18px; font-weight: 700; } .chapter { font-size: 14px; font-weight: 700; }
.bold { font-weight: 700; } .quiet { fill: #566074; } .good { fill: #19653a; }
.bad { fill: #a8241c; font-weight: 700; } .doubt { fill: #855000; font-weight: 700; }
.end { text-anchor: end; } .middle { text-anchor: middle; }
.life { stroke: #cdd3df; } .head { fill: #fff; stroke: #b9c1d0; } circle { fill: #566074; } .sheet { fill: #f6f7fa; }
path { stroke-width: 2; fill: none; } .answer { stroke-dasharray: 6 5; } .lost { stroke: #a8241c; }
.page, .widget, .google { stroke: #0f6a72; } .server { stroke: #2a52be; } .provider { stroke: #7239b3; } .bank { stroke: #9a4a00; }`;

/**
 * @param {import('./standing.js').Summary} summary
 * @param {{ parties: Party[], lines: Line[] }} story
 * @returns {string}
 */
export function pictureOf({ provider, amount, reference, standing }, { parties, lines }) {
  const lane = LANES / parties.length;
  const lanesEnd = TIME + LANES;
  const width = lanesEnd + WORDS;
  /** @param {Party} party */
  const laneOf = (party) => TIME + (parties.indexOf(party) + 0.5) * lane;
  const layout = { width, lanesEnd, laneOf };
  let y = 104;
  const rows = lines.map((line) => {
    const chapter = chapterHead(line, y, layout);
    const row = rowOf(line, chapter.end, layout);
    y = row.end;
    return chapter.markup + row.markup;
  });
  const heads = parties.map((party) => {
    const x = laneOf(party);
    const name = party === 'provider' && provider ? provider : PARTIES[party];
    return (
      `<path class="life" d="M${x} 92V${y}"/>` +
      `<rect class="head" x="${x - lane / 2 + 4}" y="66" width="${lane - 8}" height="26" rx="6"/>` +
      text(x, 83, name, 'middle bold')
    );
  });
  const title = [amount, reference, provider].filter(Boolean).join(' · ');
  const height = y + MARGIN;
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>${escaped(`${title}: ${standing.word}`)}</title>
<style>${STYLE}</style>
<rect class="sheet" width="${width}" height="${height}"/>
${text(MARGIN, 30, title, 'title')}
${text(MARGIN, 50, standing.word, 'quiet')}
${heads.join('\n')}
${rows.join('\n')}
</svg>
`;
}

/**
 * @param {Line} line
 * @param {number} top
 * @param {Layout} layout
 */
function chapterHead({ chapter }, top, { width }) {
  if (!chapter) return { markup: '', end: top };
  const said = wrapped(chapter.text, CHAPTER_FIT);
  const height = 34 + said.length * LEADING;
  const markup =
    `<rect class="sheet" x="0" y="${top + 8}" width="${width}" height="${height - 4}"/>` +
    text(MARGIN, top + 28, chapter.title, 'chapter') +
    column(MARGIN, top + 46, said, 'quiet');
  return { markup, end: top + height };
}

/**
 * @param {Line} line
 * @param {number} top
 * @param {Layout} layout
 */
function rowOf(line, top, { lanesEnd, laneOf }) {
  const { kind, from, to, lost, reply, offsetMs, text: words, problem } = line;
  const [start, end] = [laneOf(from), laneOf(to)];
  const isLate = (start + end) / 2 > TIME + LANES / 2;
  const x = isLate ? Math.max(start, end) - 8 : Math.min(start, end) + 8;
  const side = isLate ? 'end' : '';
  const first = top + 20;
  let y = first;
  let markup = text(TIME - 12, y, `+${Math.round(offsetMs)} ms`, 'quiet end');
  markup += text(x, y, titleOf(line), kind === 'note' ? `quiet ${side}` : `bold ${side}`);
  for (const { passed, text: verdict } of kind === 'answers' ? [] : verdictsOf(line.message)) {
    markup += text(x, (y += LEADING), verdict, `${passed ? 'good' : 'bad'} ${side}`);
  }
  if (kind === 'note') markup += `<circle cx="${start}" cy="${y - 4}" r="4"/>`;
  else markup += arrow(start, end, (y += 9), { speaker: from, isAnswer: kind === 'answers', lost });
  if (reply) {
    markup += text(x, (y += 18), `${lost ? '✗' : '↩'} ${reply}`, `${lost ? 'bad' : 'quiet'} ${side}`);
    markup += arrow(end, start, (y += 9), { speaker: to, isAnswer: true, lost });
  }
  const said = wrapped(words, WORDS_FIT);
  const faults = wrapped(problem && `Fault: ${problem}`, WORDS_FIT);
  markup += column(lanesEnd + MARGIN, first, said, 'quiet');
  markup += column(lanesEnd + MARGIN, first + said.length * LEADING, faults, 'doubt');
  return { markup, end: Math.max(y + 8, first + (said.length + faults.length - 1) * LEADING + 6) };
}

/** @param {Line} line */
function titleOf({ title, kind, message: { operation }, times }) {
  const name = (kind === 'asks' || kind === 'both') && title !== operation ? ` (${operation})` : '';
  return `${title}${name}${times > 1 ? ` ×${times}` : ''}`;
}

/**
 * An answer that is lost ends half-way, in a cross.
 * @param {number} start
 * @param {number} end
 * @param {number} y
 * @param {{ speaker: Party, isAnswer: boolean, lost: boolean }} kind
 */
function arrow(start, end, y, { speaker, isAnswer, lost }) {
  const dashes = isAnswer ? ' answer' : '';
  if (isAnswer && lost) {
    const middle = (start + end) / 2;
    const cross = `M${middle - 5} ${y - 5}l10 10m0 -10l-10 10`;
    return `<path class="lost${dashes}" d="M${start} ${y}H${middle}"/><path class="lost" d="${cross}"/>`;
  }
  const back = Math.sign(start - end) * 9;
  const head = `M${end + back} ${y - 5}L${end} ${y}L${end + back} ${y + 5}`;
  return `<path class="${speaker}${dashes}" d="M${start} ${y}H${end}"/><path class="${speaker}" d="${head}"/>`;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string[]} lines
 * @param {string} names
 */
function column(x, y, lines, names) {
  return lines.map((line, index) => text(x, y + index * LEADING, line, names)).join('');
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} content
 * @param {string} names
 */
function text(x, y, content, names) {
  return `<text x="${x}" y="${y}" class="${names.trim()}">${escaped(content)}</text>`;
}

/**
 * @param {string} content
 * @param {number} limit
 */
function wrapped(content, limit) {
  /** @type {string[]} */
  const lines = [];
  for (const word of content.split(' ').filter(Boolean)) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && longer.length <= limit) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * Without the characters that no XML may hold, and with those escaped that mean something in it.
 * @param {string} content
 */
function escaped(content) {
  return content
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
