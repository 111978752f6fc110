import { executeServerCommand } from '@web/test-runner-commands';

/** In Playwright's words. */
export interface Media {
  media?: 'print' | 'screen';
  colorScheme?: 'light' | 'dark';
  reducedMotion?: 'reduce' | 'no-preference';
  forcedColors?: 'active' | 'none';
}

const NATURAL: Media = {
  media: 'screen',
  colorScheme: 'light',
  reducedMotion: 'no-preference',
  forcedColors: 'none',
};

/** The rules that were made to hold for everybody, and what they said before. */
let reworded: { media: MediaList; mediaText: string }[] = [];

/** A shopper with these settings of the device, before this element. `naturalMedia` takes them back. */
export async function emulateMedia({ shadowRoot }: Element, media: Media): Promise<void> {
  const sheets = [...shadowRoot!.adoptedStyleSheets];
  // What an engine cannot be told: there the element's own rules for it are made to hold for everybody.
  for (const query of await tell(media)) reword(sheets, query);
  // WebKitGTK 2.50 looks at the device again only for style sheets that are new to the page.
  shadowRoot!.adoptedStyleSheets = sheets;
}

export async function naturalMedia(): Promise<void> {
  for (const { media, mediaText } of reworded) media.mediaText = mediaText;
  reworded = [];
  await tell(NATURAL);
}

/** Changes what media queries see, and waits until they do. Answers with the queries that this engine cannot be told. */
async function tell(media: Media): Promise<string[]> {
  const { without } = await executeServerCommand<{ without: string[] }, Media>('media', media);
  const queries = Object.entries(queriesOf(media));
  for (const [name, query] of queries) {
    if (without.includes(name)) continue;
    while (!matchMedia(query).matches) await new Promise(requestAnimationFrame);
  }
  return queries.filter(([name]) => without.includes(name)).map(([, query]) => query);
}

function queriesOf({ media, colorScheme, reducedMotion, forcedColors }: Media): Record<string, string> {
  return {
    ...(media && { media }),
    ...(colorScheme && { colorScheme: `(prefers-color-scheme: ${colorScheme})` }),
    ...(reducedMotion && { reducedMotion: `(prefers-reduced-motion: ${reducedMotion})` }),
    ...(forcedColors && { forcedColors: `(forced-colors: ${forcedColors})` }),
  };
}

function reword(sheets: readonly CSSStyleSheet[], query: string): void {
  const found = sheets
    .flatMap(({ cssRules }) => [...cssRules])
    .filter((rule) => rule instanceof CSSMediaRule)
    .map(({ media }) => ({ media, mediaText: media.mediaText }))
    .filter(({ mediaText }) => mediaText === query);
  if (found.length === 0) throw new Error(`The element has no rules for ${query}`);
  for (const { media } of found) media.mediaText = 'all';
  reworded.push(...found);
}
