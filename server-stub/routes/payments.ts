import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { renderSVG } from 'uqr';
import { CreatePayment, IdempotencyKey, MAX_WAIT_SECONDS } from '../../src/contract/index.js';
import { Refusal } from '../payments/refusal.js';
import type { RouteDeps, RouteEnv } from './context.js';
import { readJsonBody } from './json-body.js';
import { problem } from './problems.js';

const MAX_BODY_BYTES = 32 * 1024;

/** The merchant API's payments: create, find by key, look and wait, cancel. */
export function payments({ service }: RouteDeps): Hono<RouteEnv> {
  const app = new Hono<RouteEnv>();
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c: Context<RouteEnv>) => problem(c, 'payload_too_large'),
    }),
  );

  app.post('/', async (c) => {
    const body = await readJsonBody(c, CreatePayment);
    const view = await service.create({ key: readKey(c), body, client: readClient(c) });
    return c.json(view, 201);
  });

  app.get('/', async (c) => c.json(await service.findByKey(readKey(c))));

  app.get('/:id', async (c) => {
    const seconds = readInteger(c, 'wait', MAX_WAIT_SECONDS) ?? 0;
    const after = readInteger(c, 'after', Number.MAX_SAFE_INTEGER);
    const options = { seconds, signal: c.req.raw.signal, ...(after !== undefined && { after }) };
    return c.json(await service.wait(readId(c), options));
  });

  /** The receipt's address as a QR code, for `<pay-status>`: drawn here, because an encoder is too heavy for the widget. */
  app.get('/:id/receipt.svg', async (c) => {
    const { receiptUrl } = await service.wait(readId(c), { seconds: 0, signal: c.req.raw.signal });
    if (receiptUrl === null) throw new Refusal('not_found');
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    return c.body(renderSVG(receiptUrl, { border: 4 }), 200, { 'Content-Type': 'image/svg+xml' });
  });

  app.post('/:id/cancel', async (c) => c.json(await service.cancel(readId(c))));

  return app;
}

/** An id that cannot be ours looks like one that nobody has. */
function readId(c: Context<RouteEnv>): string {
  const id = c.req.param('id') ?? '';
  if (!/^[A-Za-z0-9_-]{22}$/.test(id)) throw new Refusal('payment_not_found');
  return id;
}

function readKey(c: Context<RouteEnv>): string {
  const key = IdempotencyKey.safeParse(c.req.header('idempotency-key'));
  if (!key.success)
    throw new Refusal('invalid_request', 'the header Idempotency-Key is missing or not acceptable');
  return key.data;
}

function readInteger(c: Context<RouteEnv>, name: string, max: number): number | undefined {
  const text = c.req.query(name);
  if (text === undefined) return undefined;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  if (!(value <= max)) throw new Refusal('invalid_request', `${name} is not a whole number from 0 to ${max}`);
  return value;
}

/** What only the request shows of the browser. */
function readClient(c: Context<RouteEnv>) {
  return {
    ip: c.get('address'),
    userAgent: c.req.header('user-agent')?.slice(0, 2_048),
    accept: c.req.header('accept')?.slice(0, 2_048),
  };
}
