import { readFileSync } from 'node:fs';

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

export const README = read('README.md');
export const GUIDE = read('INTEGRATION.md');

/** The document's code blocks in this language, in order. */
export function snippets(language: string, document = README): string[] {
  const blocks = document.matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...blocks].filter(([, name]) => name === language).map(([, , code = '']) => code);
}

/** The only block of the language that holds this text; throws where there is none, or more than one. */
export function snippet(language: string, holding: string, document = README): string {
  const found = snippets(language, document).filter((code) => code.includes(holding));
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`the document has ${found.length} ${language} blocks with "${holding}"`);
  return found[0];
}
