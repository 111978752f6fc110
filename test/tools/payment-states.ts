import { isFinal, TRANSITIONS, type PaymentStatus } from '../../src/contract/index.js';

// The picture of the states: boxes where this file puts them, arrows from the table in the contract and nowhere else.

/** Whose doing a change is: `provider` is its word, `clock` a time that has run out. */
type Cause = 'server' | 'provider' | 'shopper' | 'clock';

/**
 * How an arrow runs: `down` and `up` the column of the open states; `across` to the final ones, by these distances from
 * the middles of the boxes; `around` the open states on the left; `late` on the right, where the legend says by whom.
 */
type Way =
  | { way: 'down' | 'up' | 'around'; by: Cause }
  | { way: 'across'; leaves: number; arrives: number; by: Cause }
  | { way: 'late'; lane: 0 | 1 | 2; by: 'provider' };

const WIDTH = 380;
const HEIGHT = 540;
const BOX = 40;
/** The open states stand on the left, the final ones on the right; the other numbers are places of lines and labels. */
const LEFT = { x: 22, width: 126 };
const RIGHT = { x: 262, width: 86 };
const AROUND = 10;
const LATE = 357;
const LABELS = 216;

/** The middle of each box. */
const Y: Readonly<Record<PaymentStatus, number>> = {
  created: 64,
  processing: 186,
  requires_action: 372,
  failed: 122,
  approved: 204,
  declined: 296,
  cancelled: 410,
  expired: 498,
};

/** Has to name every change that the contract's table allows, and none besides. */
const WAYS: Readonly<Record<PaymentStatus, Partial<Record<PaymentStatus, Way>>>> = {
  created: {
    processing: { way: 'down', by: 'server' },
    cancelled: { way: 'around', by: 'shopper' },
    expired: { way: 'around', by: 'clock' },
  },
  processing: {
    requires_action: { way: 'down', by: 'provider' },
    failed: { way: 'across', leaves: -10, arrives: 0, by: 'provider' },
    approved: { way: 'across', leaves: 0, arrives: -10, by: 'provider' },
    declined: { way: 'across', leaves: 10, arrives: -10, by: 'provider' },
  },
  requires_action: {
    processing: { way: 'up', by: 'shopper' },
    approved: { way: 'across', leaves: -13, arrives: 10, by: 'provider' },
    declined: { way: 'across', leaves: -4, arrives: 10, by: 'provider' },
    cancelled: { way: 'across', leaves: 5, arrives: -10, by: 'shopper' },
    expired: { way: 'across', leaves: 14, arrives: -10, by: 'clock' },
  },
  approved: {},
  declined: { approved: { way: 'late', lane: 0, by: 'provider' } },
  cancelled: { approved: { way: 'late', lane: 1, by: 'provider' } },
  expired: { approved: { way: 'late', lane: 2, by: 'provider' } },
  failed: {},
};

