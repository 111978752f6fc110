import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { RouteDeps, RouteEnv } from './context.js';
import { problem } from './problems.js';

const MAX_BODY_BYTES = 64 * 1024;

/** `POST /callbacks/{provider}`: read whatever its content type says, since no provider documents one. */
export function callbacks({ service }: RouteDeps): Hono<RouteEnv> {
  const app = new Hono<RouteEnv>();
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c: Context<RouteEnv>) => problem(c, 'payload_too_large'),
    }),
  );
  app.post('/:provider', async (c) => {
    const { status, text } = await service.callback(c.req.param('provider'), await c.req.text());
    return c.text(text, status);
  });
  return app;
}
