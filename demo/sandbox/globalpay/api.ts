import { randomBytes } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { FaultyOperation } from '../faults/fault.js';
import type { NodeContext } from '../faults/suffer.js';
import { namesOf, pageAddress, statusBody, type GlobalpayTokens, type PaymentToken } from './tokens.js';
import { exchange, isWebAddress, type World } from '../world.js';

export interface GlobalpayDesk {
  world: World;
  tokens: GlobalpayTokens;
}

type App = { Bindings: HttpBindings };

/** Bodies of auth and refresh; their keys are assumed, the page leaves them out. */
const Credentials = z.object({ username: z.string(), password: z.string() });
const Refresh = z.object({ refresh_token: z.string() });

const filled = z.string().check(z.minLength(1));

/** Body of create: names as documented, types assumed. */
const Create = z.object({
  name: filled,
  description: filled,
  externalId: filled,
  account: filled,
  tokenLifespan: z.optional(z.int()),
  externalServiceId: z.union([z.string(), z.number()]),
  items: z.array(z.unknown()),
  requestFields: z.array(z.object({ name: z.string(), value: z.string() })),
  successRedirectUrl: z.optional(z.string().check(z.refine(isWebAddress))),
  failRedirectUrl: z.optional(z.string().check(z.refine(isWebAddress))),
});

/**
 * GlobalPay Checkout's API, under `/checkout` (GlobalPay Checkout, workflow page). The page gives names and rules in
 * words; bodies and the address of create are assumed.
 */
export function globalpayApi({ world, tokens }: GlobalpayDesk): Hono<App> {
  const app = new Hono<App>();

  app.post('/v1/merchant/auth', async (c) => {
    const body = await jsonOf(c);
    return exchange(
      world,
      c,
      { provider: 'globalpay', operation: 'auth', sent: body, describe: aboutNobody },
      () => {
        const given = Credentials.safeParse(body);
        if (!given.success) return problem(world, c, 400, 'Fields username and password are required');
        const { username, password } = given.data;
        const { globalpayUsername, globalpayPassword } = world.credentials;
        return username === globalpayUsername && password === globalpayPassword
          ? c.json(tokens.logIn())
          : problem(world, c, 401, 'Wrong username or password');
      },
    );
  });

  app.post('/v1/merchant/auth/refresh', async (c) => {
    const body = await jsonOf(c);
    return exchange(
      world,
      c,
      { provider: 'globalpay', operation: 'auth', sent: body, describe: aboutNobody },
      () => {
        const given = Refresh.safeParse(body);
        if (!given.success) return problem(world, c, 400, 'Field refresh_token is required');
        const session = tokens.refresh(given.data.refresh_token);
        return session ? c.json(session) : problem(world, c, 401, 'Refresh token is unknown or expired');
      },
    );
  });

  app.post('/v1/user-service-tokens', async (c) => {
    const body = await jsonOf(c);
    let created: PaymentToken | undefined;
    return authorized(
      c,
      'create',
      body,
      () => created,
      () => {
        const given = Create.safeParse(body);
        if (!given.success)
          return problem(world, c, 400, `Field ${placeOf(given.error)} is missing or wrong`);
        const money = moneyOf(given.data.requestFields);
        if (typeof money === 'string') return problem(world, c, 400, money);
        if (String(given.data.externalServiceId) !== world.credentials.globalpayServiceId) {
          return problem(world, c, 400, 'Field externalServiceId names no service of this merchant');
        }
        if (tokens.hasName(given.data.name)) return problem(world, c, 400, 'Field name must be unique');
        const request = { ...given.data, tokenLifespan: effectiveLifespan(given.data.tokenLifespan) };
        created = tokens.create(request, money);
        return c.json({ id: created.id, ...request, userRedirectUrl: pageAddress(created, world.origin) });
      },
    );
  });

  app.get('/v1/payment/servicetoken/:id', (c) =>
    authorized(
      c,
      'status',
      { id: c.req.param('id') },
      () => tokens.find(c.req.param('id')),
      () => {
        const token = tokens.find(c.req.param('id'));
        return token
          ? c.json(statusBody(token, world.origin))
          : problem(world, c, 404, 'Payment token not found');
      },
    ),
  );

  app.all('*', (c) => problem(world, c, 404, 'No such address'));

  function authorized(
    c: NodeContext,
    operation: FaultyOperation,
    sent: unknown,
    subject: () => PaymentToken | undefined,
    execute: () => Response,
  ): Promise<Response> {
    const describe = () => {
      const token = subject();
      return { about: token ? namesOf(token, world.origin) : [] };
    };
    return exchange(world, c, { provider: 'globalpay', operation, sent, describe }, () => {
      const token = /^Bearer (\S+)$/.exec(c.req.header('Authorization') ?? '')?.[1];
      return token && tokens.accepts(token)
        ? execute()
        : problem(world, c, 401, 'Access token is missing or expired');
    });
  }

  return app;
}

function aboutNobody() {
  return { about: [] };
}

/** Silent, as documented: 900 s without a wish, at least 300, at most 86400. */
function effectiveLifespan(wish = 900): number {
  return Math.min(Math.max(wish, 300), 86_400);
}

function moneyOf(fields: { name: string; value: string }[]) {
  const valueOf = (name: string) => fields.find((field) => field.name === name)?.value;
  const amount = valueOf('amount');
  const currency = valueOf('currency');
  if (amount === undefined) return 'Field requestFields must contain amount';
  if (currency === undefined) return 'Field requestFields must contain currency';
  if (!/^[1-9]\d{0,14}$/.test(amount)) return 'The amount must be a whole number of tiyin above zero';
  if (currency !== 'UZS') return 'The currency must be UZS';
  return { amountMinor: Number(amount), currency };
}

function placeOf(error: z.core.$ZodError): string {
  return error.issues[0]?.path.join('.') || 'body';
}

async function jsonOf(c: NodeContext): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    return undefined;
  }
}

/** No list of error codes is public: these words are the sandbox's own. */
const ERROR_CODES = { 400: 'VALIDATION_ERROR', 401: 'UNAUTHORIZED', 404: 'NOT_FOUND' } as const;

function problem(world: World, c: NodeContext, status: keyof typeof ERROR_CODES, detail: string): Response {
  return c.json(
    {
      detail,
      code: ERROR_CODES[status],
      path: c.req.path.replace(/^\/globalpay/, ''),
      timestamp: new Date(world.now()).toISOString(),
      trace: randomBytes(16).toString('hex'),
    },
    status,
  );
}
