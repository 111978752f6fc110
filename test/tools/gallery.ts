// `node --import tsx test/tools/gallery.ts [folder]`: every moment of the theme page, and the bank's dialog, in four
// languages, light and dark, at 360 and 1280 px, where they have the whole width; in print; and `index.html`, which shows them side by side.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startWorld } from '../support/world.js';

const LANGUAGES = ['en', 'uk', 'ru', 'uz'] as const;
const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 1280];

interface Picture {
  readonly moment: string;
  readonly language: string;
  readonly scheme: string;
  readonly width: number;
  readonly file: string;
}

const folder = process.argv[2] ?? 'test/screenshots/gallery';
await mkdir(folder, { recursive: true });
const world = await startWorld();
const pictures: Picture[] = [];
for (const width of WIDTHS) {
  for (const scheme of SCHEMES) {
    for (const language of LANGUAGES) pictures.push(...(await shoot(language, scheme, width)));
  }
}
await world.close();
await writeFile(join(folder, 'index.html'), indexPage());
console.log(`${pictures.length} pictures in ${join(folder, 'index.html')}`);

async function shoot(language: string, scheme: (typeof SCHEMES)[number], width: number): Promise<Picture[]> {
  const context = await world.browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme });
  const page = await context.newPage();
  await page.goto(`${world.demo.shop}/demo/theme.html?lang=${language}&room=100%25`);
  await settled(page);
  const taken: Picture[] = [];
  const take = async (moment: string, shot: (path: string) => Promise<unknown>) => {
    const file = `${moment.replaceAll(/[^a-z0-9]+/gi, '-')}-${language}-${scheme}-${width}.png`;
    await shot(join(folder, file));
    taken.push({ moment, language, scheme, width, file });
  };
  for (const figure of await page.locator('figure').all()) {
    await take((await figure.getAttribute('data-moment'))!, (path) =>
      figure.screenshot({ path, animations: 'disabled' }),
    );
  }
  await page.locator('#show-dialog').click();
  await page.frameLocator('#stage > threeds-frame iframe').locator('h1').waitFor();
  await take('threeds-frame: dialog', (path) => page.screenshot({ path }));
  await page.keyboard.press('Escape');
  await page.locator('#stage > threeds-frame [part="question"]').waitFor();
  await take('threeds-frame: dialog, asking', (path) => page.screenshot({ path }));
  await page.locator('#stage > threeds-frame dialog').evaluate((dialog: HTMLDialogElement) => dialog.close());
  await page.locator('#stage > threeds-frame #resume').waitFor();
  await take('threeds-frame: dialog, taken away by the browser', (path) => page.screenshot({ path }));
  await page.emulateMedia({ media: 'print' });
  await take('all, in print', (path) => page.locator('#stage').screenshot({ path }));
  await context.close();
  return taken;
}

/** Everything has come to its moment: one button loads for good, and all pictures and frames are there. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll('pay-button')].filter(
        (button) => (button as HTMLElement & { phase: string }).phase === 'loading',
      ).length === 1,
  );
}

function indexPage(): string {
  const sections = [...new Set(pictures.map(({ moment }) => moment))].map((moment) => {
    const shots = pictures.filter((picture) => picture.moment === moment);
    return `<section><h2>${escaped(moment)}</h2><table>
      <tr><td></td>${WIDTHS.map((width) => SCHEMES.map((scheme) => `<th>${scheme}, ${width} px</th>`).join('')).join('')}</tr>
      ${LANGUAGES.map(
        (language) =>
          `<tr><th>${language}</th>${shots
            .filter((shot) => shot.language === language)
            .map(cell)
            .join('')}</tr>`,
      ).join('\n')}
    </table></section>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery of pay-elements</title>
    <style>
      :root { color-scheme: light dark; font: 1rem/1.4 system-ui, sans-serif }
      section { overflow-x: auto }
      td { vertical-align: top; padding: 4px }
      img { max-inline-size: 360px; border: 1px solid gray }
    </style>
    <h1>Gallery of pay-elements</h1>${sections.join('\n')}</html>`;
}

function cell({ moment, language, scheme, width, file }: Picture): string {
  const text = escaped(`${moment}, ${language}, ${scheme}, ${width} px`);
  return `<td><a href="${file}"><img loading="lazy" src="${file}" alt="${text}"></a></td>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
