import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Decision, FaultyOperation } from '../faults/fault.js';
import type { NodeContext } from '../faults/suffer.js';
import type { Check } from '../journal.js';
import { exchange, type World } from '../world.js';
import { itemsCheck, readCreate } from './create-body.js';
import { problem } from './problem.js';
import type { GlobalpaySessions } from './sessions.js';
import { statusBody } from './status.js';
import type { GlobalpayTokens, PaymentToken } from './tokens.js';

export interface GlobalpayDesk {
  world: World;
  sessions: GlobalpaySessions;
  tokens: GlobalpayTokens;
  /** What the status query says of a token for which no card has been given. */
  unpaid: 'init' | 'not_found';
}

/** Bodies of auth and refresh; their keys are assumed, the page leaves them out. */
const Login = z.object({ username: z.string(), password: z.string() });
const Refresh = z.object({ refresh_token: z.string() });

interface Call {
  operation: FaultyOperation | undefined;
  sent: unknown;
  /** The payment that it asks about. */
  about?: PaymentToken | undefined;
}

interface Outcome {
  response: Response;
  /** The payment that came of it. */
  created?: PaymentToken;
  checks?: readonly Check[];
}

/**
 * GlobalPay Checkout's API, under `/checkout` (GlobalPay Checkout, workflow page). The page gives names and rules in
 * words; bodies and the address of create are assumed.
 */
export function globalpayApi(desk: GlobalpayDesk): Hono<{ Bindings: HttpBindings }> {
  const { world, sessions, tokens, unpaid } = desk;
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.post('/v1/merchant/auth', async (c) => {
    const body = await jsonOf(c);
    return serve(c, { operation: 'auth', sent: body }, () => {
      const given = Login.safeParse(body);
      if (!given.success) return refuse(c, 400, 'Fields username and password are required');
      const { username, password } = given.data;
      const { globalpayUsername, globalpayPassword } = world.credentials;
      return username === globalpayUsername && password === globalpayPassword
        ? { response: c.json(sessions.logIn()) }
        : refuse(c, 401, 'Wrong username or password');
    });
  });

  app.post('/v1/merchant/auth/refresh', async (c) => {
    const body = await jsonOf(c);
    return serve(c, { operation: 'auth', sent: body }, () => {
      const given = Refresh.safeParse(body);
      if (!given.success) return refuse(c, 400, 'Field refresh_token is required');
      const session = sessions.refresh(given.data.refresh_token);
      return session
        ? { response: c.json(session) }
        : refuse(c, 401, 'Refresh token is unknown, used or expired');
    });
  });

  app.post('/v1/user-service-tokens', async (c) => {
    const body = await jsonOf(c);
    return serve(c, { operation: 'create', sent: body }, (decision) =>
      authorized(c, () => create(c, body, decision)),
    );
  });

  app.get('/v1/payment/servicetoken/:id', (c) => {
    const id = c.req.param('id');
    return serve(c, { operation: 'status', sent: { id }, about: tokens.find(id) }, () =>
      authorized(c, () => status(c, id)),
    );
  });

  app.all('*', (c) => {
    const { method, path } = c.req;
    return serve(c, { operation: undefined, sent: { method, path } }, () =>
      refuse(c, 404, `There is no ${method} at this address`),
    );
  });

  function create(c: NodeContext, body: unknown, decision: Decision | undefined): Outcome {
    const reading = readCreate(body);
    if (reading.kind === 'wrong') return refuse(c, 400, reading.sentences.join('. '));
    const { request } = reading;
    if (String(request.echo.externalServiceId) !== world.credentials.globalpayServiceId)
      return refuse(c, 404, 'Field externalServiceId names no service of this merchant');
    if (tokens.hasName(request.echo.name))
      return refuse(c, 400, 'Field name must be unique, and a token of this name exists');
    const created = tokens.create(request, decision);
    const { id, echo, userRedirectUrl } = created;
    const response = c.json({ id, ...echo, userRedirectUrl });
    return { response, created, checks: itemsCheck(request) };
  }

  function status(c: NodeContext, id: string): Outcome {
    const token = tokens.find(id);
    if (!token) return refuse(c, 404, 'Payment token not found');
    if (unpaid === 'not_found' && token.step.kind === 'card')
      return refuse(c, 404, 'There is no payment with this token yet');
    return { response: c.json(statusBody(token, world)) };
  }

  function authorized(c: NodeContext, execute: () => Outcome): Outcome {
    const token = /^Bearer (\S+)$/.exec(c.req.header('Authorization') ?? '')?.[1];
    const passed = token !== undefined && sessions.accepts(token);
    const outcome = passed ? execute() : refuse(c, 401, 'Access token is missing or expired');
    const check = { what: 'Authorization: a Bearer token whose life is not over', passed };
    return { ...outcome, checks: [check, ...(outcome.checks ?? [])] };
  }

  function refuse(c: NodeContext, httpStatus: number, detail?: string): Outcome {
    return { response: problem(c, world.now(), httpStatus, detail) };
  }

  /** Executes a call, or refuses it where that was ordered, and writes it down. */
  function serve(
    c: NodeContext,
    { operation, sent, about }: Call,
    execute: (decision: Decision | undefined) => Outcome,
  ): Promise<Response> {
    let outcome: Outcome | undefined;
    const describe = () => ({
      about: (outcome?.created ?? about)?.names ?? [],
      ...(outcome?.checks && { checks: outcome.checks }),
    });
    return exchange(world, c, { provider: 'globalpay', operation, sent, describe }, (decision) => {
      outcome = decision?.fault === 'reject' ? refuse(c, decision.code) : execute(decision);
      return outcome.response;
    });
  }

  return app;
}

/** The body, whatever its Content-Type; `undefined` where it is no JSON. */
async function jsonOf(c: NodeContext): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    return undefined;
  }
}
