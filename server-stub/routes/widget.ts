import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { Refusal } from '../payments/refusal.js';
import type { RouteEnv } from './context.js';

/** Serves the built widget (and its map) to pages of any origin; browsers ask every time whether it has changed. */
export function widget(file: string): Hono<RouteEnv> {
  const app = new Hono<RouteEnv>();
  const types = {
    '/pay-elements.js': 'text/javascript; charset=utf-8',
    '/pay-elements.js.map': 'application/json',
  };
  for (const [path, type] of Object.entries(types)) {
    app.get(path, async (c) => {
      const content = await readFile(path.endsWith('.map') ? `${file}.map` : file).catch(() => undefined);
      if (!content) throw new Refusal('not_found');
      const etag = `"${createHash('sha256').update(content).digest('base64url')}"`;
      c.header('ETag', etag);
      c.header('Cache-Control', 'no-cache');
      c.header('Access-Control-Allow-Origin', '*');
      c.header('Cross-Origin-Resource-Policy', 'cross-origin');
      if (c.req.header('if-none-match') === etag) return c.body(null, 304);
      return c.body(new Uint8Array(content), 200, { 'Content-Type': type });
    });
  }
  return app;
}
