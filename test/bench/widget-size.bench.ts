import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { Bench } from './bench.js';

const BUDGET = 22_000;
const WANTED = 15_000;

/** The first that fits has it. */
const PARTS: readonly (readonly [part: string, file: RegExp])[] = [
  ['Lit', /node_modules/],
  ['words in four languages', /src\/i18n\//],
  ['style sheets', /\.styles\.ts$/],
  ['pay-button', /src\/elements\/(pay-button|checkout-view|google-look|events|words)/],
  ['pay-status', /src\/elements\/pay-status/],
  ['threeds-frame', /src\/(elements\/threeds|threeds\/)/],
  ['the checkout behind the button', /src\/(checkout|contract)\//],
  ['Google Pay', /src\/google-pay\//],
  ['the rest', /^/],
];

/** What the classic script weighs and why, and which parts would have to go to make it as small as we should like. */
export const bench: Bench = {
  title: 'the classic script in bytes: each part minified, and what gzip saves by leaving it out',
  async run() {
    const script = readFileSync('dist/pay-elements.js', 'utf8');
    const texts = await partsOf(script);
    const whole = gzip(script);
    const parts = [...texts].map(([part, text]) => ({
      part,
      minified: text.length,
      gzip: whole - gzip(without(texts, [part])),
    }));
    parts.sort((a, b) => b.gzip - a.gzip);

    const rows = parts.map((row, index) => {
      const gone = parts.slice(0, index + 1).map(({ part }) => part);
      return { ...row, 'left without it and those above': gzip(without(texts, gone)) };
    });
    return {
      rows,
      figures: [
        { name: 'the script, gzip, bytes', value: whole, limit: BUDGET },
        { name: `bytes above the ${WANTED} that we should like`, value: whole - WANTED },
      ],
    };
  },
};

/** The characters of each part, in their order, by the script's own map. */
async function partsOf(script: string): Promise<Map<string, string>> {
  const payload = JSON.parse(readFileSync('dist/pay-elements.js.map', 'utf8')) as ConstructorParameters<typeof SourceMap>[0]; // prettier-ignore
  const map = new SourceMap(payload);
  const texts = new Map(PARTS.map(([part]) => [part, '']));
  for (const [line, text] of script.split('\n').entries()) {
    for (const [column, character] of [...text].entries()) {
      const entry = map.findEntry(line, column);
      const source = 'originalSource' in entry ? entry.originalSource : '';
      const part = PARTS.find(([, file]) => file.test(source))?.[0] ?? '';
      texts.set(part, texts.get(part) + character);
    }
  }
  return texts;
}

function without(texts: ReadonlyMap<string, string>, gone: readonly string[]): string {
  return [...texts].map(([part, text]) => (gone.includes(part) ? '' : text)).join('');
}

function gzip(text: string): number {
  return gzipSync(text, { level: 9 }).length;
}
