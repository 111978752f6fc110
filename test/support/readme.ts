import { readFileSync } from 'node:fs';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The README's code blocks in this language, in order. */
export function snippets(language: string): string[] {
  const blocks = README.matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...blocks].filter(([, name]) => name === language).map(([, , code = '']) => code);
}

/** The only block of the language that holds this text; throws where there is none, or more than one. */
export function snippet(language: string, holding: string): string {
  const found = snippets(language).filter((code) => code.includes(holding));
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`README.md has ${found.length} ${language} blocks with "${holding}"`);
  return found[0];
}
