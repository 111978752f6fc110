import { format, resolveConfig } from 'prettier';

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** How one engine fared. Without a version it could not be started, and `missing` says why. */
export type Row = { readonly title: string } & (
  | {
      readonly version: string;
      readonly elements: Count;
      readonly journeys: Count;
      readonly without: string;
    }
  | { readonly version?: undefined; readonly missing: string }
);

const MARKED = /(?<=<!-- engines -->\n).*(?=<!-- \/engines -->)/s;

/** The rows as a Markdown table. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [
    ['engine', 'version', 'element tests', 'journeys', 'cannot be pretended'],
    ['---', '---', '---', '---', '---'],
    ...rows.map((row) =>
      row.version === undefined
        ? [row.title, 'missing', 'not run', 'not run', row.missing]
        : [row.title, row.version, counted(row.elements), counted(row.journeys), row.without],
    ),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** The README with these rows between its marks, laid out as the project lays out Markdown. */
export async function withTable(readme: string, rows: readonly Row[]): Promise<string> {
  if (!MARKED.test(readme)) throw new Error('README.md has lost its <!-- engines --> marks');
  const text = readme.replace(MARKED, () => `\n${tableOf(rows)}\n`);
  return format(text, { ...(await resolveConfig('README.md')), parser: 'markdown' });
}

function counted({ passed, failed }: Count): string {
  return `${passed} passed, ${failed} failed`;
}