/** The picture as SVG text. Throws where the contract's table and WAYS differ. */
export function drawPaymentStates(transitions: typeof TRANSITIONS = TRANSITIONS): string {
  const statuses = Object.keys(transitions) as PaymentStatus[];
  const drawn = statuses.flatMap((from) => Object.keys(WAYS[from]).map((to) => `${from} → ${to}`));
  const allowed = statuses.flatMap((from) => transitions[from].map((to) => `${from} → ${to}`));
  const odd = [...new Set([...drawn, ...allowed])].filter(
    (change) => !drawn.includes(change) || !allowed.includes(change),
  );
  if (odd.length > 0) throw new Error(`the picture and the table differ: ${odd.join(', ')}`);

  const arrows = statuses.flatMap((from) =>
    transitions[from].map((to) => arrow(from, to, WAYS[from][to] as Way)),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="${Math.round((480 / WIDTH) * HEIGHT)}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title desc">
<title id="title">How a payment moves</title>
<desc id="desc">${describe(statuses, transitions)}</desc>
${STYLE}
<defs>${head('head')}${head('late-head')}</defs>
<rect class="page" width="${WIDTH}" height="${HEIGHT}" rx="12"/>
<circle class="start" cx="${LEFT.x + LEFT.width / 2}" cy="18" r="6"/>
<path class="line" d="M${LEFT.x + LEFT.width / 2} 18V${Y.created - BOX / 2 - 1}" marker-end="url(#head)"/>
${arrows.map(({ line }) => line).join('\n')}
${statuses.map(box).join('\n')}
${arrows.map(({ label }) => label).join('\n')}
${LEGEND}
</svg>
`;
}

function box(status: PaymentStatus): string {
  const { x, width } = isFinal(status) ? RIGHT : LEFT;
  const y = Y[status] - BOX / 2;
  const kind = isFinal(status) ? `final ${status}` : 'open';
  const inner = isFinal(status)
    ? `<rect class="inner" x="${x + 3}" y="${y + 3}" width="${width - 6}" height="${BOX - 6}" rx="6"/>`
    : '';
  return `<g class="${kind}"><rect x="${x}" y="${y}" width="${width}" height="${BOX}" rx="9"/>${inner}<text class="status" x="${x + width / 2}" y="${Y[status] + 4.5}">${status}</text></g>`;
}

/** The line of a change and, to stand above all lines and boxes, its label. */
function arrow(from: PaymentStatus, to: PaymentStatus, how: Way): { line: string; label: string } {
  const middle = LEFT.x + LEFT.width / 2;
  const [start, end] = [Y[from], Y[to]];
  const right = LEFT.x + LEFT.width;
  const tip = RIGHT.x - 1;
  switch (how.way) {
    case 'down':
    case 'up': {
      const [sign, x] = how.way === 'down' ? [1, middle - 28] : [-1, middle + 28];
      const line = `M${x} ${start + (sign * BOX) / 2}V${end - sign * (BOX / 2 + 1)}`;
      return { line: path(line), label: label(x, (start + end) / 2, how.by) };
    }
    case 'across': {
      const [y1, y2] = [start + how.leaves, end + how.arrives];
      const bend = LABELS - 28;
      const line = `M${right} ${y1}C${right + 24} ${y1} ${bend - 24} ${y2} ${bend} ${y2}H${tip}`;
      return { line: path(line), label: label(LABELS, y2, how.by) };
    }
    case 'around': {
      const y = end + 10;
      const line = `M${LEFT.x} ${start}Q${AROUND} ${start} ${AROUND} ${start + 14}V${y - 14}Q${AROUND} ${y} ${AROUND + 14} ${y}H${tip}`;
      return { line: path(line), label: label(LABELS, y, how.by) };
    }
    case 'late': {
      const edge = RIGHT.x + RIGHT.width;
      const [x, y] = [LATE + how.lane * 6, end + 9 - how.lane * 9];
      const line = `M${edge} ${start}Q${x} ${start} ${x} ${start - 8}V${y + 8}Q${x} ${y} ${edge + 1} ${y}`;
      return { line: path(line, 'late'), label: '' };
    }
  }
}

function path(d: string, kind?: 'late'): string {
  const marker = kind ? 'late-head' : 'head';
  return `<path class="${kind ?? 'line'}" d="${d}" marker-end="url(#${marker})"/>`;
}

function label(x: number, y: number, text: string): string {
  const width = text.length * 6.2 + 8;
  return `<g class="label"><rect x="${x - width / 2}" y="${y - 8}" width="${width}" height="16" rx="4"/><text x="${x}" y="${y + 4}">${text}</text></g>`;
}

function head(id: string): string {
  return `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="${id}" d="M0 .5 8 4 0 7.5z"/></marker>`;
}

function describe(statuses: readonly PaymentStatus[], transitions: typeof TRANSITIONS): string {
  return statuses
    .map((from) => {
      const ways = transitions[from].map((to) => `${to} (${WAYS[from][to]?.by})`);
      return `${from}${isFinal(from) ? ', final' : ''}: ${ways.join(', ') || 'nothing follows'}.`;
    })
    .join(' ');
}

const LEGEND = `<g class="legend">
<rect class="inner" x="201" y="15" width="24" height="14" rx="4"/><rect class="inner" x="203.5" y="17.5" width="19" height="9" rx="2"/><text x="232" y="26.5">final: the page is told</text>
<path class="late" d="M200 45H224" marker-end="url(#late-head)"/><text x="232" y="49.5">late: found out by</text><text x="232" y="65">asking the provider</text>
</g>`;

const STYLE = `<style>
svg { --page: #fff; --ink: #1f2328; --soft: #59636e; --line: #6e7781; --open: #eef4ff; --edge: #3867c8; --end: #f6f8fa; --yes: #e3f5e8; --good: #1a7f37; --late: #9a6700; }
@media (prefers-color-scheme: dark) {
  svg { --page: #10151c; --ink: #e6edf3; --soft: #a8b3bf; --line: #8b949e; --open: #15233d; --edge: #78a2ff; --end: #1c232c; --yes: #12301d; --good: #4ac26b; --late: #dba520; }
}
text { font: 12px system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; fill: var(--soft); }
.status { font: 600 12.5px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: var(--ink); }
.status, .label text { text-anchor: middle; }
.page, .label rect { fill: var(--page); }
.start, .head { fill: var(--line); }
.late-head { fill: var(--late); }
.line { fill: none; stroke: var(--line); stroke-width: 1.4; }
.late { fill: none; stroke: var(--late); stroke-width: 1.4; stroke-dasharray: 5 3; }
.open rect { fill: var(--open); stroke: var(--edge); stroke-width: 1.4; }
.final rect { fill: var(--end); stroke: var(--soft); stroke-width: 1.2; }
.approved rect { fill: var(--yes); stroke: var(--good); }
.legend .inner { fill: none; stroke: var(--soft); stroke-width: 1.1; }
</style>`;
