import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { streamSSE } from 'hono/streaming';
import { FAULTS } from '../faults/fault.js';
import type { Journal } from '../journal.js';
import { pictureOf } from './picture.js';
import { paymentsOf, paymentWith } from './payments.js';
import { inspectorPage } from './page.js';
import { summaryOf } from './standing.js';
import { storyOf } from './story.js';
import { readWatched } from './watched.js';

/** What the page loads, and `watch.js`, which a shop's page loads. */
const FILES = [
  'app.js',
  'detail.css',
  'detail.js',
  'dom.js',
  'explanations.js',
  'fields.js',
  'inspector.css',
  'lanes.css',
  'lanes.js',
  'list.js',
  'payments.js',
  'standing.js',
  'story.js',
  'watch.js',
];

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const MAX_REPORT_BYTES = 16 * 1024;

/** Draws each payment as it happens, from the journal alone. `/watched` takes what only a shop's page can see. */
export function inspector(journal: Journal, now: () => number): Hono {
  const app = new Hono();

  app.get('/', (c) => c.html(inspectorPage(), 200, { 'Content-Security-Policy': POLICY }));
  for (const name of FILES) {
    const text = readFileSync(new URL(name, import.meta.url), 'utf8');
    const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
    app.get(`/${name}`, (c) =>
      c.body(text, 200, {
        'Content-Type': `${type}; charset=utf-8`,
        'Cross-Origin-Resource-Policy': 'cross-origin',
      }),
    );
  }

  // Every connection begins with the whole history, so that one which was lost, or whose sandbox began anew, needs no
  // reckoning of what it has missed.
  app.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      const tell = (event: string, data: unknown) =>
        void stream.writeSSE({ event, data: JSON.stringify(data) });
      tell('history', journal.entries);
      const unsubscribe = journal.subscribe((change) =>
        change.kind === 'added' ? tell('message', change.entry) : tell('history', []),
      );
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      unsubscribe();
    }),
  );

  app.post('/watched', cors(), bodyLimit({ maxSize: MAX_REPORT_BYTES }), async (c) => {
    const message = readWatched(await c.req.text(), now);
    if (!message) return c.json({ error: 'not a report of watch.js' }, 400);
    journal.add(message);
    return c.body(null, 204);
  });

  app.get('/payments/:name{\\d+\\.(json|svg)}', (c) => {
    const [key, format] = (c.req.param('name') ?? '').split('.');
    const payment = paymentWith(paymentsOf(journal.entries), Number(key));
    if (!payment) return c.json({ error: 'no such payment' }, 404);
    c.header('Content-Disposition', `inline; filename="payment-${key}.${format}"`);
    return format === 'json'
      ? c.json({ ...summaryOf(payment), messages: payment.messages })
      : c.body(pictureOf(summaryOf(payment), storyOf(payment, FAULTS)), 200, {
          'Content-Type': 'image/svg+xml; charset=utf-8',
          'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
        });
  });

  return app;
}
