import { html } from 'hono/html';

export type Html = ReturnType<typeof html>;

interface Page {
  lang: string;
  title: string;
  /** Colours and width of the page, see assets/sandbox.css. */
  look: 'sandbox' | 'procard' | 'globalpay' | 'bank';
  body: Html;
  /** Name of a script in assets/ that the page runs. */
  script?: string;
  /** Name of a style sheet in assets/ beside sandbox.css. */
  styles?: string;
}

/** The frame of every page. Values in `html` templates are escaped. */
export function page({ lang, title, look, body, script, styles }: Page): Html {
  return html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/sandbox.css" />
        ${styles ? html`<link rel="stylesheet" href="/assets/${styles}" />` : ''}
        ${script ? html`<script src="/assets/${script}" defer></script>` : ''}
      </head>
      <body class="${look}">
        ${body}
      </body>
    </html>`;
}

/** Sends the browser on with a POST, as banks do: by script, or by the button where there is none. */
export function autoPost(options: {
  lang: string;
  look: Page['look'];
  action: string;
  fields: Record<string, string>;
  label: string;
  target?: '_self' | '_top';
  script?: string;
  styles?: string;
}): Html {
  const { action, fields, label, target = '_self', script = 'auto-post.js', ...rest } = options;
  return page({
    ...rest,
    title: label,
    script,
    body: html`<main>
      <form method="post" action="${action}" target="${target}" data-auto-post>
        ${Object.entries(fields).map(
          ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
        )}
        <button class="primary">${label}</button>
      </form>
    </main>`,
  });
}

/** The first of the browser's languages that is offered, or the first offered. */
export function pickLanguage<T extends string>(
  accepted: string | undefined,
  offered: readonly [T, ...T[]],
): T {
  for (const tag of (accepted ?? '').split(',')) {
    const language = offered.find((candidate) => tag.trim().toLowerCase().startsWith(candidate));
    if (language) return language;
  }
  return offered[0];
}
