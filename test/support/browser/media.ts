import { executeServerCommand } from '@web/test-runner-commands';

export interface Media {
  colorScheme?: 'light' | 'dark';
  reducedMotion?: 'reduce' | 'no-preference';
  forcedColors?: 'active' | 'none';
}

const FEATURES = {
  colorScheme: 'prefers-color-scheme',
  reducedMotion: 'prefers-reduced-motion',
  forcedColors: 'forced-colors',
} as const;
const FORCED_COLORS = '(forced-colors: active)';

let reworded: MediaList[] = [];

/** A shopper with these settings of the device, before this element. `naturalMedia` takes them back. */
export async function emulateMedia({ shadowRoot }: Element, media: Media): Promise<void> {
  const without = await tell(media);
  const sheets = [...shadowRoot!.adoptedStyleSheets];
  // No WebKit has forced colours: there the element's own rules for them are made to hold for everybody.
  if (media.forcedColors === 'active' && without.includes('forcedColors')) reword(sheets);
  // WebKitGTK 2.50 looks at the device again only for style sheets that are new to the page.
  shadowRoot!.adoptedStyleSheets = sheets;
}

export async function naturalMedia(): Promise<void> {
  for (const media of reworded) media.mediaText = FORCED_COLORS;
  reworded = [];
  await tell({ colorScheme: 'light', forcedColors: 'none', reducedMotion: 'no-preference' });
}

/** Changes what media queries see, and waits until they do. Answers with what this engine cannot be told. */
async function tell(media: Media): Promise<readonly string[]> {
  const { without } = await executeServerCommand<{ without: string[] }, Media>('media', media);
  for (const name of Object.keys(FEATURES) as (keyof Media)[]) {
    if (!media[name] || without.includes(name)) continue;
    const query = matchMedia(`(${FEATURES[name]}: ${media[name]})`);
    while (!query.matches) await new Promise(requestAnimationFrame);
  }
  return without;
}

function reword(sheets: readonly CSSStyleSheet[]): void {
  reworded = sheets
    .flatMap(({ cssRules }) => [...cssRules])
    .filter((rule) => rule instanceof CSSMediaRule)
    .map(({ media }) => media)
    .filter(({ mediaText }) => mediaText === FORCED_COLORS);
  if (reworded.length === 0) throw new Error('The element has no rules for forced colours');
  for (const media of reworded) media.mediaText = 'all';
}
