import { readFileSync } from 'node:fs';

export const DOCUMENT = readFileSync(new URL('../../../../SANDBOX.md', import.meta.url), 'utf8');

export interface Block {
  language: string;
  code: string;
}

/** The fenced blocks, in order. */
export const BLOCKS: readonly Block[] = Array.from(
  DOCUMENT.matchAll(/^```(\w+)\n(.*?)^```$/gms),
  ([, language = '', code = '']) => ({ language, code }),
);

/** The shell blocks that have an expected output beside them: the walk, to be run in one shell. */
export const STEPS = BLOCKS.flatMap(({ language, code }, index) => {
  const next = BLOCKS[index + 1];
  return language === 'sh' && next?.language === 'text' ? [{ code, expected: next.code }] : [];
});

/** The cells of the table with this first line, without the backticks and stars of its markup. */
export function rowsOf(...header: string[]): string[][] {
  const cellsOf = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const lines = DOCUMENT.split('\n');
  const top = lines.findIndex((line) => line.startsWith('|') && cellsOf(line).join() === header.join());
  if (top < 0) throw new Error(`SANDBOX.md has no table with ${header.join(', ')}`);
  const end = lines.findIndex((line, index) => index > top && !line.startsWith('|'));
  return lines.slice(top + 2, end).map(cellsOf);
}
